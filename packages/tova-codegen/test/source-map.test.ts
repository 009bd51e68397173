// Maps of generated code, checked by finding the same word on both sides.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { compile } from "../src";

const seed = join(__dirname, "../../../apps/pipeline/pipeline.tova");

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where each word stands that the text has only once; lines from 1, columns from 0. */
function soleWords(text: string): ReadonlyMap<string, Place> {
  const found = new Map<string, Place | null>();
  text.split("\n").forEach((content, i) => {
    for (const { 0: word, index } of content.matchAll(/[\p{L}_][\p{L}\p{N}_]{3,}/gu)) {
      found.set(word, found.has(word) ? null : { line: i + 1, column: index });
    }
  });
  return new Map([...found].flatMap(([word, place]) => (place ? [[word, place] as const] : [])));
}

/** Words that both texts have once, and where the map says each comes from. */
function traced(source: string, code: string, map: string) {
  const trace = new TraceMap(map);
  const inSource = soleWords(source);
  return [...soleWords(code)].flatMap(([word, place]) => {
    const expected = inSource.get(word);
    const { line, column } = originalPositionFor(trace, place);
    return expected ? [{ word, expected, found: { line, column } }] : [];
  });
}

describe("a program whose every name is its own", () => {
  // Each `u_` word stands once here and once in the output.
  const source = `type U_Rec { u_field: Int, u_other: String }
fn u_fun(u_param, { u_key, u_from: u_to = 3 }, ...u_rest) {
  u_const = u_call(1).u_prop.u_method("u_text", [u_elem])
  var u_var = { u_name: u_value, [u_computed]: 1 }
  { u_got } = u_row
  u_place.u_set = u_left + u_right * 2
  for u_item in u_items when u_when { u_inner(u_arg) }
  while u_while { break }
  try { u_risky() } catch u_error { print("{u_interpolated} and more") }
  x = match u_subject { Ok(u_bound) if u_guard => u_arm, [u_first] => { u_block() } _ => u_default }
  y = if u_test { u_then } else { u_else }
  z = [u_each for u_loop in u_source if u_cond]
  w = u_piped |> u_target(u_more)
  f = u_lambda => u_body
  return u_result?
}
`;
  const { program, diagnostics } = compile(source, { fileName: "u.tova" });
  const words = traced(source, program?.code ?? "", program?.map ?? "").filter(({ word }) =>
    word.startsWith("u_"),
  );

  it("compiles, if with warnings of names that nothing defines or uses", () => {
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("maps each use and definition to its line and column", () => {
    expect(words.length).toBeGreaterThan(45);
    const inText = new Set(["u_text"]);
    for (const { word, expected, found } of words) {
      const column = inText.has(word) ? expected.column - 1 : expected.column;
      expect({ word, ...found }).toEqual({ word, line: expected.line, column });
    }
  });
});

const source = readFileSync(seed, "utf8");
const { workers } = compile(source, { fileName: "apps/pipeline/pipeline.tova" });

describe.each(workers.map((worker) => [worker.fileName, worker] as const))(
  "%s",
  (fileName, { code, map }) => {
    it("names its source and holds its text", () => {
      const { version, sources, sourcesContent, file } = JSON.parse(map);
      expect({ version, sources, file }).toEqual({
        version: 3,
        sources: ["pipeline.tova"],
        file: fileName,
      });
      expect(sourcesContent).toEqual([source]);
      expect(code.trimEnd().endsWith(`//# sourceMappingURL=${fileName}.map`)).toBe(true);
    });

    it("maps what it maps to the right line", () => {
      const mapped = traced(source, code, map).filter(({ found }) => found.line !== null);
      expect(mapped.length).toBeGreaterThan(0);
      for (const { word, expected, found } of mapped) {
        expect([word, found.line]).toEqual([word, expected.line]);
      }
    });
  },
);

it("counts columns in UTF-16 code units, over CRLF and a byte order mark", () => {
  const text = '\uFEFFprint("😀é", first_word)\r\nprint(second_word)\r\n';
  const { program } = compile(text, { fileName: "x.tova" });
  const words = traced(text, program?.code ?? "", program?.map ?? "");
  for (const name of ["first_word", "second_word"]) {
    const { expected, found } = words.find(({ word }) => word === name) ?? {};
    expect(found).toEqual(expected);
  }
});
