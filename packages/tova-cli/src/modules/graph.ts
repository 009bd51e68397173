// A program in; every Tova file that it imports, compiled, and what each import leads to out.
import { realpath } from "node:fs/promises";
import { dirname } from "node:path";
import {
  compile,
  type Diagnostic,
  type ModuleExport,
  type ModuleLink,
  type ModuleLinks,
  type Parsed,
  parse,
  readImports,
} from "tova-codegen";
import { ProblemError } from "../problems";
import { readText, type Source, shownPath } from "../source";
import { type Place, resolveImport } from "./resolve";

/** One imported file, or the program itself. */
export interface LoadedModule {
  /** Absolute and real. */
  readonly path: string;
  /** As diagnostics show it. */
  readonly name: string;
  readonly text: string;
  /** Null for JSON. */
  readonly parsed: Parsed | null;
  /** By specifier: the file that an import leads to; packages are left out. */
  readonly files: ReadonlyMap<string, string>;
  readonly links: ModuleLinks;
}

/** The files around a program. Made by {@link loadModules}. */
export interface ModuleGraph {
  readonly root: LoadedModule & { readonly parsed: Parsed };
  /** All Tova and JSON files by path, each behind those that it imports; the program is the last. */
  readonly modules: ReadonlyMap<string, LoadedModule>;
  /** Of the imported files; those of the program come with compiling it. */
  readonly diagnostics: readonly Diagnostic[];
  /** Absolute paths of all that decides over the program beside itself, present or not. */
  readonly watched: readonly string[];
}

interface Loading {
  readonly cwd: string;
  readonly earlier: Parses;
  readonly modules: Map<string, LoadedModule>;
  readonly exports: Map<string, ModuleLink>;
  readonly diagnostics: Diagnostic[];
  readonly watched: Set<string>;
  /** The files being read, outer first, each with the import that it stands at. */
  readonly stack: { readonly path: string; readonly name: string; specifier: string }[];
  /** By file and specifier: the circles that begin there. */
  readonly circles: Map<string, readonly string[]>;
}

/** What was parsed of Tova files, by their paths. */
export type Parses = ReadonlyMap<string, Parsed>;

const open: ModuleLink = { kind: "module", exports: [], open: true };
const broken: ModuleLink = { ...open, broken: true };

/**
 * Reads and compiles all that a program imports. Never throws for what is wrong with a file.
 * @param earlier of an earlier version of the files, so that only what changed is parsed again
 */
export async function loadModules(
  source: Source,
  cwd: string,
  earlier: Parses = new Map(),
): Promise<ModuleGraph> {
  const loading: Loading = {
    cwd,
    earlier,
    modules: new Map(),
    exports: new Map(),
    diagnostics: [],
    watched: new Set(),
    stack: [],
    circles: new Map(),
  };
  const { name, text } = source;
  const path = await realpath(source.path);
  const file = { path, name, parsed: parse(text, earlier.get(path)) };
  const root = { ...file, text, ...(await linkImports(loading, file)) };
  loading.modules.set(path, root);
  const { modules, diagnostics, watched } = loading;
  return { root, modules, diagnostics, watched: [...watched] };
}

/** The trees of all Tova files of a program. */
export function parsesOf({ modules }: ModuleGraph): Parses {
  const parses = new Map<string, Parsed>();
  for (const { path, parsed } of modules.values()) if (parsed) parses.set(path, parsed);
  return parses;
}

type TovaFile = Pick<ModuleGraph["root"], "path" | "name" | "parsed">;

const circleKey = (path: string, specifier: string): string => JSON.stringify([path, specifier]);

/** Follows the imports of one file. */
async function linkImports(loading: Loading, file: TovaFile) {
  const links = new Map<string, ModuleLink>();
  const files = new Map<string, string>();
  const entry = { path: file.path, name: file.name, specifier: "" };
  loading.stack.push(entry);
  for (const { specifier } of readImports(file.parsed)) {
    if (links.has(specifier)) continue;
    entry.specifier = specifier;
    const place = await resolveImport(specifier, dirname(file.path), loading.cwd);
    if (place.kind !== "outside" && place.kind !== "problem") files.set(specifier, place.path);
    const link = await follow(loading, place);
    const circle = loading.circles.get(circleKey(file.path, specifier));
    links.set(
      specifier,
      circle ? { kind: "problem", problem: { kind: "circular", files: circle } } : link,
    );
  }
  loading.stack.pop();
  return { links, files };
}

async function follow(loading: Loading, place: Place): Promise<ModuleLink> {
  for (const path of place.tried) loading.watched.add(path);
  if (place.kind === "outside") return open;
  if (place.kind === "problem") return { kind: "problem", problem: place.problem };
  const { path } = place;
  const start = loading.stack.findIndex((entry) => entry.path === path);
  if (start >= 0) return closeCircle(loading, start);
  const known = loading.exports.get(path);
  if (known) return known;
  loading.watched.add(path);
  const link = place.kind === "script" ? open : await loadFile(loading, path, place.kind);
  loading.exports.set(path, link);
  return link;
}

/** A circle is reported once: at the import by which its first file enters it. */
function closeCircle({ stack, circles }: Loading, start: number): ModuleLink {
  const [first, ...others] = stack.slice(start);
  if (first) {
    const names = [first, ...others, first].map(({ name }) => name);
    circles.set(circleKey(first.path, first.specifier), names);
  }
  return broken;
}

async function loadFile(
  loading: Loading,
  path: string,
  kind: "tova" | "json",
): Promise<ModuleLink> {
  const name = shownPath(path, loading.cwd);
  try {
    const text = await readText(path, name);
    if (kind === "json") return loadJson(loading, { path, name, text });
    return await loadTova(loading, { path, name, parsed: parse(text, loading.earlier.get(path)) });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const reason = error.problems[0]?.message ?? "it cannot be read.";
    return { kind: "problem", problem: { kind: "unreadable", path: name, reason } };
  }
}

async function loadTova(loading: Loading, file: TovaFile): Promise<ModuleLink> {
  const { links, files } = await linkImports(loading, file);
  const { program, exports, diagnostics } = compile(file.parsed, {
    fileName: file.name,
    modules: links,
    as: "module",
  });
  loading.diagnostics.push(...diagnostics);
  loading.modules.set(file.path, { ...file, text: file.parsed.source, links, files });
  return program === null ? broken : { kind: "module", exports, open: false };
}

const jsonExport = (name: string): ModuleExport => {
  return { name, kind: "value", fields: [], tag: name, family: null, async: false };
};

/** JSON is exported as a whole, and an object's entries by their names too. */
function loadJson(
  loading: Loading,
  file: Pick<LoadedModule, "path" | "name" | "text">,
): ModuleLink {
  let value: unknown;
  try {
    value = JSON.parse(file.text);
  } catch (error) {
    const reason = `it is not JSON: ${(error as Error).message}.`;
    return { kind: "problem", problem: { kind: "unreadable", path: file.name, reason } };
  }
  const none = { parsed: null, links: new Map(), files: new Map() };
  loading.modules.set(file.path, { ...file, ...none });
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const keys = isObject ? Object.keys(value as object).filter((key) => key !== "default") : [];
  return { kind: "module", exports: ["default", ...keys].map(jsonExport), open: false };
}
