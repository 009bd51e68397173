// What a bundler has read in; each package.json of an imported folder, which says where its code is, out.
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, posix, relative, resolve } from "node:path";
import type { Metafile } from "esbuild";
import { posixPath } from "../source";
import { packageOf } from "./resolve";

/** The package nearest to a folder, as `node_modules` around it have it; null where there is none. */
function findPackage(name: string, folder: string): string | null {
  const path = join(folder, "node_modules", name);
  if (existsSync(path)) return path;
  const above = dirname(folder);
  return above === folder ? null : findPackage(name, above);
}

/** The place that an import names, with neither ending nor index; null where that cannot be told. */
function namedPlace(importer: string, specifier: string, folder: string): string | null {
  if (/^\.\.?(\/|$)/.test(specifier)) return posix.join(posix.dirname(importer), specifier);
  const name = packageOf(specifier);
  if (name === specifier || !/^[@\p{L}\p{N}_~][^:]*$/u.test(name)) return null;
  const found = findPackage(name, dirname(resolve(folder, importer)));
  if (found === null) return null;
  // The bundler names files by where links lead.
  const place = join(realpathSync(found), specifier.slice(name.length));
  return posixPath(relative(folder, place));
}

/**
 * The package.json of folders that are imported: it decides which modules are meant, which may be
 * anywhere. Those of whole packages are not among them.
 * @param folder absolute, in which the bundler has worked
 * @returns paths from there
 */
export function signpostsIn({ inputs }: Metafile, folder: string): string[] {
  const places = new Set<string>();
  for (const [importer, { imports }] of Object.entries(inputs)) {
    for (const { path, original = path } of imports) {
      const place = namedPlace(importer, original, folder);
      if (place !== null && path !== place) places.add(place);
    }
  }
  const manifests = [...places].map((place) => `${place}/package.json`);
  return manifests.filter((path) => !(path in inputs) && existsSync(resolve(folder, path)));
}
