// Which style tags the parser gives to a piece of text, as editors see them.
import { classHighlighter, highlightTree } from "@lezer/highlight";
import { parse } from "../src";

function styles(source: string): string[] {
  const found: string[] = [];
  highlightTree(parse(source).tree, classHighlighter, (from, to, classes) => {
    found.push(`${source.slice(from, to)} ${classes.replaceAll("tok-", "")}`);
  });
  return found;
}

test("keywords, names and literals have their styles", () => {
  expect(styles("fn area(w) { w * 2.5 } // c")).toEqual(
    expect.arrayContaining([
      "fn keyword",
      "area variableName definition",
      "w variableName definition",
      "2.5 number",
      "// c comment",
    ]),
  );
});

test("strings of every form are strings, their interpolations are not", () => {
  const found = styles(`"a{b}c" + 'd' + r"e"`);
  expect(found).toEqual(expect.arrayContaining(["b variableName", "'d' string", 'r"e" string']));
});

test("what an edge block is made of stands out", () => {
  const found = styles('edge "api" { kv CACHE route GET "/" => f }');
  expect(found).toEqual(expect.arrayContaining(["edge keyword", "kv keyword", "route keyword"]));
});
