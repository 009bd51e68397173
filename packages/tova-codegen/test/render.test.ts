// Findings to lines and columns, and diagnostics to what a terminal shows.
import type { Diagnostic, Finding } from "../src/diagnostics/diagnostic";
import { locate } from "../src/diagnostics/locate";
import { renderDiagnostic, renderSummary } from "../src/diagnostics/render";

function finding(from: number, to: number, rest: Partial<Finding> = {}): Finding {
  const base = { code: "W001", severity: "warning", message: "It is wrong." } as const;
  return { ...base, range: { from, to }, ...rest };
}

/** The rendering of a finding about the first occurrence of `text`. */
function render(source: string, text: string, rest: Partial<Finding> = {}): string {
  const from = source.indexOf(text);
  const [diagnostic] = locate([finding(from, from + text.length, rest)], source, "a.tova");
  return renderDiagnostic(diagnostic as Diagnostic, { "a.tova": source });
}

/** Line and column of an offset. */
function placeOf(source: string, offset: number): [number, number] {
  const [found] = locate([finding(offset, offset)], source, "a.tova");
  return [found?.line ?? 0, found?.column ?? 0];
}

describe("lines and columns", () => {
  test.each([
    ["LF", "ab\ncd", 4, [2, 2]],
    ["CR LF", "ab\r\ncd", 5, [2, 2]],
    ["a CR alone", "ab\rcd", 4, [2, 2]],
    ["LF CR, two line ends", "ab\n\rcd", 5, [3, 2]],
    ["a line end itself belongs to its line", "ab\ncd", 2, [1, 3]],
    ["the end of the text", "ab\n", 3, [2, 1]],
    ["the empty text", "", 0, [1, 1]],
    ["UTF-16 code units", "😀x", 2, [1, 3]],
    ["a byte order mark does not count", "\uFEFFab", 2, [1, 2]],
    ["a byte order mark itself is at column 1", "\uFEFFab", 0, [1, 1]],
    ["beyond the end", "ab", 9, [1, 10]],
  ])("%s", (_, source, offset, place) => expect(placeOf(source, offset)).toEqual(place));

  test("diagnostics are sorted by place, and each is given once", () => {
    const list = [finding(4, 5), finding(1, 3), finding(1, 2), finding(4, 5)];
    const ranges = locate(list, "abcdef", "a.tova").map(({ range }) => [range.from, range.to]);
    expect(ranges).toEqual([
      [1, 2],
      [1, 3],
      [4, 5],
    ]);
  });
});

describe("tova-ignore", () => {
  const codes = (source: string, rest: Partial<Finding> = {}) =>
    locate([finding(source.indexOf("x"), source.indexOf("x") + 1, rest)], source, "a").length;

  test("on the line before leaves its codes out, on that line only", () => {
    expect(codes("\n// tova-ignore W001\nx")).toBe(0);
    expect(codes("\n// tova-ignore W002, W001 it is fine\r\nx")).toBe(0);
    expect(codes("\n// tova-ignore W002\nx")).toBe(1);
    expect(codes("\n// tova-ignore W001\n\nx")).toBe(1);
    expect(codes("\n  a = 1 // tova-ignore W001\nx")).toBe(0);
  });
  test("on the first line holds for the whole file", () => {
    expect(codes("// tova-ignore W001\n\n\nx")).toBe(0);
  });
  test("never hides an error", () => {
    expect(codes("// tova-ignore W001\nx", { severity: "error" })).toBe(1);
  });
  test("takes whole codes only", () => {
    expect(codes("// tova-ignore W0011\nx")).toBe(1);
    expect(codes("// tova-ignored W001\nx")).toBe(1);
  });
});

