// A block's old and new name, and a source or its deploy file → the text with the new name; pure.
import { parse } from "smol-toml";
import type { SourceRange } from "tova-parser";
import { type KeyLine, readKeys } from "../deploy/keys";
import { type Edited, edited, refused } from "./edit";
import { nameProblem, readSourceBlocks } from "./source-blocks";

/** Replaces ranges, given in the order of the text. */
function replaceRanges(text: string, ranges: readonly SourceRange[], by: string): string {
  return ranges.reduceRight((all, { from, to }) => all.slice(0, from) + by + all.slice(to), text);
}

/**
 * Renames an edge block, in all its parts when several merge into it.
 * @returns a problem when the source does not parse, has no such block, or the name cannot be used
 */
export function renameEdgeBlock(source: string, from: string, to: string): Edited {
  const blocks = readSourceBlocks(source);
  if (blocks === null) return refused("The source has syntax errors; correct them first.");
  const named = blocks.filter(({ name }) => name === from);
  if (named.length === 0) {
    const names = new Set(blocks.flatMap(({ name }) => (name === null ? [] : [`"${name}"`])));
    return refused(
      `There is no edge block "${from}"; there are ${[...names].join(", ") || "none"}.`,
    );
  }
  const others = blocks.filter(({ name }) => name !== from);
  const problem = from === to ? `It is called "${to}" already.` : nameProblem(to, others);
  if (problem !== null) return refused(problem);
  const ranges = named.flatMap(({ node }) => (node.name === null ? [] : [node.name]));
  return edited(replaceRanges(source, ranges, JSON.stringify(to)));
}

/** Where the block's name stands in a path: after `workers`, of production or an environment. */
const nameIndex = (path: readonly string[]): number =>
  path[0] === "workers" ? 1 : path[0] === "env" && path[2] === "workers" ? 3 : -1;

/** The place of the block's name, where this line spells it out. */
function nameIn({ path, parts }: KeyLine, name: string): readonly SourceRange[] {
  const index = nameIndex(path);
  const part = parts[index - (path.length - parts.length)];
  return index >= 0 && path[index] === name && part !== undefined ? [part] : [];
}

type Table = Readonly<Record<string, unknown>>;

const renameKey = (table: unknown, from: string, to: string): unknown =>
  typeof table !== "object" || table === null
    ? table
    : Object.fromEntries(Object.entries(table).map(([key, is]) => [key === from ? to : key, is]));

/** The content that the renamed file must have. */
function renamed(root: Table, from: string, to: string): Table {
  const inWorkers = (table: Table): Table =>
    table.workers === undefined ? table : { ...table, workers: renameKey(table.workers, from, to) };
  const { env } = root;
  if (typeof env !== "object" || env === null) return inWorkers(root);
  const entries = Object.entries(env).map(([name, table]) => [name, inWorkers(table as Table)]);
  return { ...inWorkers(root), env: Object.fromEntries(entries) };
}

/** Also evens out smol-toml's tables, which have no prototype. */
const content = (table: Table): string => JSON.stringify(table);

/**
 * Renames a block's `[workers.<name>]` in a deploy file, of all environments; comments, order and
 * formatting stay. The result is parsed and compared before it is given out.
 * @returns a problem when the file is no TOML, has the new name already or spells the old one in a
 * way that cannot be found
 */
export function renameInDeployFile(text: string, from: string, to: string): Edited {
  const body = text.replace(/^\uFEFF/, "");
  let before: Table;
  try {
    before = parse(body);
  } catch {
    return refused("The deploy file is not valid TOML; correct it first.");
  }
  const tables = [before, ...Object.values((before.env ?? {}) as Table)] as Table[];
  const taken = tables.some(({ workers }) => Object.hasOwn(Object(workers), to));
  if (taken) return refused(`The deploy file has an entry [workers.${to}] already.`);
  const ranges = readKeys(body).flatMap((line) => nameIn(line, from));
  const spelled = /^[\w-]+$/.test(to) ? to : JSON.stringify(to);
  const after = replaceRanges(body, ranges, spelled);
  if (content(parse(after)) !== content(renamed(before, from, to))) {
    return refused(`The deploy file says "${from}" in a way that must be renamed by hand.`);
  }
  return edited(text.slice(0, text.length - body.length) + after);
}
