// The repository's Markdown in, its fenced blocks, inline commands and links, each with its place, out.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The root of the repository. */
export const root = join(__dirname, "../..");

/** A fenced block: ```` ```tova in=edge ```` has the language `tova` and one mark. */
export interface Block {
  /** `docs/security.md:5`, where its text begins. */
  readonly place: string;
  readonly language: string;
  readonly marks: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of the comment `<!-- with … -->` right before it: what belongs to it and is not shown. */
  readonly hidden: string;
}

export interface Page {
  /** From the root, `docs/security.md`. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const fence = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^\1\2[ \t]*$/gm;

/** 1-based line of an offset. */
export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split("\n").length;

function blocksOf(path: string, text: string): Block[] {
  return [...text.matchAll(fence)].map((match) => {
    const [, indent = "", , info = "", body = ""] = match;
    const [, hidden = ""] =
      /<!-- with\n((?:(?!-->)[\s\S])*)-->\n+$/.exec(text.slice(0, match.index)) ?? [];
    const [language = "", ...marks] = info.trim().split(/\s+/);
    return {
      place: `${path}:${lineAt(text, match.index) + 1}`,
      language,
      marks: Object.fromEntries(marks.map((mark) => mark.split("=", 2) as [string, string])),
      text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      hidden,
    };
  });
}

/** The text of a page with its fenced blocks blanked, line for line. */
export const proseOf = ({ text }: Page): string =>
  text.replaceAll(fence, (block) => block.replaceAll(/[^\n]/g, " "));

/** Templates of generated READMEs are pages of a program called `shop`. */
const filled = (text: string): string =>
  text.replaceAll("<%= directory %>", "apps/shop").replaceAll(/<%= (name|title) %>/g, "shop");

function markdownIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(({ name }) =>
    /\.md$/.test(name) ? [join(folder, name)] : [],
  );
}

const readmesOf = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => markdownIn(join(folder, name)));

/** Every page but those of `docs/diagnostics`, which are made of fixtures that are tested as such. */
export function readPages(): readonly Page[] {
  const template = "packages/nx-tova/src/generators/application/files/README.md.template";
  const paths = ["", "docs", "bench"].flatMap(markdownIn);
  return [...paths, ...readmesOf("packages"), ...readmesOf("apps"), template].map((path) => {
    const text = filled(readFileSync(join(root, path), "utf8"));
    return { path, text, blocks: blocksOf(path, text) };
  });
}
