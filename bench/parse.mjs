// Times the Tova parser on copies of the seed beside @lezer/javascript on JavaScript of the same
// size, interleaved in one run; prints MB/s, their ratio, and how time grows with size. Then the parse
// after an edit of one character beside the parse of the whole text.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const root = new URL("../", import.meta.url);
const require = createRequire(import.meta.url);
const { parse } = await import(new URL("packages/tova-parser/dist/index.js", root));
const { parser: javascript } = await import("@lezer/javascript");

const parseScript = (text) => javascript.parse(text);

const seed = readFileSync(new URL("apps/pipeline/pipeline.tova", root), "utf8");
/** Handwritten-looking JavaScript that is there in every checkout: the code of @lezer/common. */
const script = readFileSync(
  require.resolve("@lezer/common").replace(/\.cjs$/, ".js"),
  "utf8",
).replace(/^\s*\/\*\*.*?\*\/\n/gms, "");

/** `length` characters of `text`, repeated as often as needed, cut at a line. */
function sized(text, length) {
  const whole = text.repeat(Math.ceil(length / text.length)).slice(0, length);
  return whole.slice(0, whole.lastIndexOf("\n") + 1);
}

function time(read, text) {
  const start = performance.now();
  read(text);
  return performance.now() - start;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

function compare(copies, rounds) {
  const ours = seed.repeat(copies);
  const theirs = sized(script, ours.length);
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(time(parse, ours));
    times.theirs.push(time(parseScript, theirs));
  }
  return { bytes: ours.length, ours: median(times.ours), theirs: median(times.theirs) };
}

const speed = (bytes, ms) => (bytes / ms / 1000).toFixed(2).padStart(6);

compare(1, 300);
console.log("median times, tova beside javascript");
console.log("copies    bytes   tova ms     js ms  tova MB/s  js MB/s  tova/js  ms per copy");
for (const [copies, rounds] of [
  [1, 200],
  [10, 40],
  [50, 15],
  [100, 9],
]) {
  const { bytes, ours, theirs } = compare(copies, rounds);
  const columns = [
    String(copies).padStart(6),
    String(bytes).padStart(8),
    ours.toFixed(2).padStart(9),
    theirs.toFixed(2).padStart(9),
    `   ${speed(bytes, ours)}`,
    ` ${speed(bytes, theirs)}`,
    ` ${(ours / theirs).toFixed(2).padStart(6)}`,
    `     ${(ours / copies).toFixed(3)}`,
  ];
  console.log(columns.join(" "));
}

/** A parse with the tree of the text before one of its letters changed, and a parse of all of it. */
function compareEdit(copies, rounds) {
  const text = seed.repeat(copies);
  const at = text.indexOf("job.id", text.length / 2);
  const times = { edit: [], whole: [] };
  let last = parse(text);
  for (let round = 0; round < rounds; round++) {
    const edited = text.slice(0, at) + "abcdefgh"[round % 8] + text.slice(at + 1);
    const start = performance.now();
    const next = parse(edited, last);
    const middle = performance.now();
    parse(edited);
    times.edit.push(middle - start);
    times.whole.push(performance.now() - middle);
    last = next;
  }
  return { bytes: text.length, edit: median(times.edit), whole: median(times.whole) };
}

compareEdit(1, 300);
console.log("\nafter an edit of one character");
console.log("copies    bytes   edit ms  whole ms  whole/edit");
for (const [copies, rounds] of [
  [1, 200],
  [10, 40],
  [100, 9],
]) {
  const { bytes, edit, whole } = compareEdit(copies, rounds);
  console.log(
    [
      String(copies).padStart(6),
      String(bytes).padStart(8),
      edit.toFixed(2).padStart(9),
      whole.toFixed(2).padStart(9),
      ` ${(whole / edit).toFixed(1).padStart(10)}`,
    ].join(" "),
  );
}