describe("a frame", () => {
  test("shows message, place, line, caret and help", () => {
    const source = `${"\n".repeat(11)}  x = 2\n`;
    const rest = {
      code: "E202",
      severity: "error",
      message: "`x` is immutable.",
      help: "Use `var`.",
    };
    expect(render(source, "x", rest as Partial<Finding>)).toBe(
      [
        "error[E202]: `x` is immutable.",
        "  --> a.tova:12:3",
        "   |",
        "12 |   x = 2",
        "   |   ^",
        "   = help: Use `var`.",
      ].join("\n"),
    );
  });

  test("without the source has the place only", () => {
    const [diagnostic] = locate([finding(0, 1, { help: "Do." })], "x", "a.tova");
    const text = "warning[W001]: It is wrong.\n --> a.tova:1:1\n  = help: Do.";
    expect(renderDiagnostic(diagnostic as Diagnostic, {})).toBe(text);
    const named = { ...(diagnostic as Diagnostic), fileName: "toString" };
    expect(renderDiagnostic(named, {})).not.toContain("|");
  });

  test.each([
    ["the whole range", "let abc = 1", "abc", "    ^^^"],
    ["one caret for an empty range", "abc", "", "^"],
    ["tabs", "\t\tx = 1", "x", "    ^"],
    ["tabs in the range", "a\tb", "a\tb", "^^^^"],
    ["wide characters before", 'a = "日本" + x', "x", `${" ".repeat(13)}^`],
    ["wide characters in the range", "日本", "日本", "^^^^"],
    ["emoji", "😀 x", "x", "   ^"],
    ["combining marks", "e\u0301 x", "x", "  ^"],
    ["the first line of a range over several", "a {\n b\n}", "{\n b\n}", "  ^"],
    ["blanks at the end of that line left out", "a {  \n b", "{  \n b", "  ^"],
    ["a range of nothing but blanks", "a   ", "   ", " ^"],
  ])("marks %s", (_, source, text, carets) => {
    const lines = render(source, text).split("\n");
    expect(lines.at(-1)).toBe(`  | ${carets}`);
  });

  test("marks the end of the text after its last line end", () => {
    const [diagnostic] = locate([finding(2, 2)], "a\n", "a.tova");
    const lines = renderDiagnostic(diagnostic as Diagnostic, { "a.tova": "a\n" }).split("\n");
    expect(lines.slice(2)).toEqual(["  |", "2 |", "  | ^"]);
  });

  test("cuts a long line to what stands around the caret", () => {
    const source = `${"a".repeat(500)}NEEDLE${"b".repeat(500)}`;
    const lines = render(source, "NEEDLE").split("\n");
    const shown = (lines[3] ?? "").slice(4);
    const carets = (lines[4] ?? "").slice(4);
    expect(shown).toHaveLength(120);
    expect(shown).toMatch(/^…a+NEEDLEb+…$/);
    expect(carets.indexOf("^")).toBe(shown.indexOf("NEEDLE"));
    expect(carets.trim()).toBe("^^^^^^");
  });

  test("cuts a long range too, and wide characters at their edge", () => {
    const lines = render("日".repeat(500), "日".repeat(300)).split("\n");
    const shown = (lines[3] ?? "").slice(4);
    expect(shown).toBe(`${"日".repeat(59)}…`);
    expect((lines[4] ?? "").slice(4)).toBe("^".repeat(119));
  });

  test("shows no control character of the source, message or file name", () => {
    const source = "a\u001b[31m\u0007\u202Ex\u0000 \uD800";
    const diagnostic: Diagnostic = {
      ...finding(source.indexOf("x"), source.indexOf("x") + 1),
      message: "bad \u001b]0;x\u0007\n name",
      fileName: "a\nb",
      line: 1,
      column: source.indexOf("x") + 1,
    };
    const text = renderDiagnostic(diagnostic, { "a\nb": source });
    expect(text.split("\n")).toHaveLength(5);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}|\p{Cs}|\u202E/u);
    expect(text.split("\n").at(-1)).toBe(`  | ${" ".repeat("a�[31m��".length)}^`);
  });

  test("has colours only on request", () => {
    const [diagnostic] = locate([finding(0, 1)], "x", "a");
    const plain = renderDiagnostic(diagnostic as Diagnostic, { a: "x" });
    const colored = renderDiagnostic(diagnostic as Diagnostic, { a: "x" }, { color: true });
    expect(colored).toContain("\u001b[1;33mwarning[W001]\u001b[0m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is taken out.
    expect(colored.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain);
  });
});

test("the summary counts by severity", () => {
  const error = { severity: "error" } as const;
  const warning = { severity: "warning" } as const;
  expect(renderSummary([error, warning, error])).toBe("2 errors, 1 warning");
  expect(renderSummary([warning, warning])).toBe("2 warnings");
  expect(renderSummary([])).toBe("no problems");
});
