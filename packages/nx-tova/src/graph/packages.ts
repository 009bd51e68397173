// A workspace in; which packages are installed at its root, and which its lockfile names, out.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { once } from "./bundle-state";
import { isInstalled, packageOf } from "./specifier";

const lockfiles = ["package-lock.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock"];

/** Of Bun before 1.2; Nx has Bun read it. */
const binaryLockfile = "bun.lockb";

/** The packages of a workspace, as Nx knows them from the lockfile. Made by {@link openPackages}. */
export interface Packages {
  /** Nx refuses an input of a package that the lockfile has not. */
  isLocked(name: string): boolean;
  /** True of one at the root that is locked; false of what is linked from the workspace. */
  has(name: string): boolean;
  /** False of a file in a package of another folder, or of another version. */
  hasFile(path: string): boolean;
  /** Those that are there. */
  readonly lockfiles: readonly string[];
}

/** True where a lockfile names a package, and not one whose name ends in that. */
function names(text: string, name: string): boolean {
  // npm, and pnpm 7.
  if (text.includes(`node_modules/${name}"`) || text.includes(`\n  /${name}/`)) return true;
  // All others: in quotes, after a space or, pnpm 8, after a slash that no scope stands before.
  for (let at = text.indexOf(`${name}@`); at >= 0; at = text.indexOf(`${name}@`, at + 1)) {
    const before = text.slice(Math.max(0, at - 4), at);
    if (/(?:^|[\s"']|\s['"]?\/)$/.test(before)) return true;
  }
  return false;
}

/** Opens a reader of the packages as they are now; the lockfile is read when it is asked for. */
export function openPackages(workspaceRoot: string): Packages {
  const isThere = (file: string) => existsSync(join(workspaceRoot, file));
  const present = lockfiles.filter(isThere);
  const read = (file: string) => readFileSync(join(workspaceRoot, file), "utf8");
  let locked: string | undefined;
  const isLocked = once((name: string): boolean => {
    locked ??= present.map(read).join("\n");
    const text = locked;
    return names(text, name) || isThere(binaryLockfile);
  });
  /** Where it really is, from the root: pnpm links packages into one folder. */
  const placeOf = once((name: string): string | null => {
    const folder = join(workspaceRoot, "node_modules", name);
    if (!existsSync(folder)) return null;
    const place = relative(realpathSync(workspaceRoot), realpathSync(folder));
    return place.split(sep).join("/");
  });
  const has = (name: string): boolean => {
    const place = placeOf(name);
    return place !== null && isInstalled(`${place}/`) && isLocked(name);
  };
  return {
    isLocked,
    has,
    hasFile(path) {
      const name = packageOf(path.slice(path.lastIndexOf("node_modules/") + 13));
      return has(name) && path.startsWith(`${placeOf(name)}/`);
    },
    lockfiles: present,
  };
}
