// Texts no one writes on purpose: the parser must end, with a tree, whatever it is given.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstTooDeep, parse, read } from "../src";

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");

function hasErrors(source: string): boolean {
  let found = false;
  parse(source).tree.iterate({
    enter(node) {
      found ||= node.type.isError;
    },
  });
  return found;
}

test.each([
  ["the seed", seed],
  ["the seed with CRLF", seed.replaceAll("\n", "\r\n")],
  ["the seed with a byte order mark", `\ufeff${seed}`],
  ["fifty seeds", seed.repeat(50)],
  ["nothing", ""],
  ["only a byte order mark", "\ufeff"],
  ["letters beyond the basic plane", "𝒳𝒴 = 1 𠀀 = 𝒳𝒴 'ü' // ñ"],
  ["a long list", `x = [${"1, ".repeat(20_000)}]`],
  ["a long line of text", `x = "${"abc ".repeat(100_000)}"`],
  ["many elifs", `if a { 1 }${" elif b { 2 }".repeat(10_000)}`],
  ["many guards", `match x {${"a if b => c\n".repeat(5_000)}}`],
])("%s parses without errors", (_name, source) => {
  expect(hasErrors(source)).toBe(false);
  expect(firstTooDeep(parse(source).tree)).toBeNull();
});

test.each(["\r", "\n", "\u2028", "\u2029", "\\\r", "\\\n"])(
  "%j stands in no regular expression",
  (end) => {
    expect(hasErrors(`x = /a${end}b/`)).toBe(true);
  },
);

// What a scan of a line learns, the next of the same line must not find out again.
test.each(["/[ ", "(+/[ ", "/\\", "/[]\\/", "(/[a]\\/"])("a line of %j ends soon", (text) => {
  const start = process.cpuUsage();
  expect(hasErrors(text.repeat(20_000))).toBe(true);
  expect(process.cpuUsage(start).user).toBeLessThan(3_000_000);
});

// What the recovery makes up a quote for must not read the rest of the text as that string each time; nor may
// a stack be asked again and again what it could shift after ending all that is open.
test.each(["import a from b ", "await ", "yield ", "not ", "a => "])(
  "100 KB of %j end soon",
  (text) => {
    const start = process.cpuUsage();
    expect(parse(text.repeat(100_000 / text.length)).recovered).toBe(true);
    expect(process.cpuUsage(start).user).toBeLessThan(2_500_000);
  },
);

test("a text of 400 KB with far strings has the tree of a short one, a mistake more", () => {
  const far = `x = "${"a ".repeat(50_000)}"\n`.repeat(4);
  const { tree } = parse(`${far}y = = 1\n${far}`);
  expect(tree.length).toBe(2 * far.length + 8);
});

const openers = [
  "(",
  "[",
  "{",
  "({[",
  "{ a: ",
  "(a, ",
  "fn f() {",
  "if a {",
  '"{',
  "(a) => (",
  "x\n(",
];

test.each([
  ...openers.map((text) => [`100,000 × ${JSON.stringify(text)}`, text.repeat(100_000)]),
  ["100,000 closed parentheses", "(".repeat(100_000) + ")".repeat(100_000)],
  ["50,000 slashes that each may start a regular expression", `(${"\\/".repeat(50_000)}`],
  ["a chain of 10,000 pipes", `a${" |> f()".repeat(10_000)}`],
  ["a chain of 10,000 calls", `a${".then(x)".repeat(10_000)}`],
  ["a chain of 10,000 sums", `a${" + b".repeat(10_000)}`],
  ["10,000 prefixes", `x = ${"- ".repeat(10_000)}1`],
  ["10,000 arrows", "x => ".repeat(10_000)],
  ["10,000 powers", `a${" ** a".repeat(10_000)}`],
])("%s is found to be too deep, without overflow", (_name, source) => {
  expect(firstTooDeep(parse(source).tree)).not.toBeNull();
});

test("what the language allows is not too deep", () => {
  for (const source of [
    `${"(".repeat(200)}1${")".repeat(200)}`,
    `x = ${"{ a: ".repeat(190)}1${"}".repeat(190)}`,
    "fn f() { if a { ".repeat(95) + "}}".repeat(95),
    `${'"{'.repeat(64)}x${'}"'.repeat(64)}`,
    `a${" + b".repeat(280)}`,
    `a${".then(x)".repeat(130)}`,
  ]) {
    expect(firstTooDeep(parse(source).tree)).toBeNull();
    expect(hasErrors(source)).toBe(false);
    expect(read(parse(source).tree, source).items.length).toBeGreaterThan(0);
  }
});

function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return String.fromCharCode((state >> 16) & 255);
  }).join("");
}

test.each([
  ["NUL bytes", "a = 1\0b = 2"],
  ["bytes of all kinds", noise(50_000)],
  ["lone surrogates", 'x = \ud800 y = \udc00 "\ud800"'],
  ["an open string", `${'"'.repeat(9_999)}`],
  ["an open comment", "/*".repeat(10_000)],
  ["an open interpolation", 'x = "a {b'],
  ["open interpolations in each other", 'x = "a {\n'.repeat(5_000)],
  ["an open quote", "x = 'a\\"],
  ["an open block kept as text", "server { { }"],
  ["an open bracket in the head of a block kept as text", "component A(x"],
  ["the same, scanned before", "f((a, component A(x"],
  ["an open regular expression", "x = /abc"],
  ["only closing brackets", ")]}".repeat(5_000)],
  ["only commas", ",".repeat(5_000)],
  ["only backslashes", "\\".repeat(5_000)],
])(
  "%s gives a tree that can be read, of the text as far as it is worth reading",
  (_name, source) => {
    const tree = parse(source).tree;
    expect(tree.length).toBeLessThanOrEqual(source.length);
    expect(tree.length).toBeGreaterThan(Math.min(source.length - 1, 2000));
    if (firstTooDeep(tree) === null) expect(read(tree, source).to).toBe(source.length);
  },
);
