// Scripts and packages of a program's workers in; a text that differs whenever a bundler may make others of it, out.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fingerprint, withoutCarriageReturns } from "./file-state";

/** What has gone through the bundler's own resolution; all paths from the workspace's root. */
export interface Bundle {
  readonly files: readonly string[];
  /** Names of packages by which it was looked for modules. */
  readonly packages: readonly string[];
}

export const noBundle: Bundle = { files: [], packages: [] };

/** The same on every machine where the same is installed. Made by {@link openBundleStates}. */
export interface BundleStates {
  /**
   * @param importers paths of the Tova files around it
   * @returns null where it cannot be told: a file is outside of the workspace, or behind a link
   */
  of(bundle: Bundle, importers: readonly string[]): string | null;
}

/** Answers a question about a path, or another text, once. */
export function once<T>(look: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const looked = look(path);
    known.set(path, looked);
    return looked;
  };
}

/** All folders around a path, the workspace's root `.` the last. */
function foldersAround(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? ["."] : [folder, ...foldersAround(folder)];
}

/** Endings that a bundler tries, in whatever order. */
const ending = /^(\.(tova|json|css|[cm]?[jt]sx?))?$/;

/** Paths that a package.json names: whether they are there decides over its entry. */
function targetsIn(text: string | null): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  try {
    const { main, module, browser, exports, imports } = JSON.parse(text ?? "{}");
    visit([main, module, browser, exports, imports]);
  } catch {
    // A bundler that cannot read it either does as if there were none.
  }
  return found;
}

/** Opens a reader of the files as they are now; what is installed is read too, not trusted by its time. */
export function openBundleStates(workspaceRoot: string): BundleStates {
  const textOf = once((path): string | null => {
    try {
      return withoutCarriageReturns(readFileSync(join(workspaceRoot, path), "utf8"));
    } catch {
      return null;
    }
  });
  const stateOf = once((path) => fingerprint([textOf(path)]));
  const namesIn = once((folder): string[] => {
    try {
      return readdirSync(join(workspaceRoot, folder)).sort();
    } catch {
      return [];
    }
  });
  /** Where a path really is, from the root; null when it is nowhere. */
  const placeOf = once((path): string | null => {
    try {
      const real = realpathSync(join(workspaceRoot, path));
      return relative(realpathSync(workspaceRoot), real).split(sep).join("/");
    } catch {
      return null;
    }
  });
  /** What else an import of a file or folder could mean; dots in its name need be no ending. */
  const rivalsOf = once((path): string[] => {
    const { dir, base, name } = posix.parse(path);
    const isRival = (other: string) =>
      [base, name].some((stem) => other.startsWith(stem) && ending.test(other.slice(stem.length)));
    return namesIn(dir || ".").filter(isRival);
  });
  const packagesAround = (folder: string, packages: readonly string[]) =>
    packages.map((name) => {
      const path = posix.join(folder, "node_modules", name);
      return [rivalsOf(path), placeOf(path), stateOf(`${path}/package.json`)];
    });
  const stateOfFolder = (folder: string, packages: readonly string[]) => {
    const manifest = posix.join(folder, "package.json");
    const targets = targetsIn(textOf(manifest)).map((target) => posix.join(folder, target));
    // Yarn without node_modules: they name the archives of all packages, which are not read here.
    const maps = namesIn(folder).filter((name) => name.startsWith(".pnp."));
    const mapped = maps.map((name) => [name, stateOf(posix.join(folder, name))]);
    const installed = posix.basename(folder) === "node_modules" ? [] : packages;
    return [stateOf(manifest), targets.map(rivalsOf), mapped, packagesAround(folder, installed)];
  };
  return {
    of({ files, packages }, importers) {
      const isTold = (path: string) =>
        !path.startsWith("../") && (textOf(path) === null || placeOf(path) === path);
      if (!files.every(isTold)) return null;
      const folders = [...new Set([...files, ...importers].flatMap(foldersAround))].sort();
      return JSON.stringify([
        files.map((path) => [path, stateOf(path), rivalsOf(path)]),
        folders.map((path) => [path, rivalsOf(path), stateOfFolder(path, packages)]),
      ]);
    },
  };
}
