// Maps of generated code, checked by finding the same word on both sides.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { compile } from "../src";

const seed = join(__dirname, "../../../apps/pipeline/pipeline.tova");
const source = readFileSync(seed, "utf8");
const { workers } = compile(source, { fileName: "apps/pipeline/pipeline.tova" });

/** Where each word stands that the text has only once; line and column from 0. */
function soleWords(text: string): ReadonlyMap<string, { line: number; column: number }> {
  const found = new Map<string, { line: number; column: number } | null>();
  text.split("\n").forEach((content, line) => {
    for (const { 0: word, index } of content.matchAll(/[\p{L}_][\p{L}\p{N}_]{3,}/gu)) {
      found.set(word, found.has(word) ? null : { line, column: index });
    }
  });
  return new Map([...found].flatMap(([word, place]) => (place ? [[word, place] as const] : [])));
}

describe.each(workers.map((worker) => [worker.fileName, worker] as const))("%s", (fileName, worker) => {
  const map = new TraceMap(worker.map);
  const inSource = soleWords(source.replace(/\/\/.*$/gm, (text) => " ".repeat(text.length)));
  const common = [...soleWords(worker.code)].filter(([word]) => inSource.has(word));

  it("names its source and holds its text", () => {
    const { version, sources, sourcesContent, file } = JSON.parse(worker.map);
    expect({ version, sources, file }).toEqual({ version: 3, sources: ["pipeline.tova"], file: fileName });
    expect(sourcesContent).toEqual([source]);
    expect(worker.code.trimEnd().endsWith(`//# sourceMappingURL=${fileName}.map`)).toBe(true);
  });

  it("maps every word that both sides have once to its line", () => {
    expect(common.length).toBeGreaterThan(5);
    for (const [word, { line, column }] of common) {
      const original = originalPositionFor(map, { line: line + 1, column });
      expect([word, (original.line ?? 0) - 1]).toEqual([word, inSource.get(word)?.line]);
    }
  });

  it("maps names in code to their column", () => {
    const lines = source.split("\n");
    for (const [word, { line, column }] of common) {
      const place = inSource.get(word) ?? { line: 0, column: 0 };
      const before = lines[place.line]?.slice(0, place.column) ?? "";
      const inString = (before.split('"').length - 1) % 2 === 1;
      if (inString) continue;
      const original = originalPositionFor(map, { line: line + 1, column });
      expect([word, original.column]).toEqual([word, place.column]);
    }
  });
});

it("counts columns in UTF-16 code units, over CRLF and a byte order mark", () => {
  const text = '\uFEFFprint("😀é", first_word)\r\nprint(second_word)\r\n';
  const { program } = compile(text, { fileName: "x.tova" });
  const map = new TraceMap(program?.map ?? "");
  const lines = program?.code.split("\n") ?? [];
  for (const word of ["first_word", "second_word"]) {
    const line = lines.findIndex((content) => content.includes(word));
    const original = originalPositionFor(map, { line: line + 1, column: lines[line]?.indexOf(word) ?? 0 });
    const sourceLine = text.split("\n").findIndex((content) => content.includes(word));
    expect([original.line, original.column]).toEqual([
      sourceLine + 1,
      text.split("\n")[sourceLine]?.indexOf(word),
    ]);
  }
});
