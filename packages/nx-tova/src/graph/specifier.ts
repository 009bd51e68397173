// The specifier of an import → the file or package that it leads to, by the rules of `tova build`.
import { posix } from "node:path";

const scripts = [".js", ".mjs", ".cjs", ".ts", ".mts"];

/** True for one that leads to a file of the workspace, not to a package. */
export const isRelative = (specifier: string): boolean => /^\.{1,2}(\/|$)/.test(specifier);

/** The package of a specifier: `@a/b` of `@a/b/c`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** True for a path into a package, on any system. */
export const isInstalled = (path: string): boolean => /(^|[\\/])node_modules[\\/]/.test(path);

/** The file that a relative import means, by the rules of `tova build`; a missing one is Tova's. */
export function resolveRelative(
  specifier: string,
  folder: string,
  exists: (path: string) => boolean,
): string {
  const path = posix.join(folder, specifier);
  if ([".tova", ".json", ...scripts].some((extension) => path.endsWith(extension))) return path;
  const candidates = [`${path}.tova`, ...scripts.map((extension) => path + extension)];
  return candidates.find(exists) ?? `${path}.tova`;
}
