// A text → how adding or renaming an edge block breaks it, or null.
import { isDeepStrictEqual } from "node:util";
import { addEdgeBlock, hasErrors, type Outline, outline, parse, renameEdgeBlock } from "../../src";
import { syntaxErrors } from "../../src/analyse/syntax-errors";
import { firstOf } from "./outputs";

const added = { name: "fuzz added", target: "cloudflare", body: ["secret FUZZ"] } as const;
const renamed = "fuzz renamed";

/** The names are new to every text but one that has been through here. */
export function wrongEdit(source: string, seen: Outline): string | null {
  if (/fuzz (added|renamed)/.test(source)) return null;
  return wrongAddition(source) ?? firstOf(namesOf(seen), (name) => wrongRenaming(source, name));
}

function namesOf({ blocks }: Outline): readonly string[] {
  return blocks.flatMap(({ name }) => (name === null ? [] : [name]));
}

function isBroken(text: string): boolean {
  return hasErrors(syntaxErrors(parse(text).tree, text));
}

const outlineOf = (text: string) => outline(text, { fileName: "fuzz.tova" });

function wrongAddition(source: string): string | null {
  const { text, problem } = addEdgeBlock(source, added);
  if (text === null) return isBroken(source) ? null : `refuses a block: ${problem}`;
  if (!text.startsWith(source)) return `gets a block and is changed to\n${text}`;
  if (isBroken(text)) return `is broken by a new block:\n${text}`;
  const names = namesOf(outlineOf(text));
  return names.includes(added.name) ? null : `gets a block that is not there:\n${text}`;
}

function wrongRenaming(source: string, name: string): string | null {
  const { text } = renameEdgeBlock(source, name, renamed);
  if (text === null) return isBroken(source) ? null : `refuses to rename ${JSON.stringify(name)}`;
  if (isBroken(text)) return `is broken by a new name:\n${text}`;
  if (!namesOf(outlineOf(text)).includes(renamed)) return `has lost a block by a name:\n${text}`;
  const { text: back, problem } = renameEdgeBlock(text, renamed, name);
  if (back === null) return `cannot be called ${JSON.stringify(name)} again: ${problem}`;
  const blocks = (each: string) => outlineOf(each).blocks.map(({ range: _, ...rest }) => rest);
  const same = isDeepStrictEqual(blocks(back), blocks(source));
  return same ? null : `is another after two renamings:\n${back}`;
}
