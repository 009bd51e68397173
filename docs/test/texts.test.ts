// Blocks in other languages than Tova are what they seem, and links lead somewhere.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile, outline } from "tova-codegen";
import { type Block, lineAt, type Page, proseOf, readPages, root } from "./pages";

const pages = readPages();
const blocks = pages.flatMap((page) => page.blocks);
const inLanguage = (...languages: string[]) =>
  blocks.filter(({ language }) => languages.includes(language));

/** `[place, block]`, for titles. */
const titled = (found: readonly Block[]) => found.map((block) => [block.place, block] as const);

test("blocks are in languages that are checked, or are marked as text", () => {
  const checked = ["tova", "toml", "json", "ts", "sh", "sql"];
  // Pictures, what tools print, and the one line of Markdown that shows a picture.
  const shown = ["", "text", "md"];
  const others = blocks.filter(({ language }) => ![...checked, ...shown].includes(language));
  expect(others.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

/** A deploy file is held against the program of the app it is for, `pipeline` unless it says. */
test.each(titled(inLanguage("toml")))("%s is a deploy file", (_, { text, marks }) => {
  const { app = "pipeline" } = marks;
  const source = readFileSync(join(root, `apps/${app}/${app}.tova`), "utf8");
  const deploy = { fileName: `${app}.deploy.toml`, text };
  const environments = [...text.matchAll(/^\[env\.([\w-]+)/gm)].map(([, name]) => name);
  for (const environment of [undefined, ...environments]) {
    const options = { fileName: `${app}.tova`, deploy, ...(environment ? { environment } : {}) };
    expect(outline(source, options).diagnostics).toEqual([]);
  }
  expect(compile(source, { fileName: `${app}.tova`, deploy }).diagnostics).toEqual([]);
});

test.each(titled(inLanguage("json")))("%s is JSON, or members of an object", (_, { text }) => {
  const whole = /^\s*"/.test(text) ? `{${text}}` : text;
  expect(() => JSON.parse(whole)).not.toThrow();
});

const imported = /import (?!type )\{([^}]*)\} from "(tova-[a-z]+)"/g;

test.each(titled(inLanguage("ts")))("%s imports what there is", (_, { text }) => {
  for (const [, names = "", from = ""] of text.matchAll(imported)) {
    const values = names
      .split(",")
      .map((name) => name.trim())
      .filter((name) => !/^type /.test(name));
    expect(Object.keys(require(from))).toEqual(expect.arrayContaining(values));
  }
});

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Links out of generated files lead to files that are generated with them. */
const isOfTemplate = ({ path }: Page): boolean => path.endsWith(".template");

function deadLinks(page: Page): string[] {
  const prose = proseOf(page);
  return [...prose.matchAll(/\]\((?!https?:)([^)\s]*)\)/g)].flatMap((match) => {
    const [file = "", anchor] = (match[1] ?? "").split("#");
    const target = file === "" ? page.path : join(dirname(page.path), file);
    const exists = existsSync(join(root, target));
    const known =
      exists &&
      (anchor === undefined ||
        anchorsOf(readFileSync(join(root, target), "utf8")).includes(anchor));
    return known ? [] : [`${page.path}:${lineAt(prose, match.index)} ${match[1]}`];
  });
}

test("a link that leads nowhere is found", () => {
  const text = "# A\n[a](none.md) [b](sql.md#none) [c](sql.md) [d](https://example.com/none)\n";
  expect(deadLinks({ path: "docs/a.md", text, blocks: [] })).toHaveLength(2);
});

test("links lead to files and headings", () => {
  expect(pages.filter((page) => !isOfTemplate(page)).flatMap(deadLinks)).toEqual([]);
});
