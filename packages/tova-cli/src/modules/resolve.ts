// The specifier of an import and the folder of its file in; the file or package it means out.
import { readdir, realpath, stat } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { ModuleProblem } from "tova-codegen";
import { shownPath } from "../source";

/** What a specifier means. */
export type Place = (
  | {
      readonly kind: "tova" | "json" | "script";
      /** Real, so that links make no second copy of the file. */
      readonly path: string;
    }
  /** An installed package, or a module of the platform: the bundler's business. */
  | { readonly kind: "outside" }
  | { readonly kind: "problem"; readonly problem: ModuleProblem }
) & {
  /** Paths that would make the specifier mean something else, were they there. */
  readonly tried: readonly string[];
};

const scripts = [".js", ".mjs", ".cjs", ".ts", ".mts"];

const kindOf = (path: string): "tova" | "json" | "script" =>
  path.endsWith(".tova") ? "tova" : path.endsWith(".json") ? "json" : "script";

/** Names of the platform's own modules, which every worker may import. */
const isPlatform = (specifier: string): boolean => /^(node|cloudflare|workerd):/.test(specifier);

/** `@scope/name` or `name` of what is imported from a package. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const entryKind = (path: string): Promise<"file" | "folder" | null> =>
  stat(path).then(
    (entry) => (entry.isDirectory() ? "folder" : "file"),
    () => null,
  );

/**
 * Resolves an import of a Tova file (spec 9): relative paths with or without `.tova`, JSON,
 * JavaScript and TypeScript files; all else is a package.
 * @param folder absolute, of the importing file
 */
export async function resolveImport(
  specifier: string,
  folder: string,
  cwd: string,
): Promise<Place> {
  if (isPlatform(specifier)) return outside;
  if (/^\.{1,2}(\/|$)/.test(specifier)) return resolveFile(specifier, folder, cwd);
  if (!/^[@\p{L}\p{N}_#~]/u.test(specifier) || specifier.includes(":") || specifier === "") {
    return problem({ kind: "address", specifier });
  }
  return resolvePackage(specifier, folder, cwd);
}

const outside: Place = { kind: "outside", tried: [] };

const problem = (found: ModuleProblem, tried: readonly string[] = []): Place => ({
  kind: "problem",
  problem: found,
  tried,
});

async function resolveFile(specifier: string, folder: string, cwd: string): Promise<Place> {
  const path = resolve(folder, specifier);
  const known = [".tova", ".json", ...scripts].some((extension) => path.endsWith(extension));
  const tried = known ? [path] : [`${path}.tova`, path, ...scripts.map((one) => path + one)];
  let isFolder = false;
  for (const [index, candidate] of tried.entries()) {
    const kind = await entryKind(candidate);
    if (kind === "file") {
      const found = { kind: kindOf(candidate), path: await realpath(candidate) };
      return { ...found, tried: tried.slice(0, index) };
    }
    isFolder ||= kind === "folder";
  }
  const shown = shownPath(known || isFolder ? path : `${path}.tova`, cwd);
  if (isFolder) return problem({ kind: "folder", path: shown }, tried);
  const siblings = await siblingsOf(specifier, path, !known);
  return problem({ kind: "missing", specifier, path: shown, known: siblings }, tried);
}

/** Specifiers, in the style of the given one, of the files that lie where it leads. */
async function siblingsOf(specifier: string, path: string, short: boolean): Promise<string[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  const folder = specifier.slice(0, specifier.lastIndexOf("/") + 1);
  return names
    .filter((name) => /\.(tova|json|[cm]?[jt]s)$/.test(name))
    .map((name) => folder + (short ? name.replace(/\.tova$/, "") : name))
    .sort();
}

/** Where Yarn without node_modules writes what is installed (yarnpkg.com/advanced/pnp-spec). */
const maps = [".pnp.cjs", ".pnp.data.json"];

/**
 * A package of `node_modules` in this folder or one around it; its `.tova` files are compiled. Which ones
 * Yarn has installed without that the bundler knows.
 */
async function resolvePackage(specifier: string, folder: string, cwd: string): Promise<Place> {
  if (specifier.startsWith("#") || isBuiltin(specifier)) return outside;
  const name = packageOf(specifier);
  const looked = specifier.endsWith(".tova") ? [] : maps;
  const tried: string[] = [];
  const triedMaps: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    const installed = join(modules, name);
    if ((await entryKind(installed)) !== null) {
      if (!specifier.endsWith(".tova")) return { kind: "outside", tried };
      const place = await resolveFile(`./${specifier}`, modules, cwd);
      return { ...place, tried: [...tried, ...place.tried] };
    }
    tried.push(installed);
    for (const map of looked.map((file) => join(at, file))) {
      if ((await entryKind(map)) === "file") return { kind: "outside", tried };
      triedMaps.push(map);
    }
    if (dirname(at) === at) return problem({ kind: "package", name }, [...tried, ...triedMaps]);
  }
}
