// Paths of a workspace in; which are there, and which are links that lead nowhere, out.
import { spawnSync } from "node:child_process";
import { existsSync, lstatSync } from "node:fs";
import { join } from "node:path";

const entryAt = (workspaceRoot: string, path: string) =>
  lstatSync(join(workspaceRoot, path), { throwIfNoEntry: false });

const isBroken = (workspaceRoot: string, path: string): boolean =>
  !existsSync(join(workspaceRoot, path)) && entryAt(workspaceRoot, path)?.isSymbolicLink() === true;

/** True also of a link that leads nowhere. */
export const isThere = (workspaceRoot: string, path: string): boolean =>
  entryAt(workspaceRoot, path) !== undefined;

/** Of a path that cannot be read as a file. */
export function describeUnreadable(workspaceRoot: string, path: string): string {
  return isBroken(workspaceRoot, path)
    ? `${path} is a link that leads nowhere. Mend it, or remove it.`
    : `${path} cannot be read as a file; it has no projects.`;
}

/**
 * The broken links among what is named as a program. Nx hands them to no plugin, so Git is asked for
 * them: in a few milliseconds, too many for each graph. Outside of a repository none are found.
 */
export function findBrokenLinks(workspaceRoot: string): string[] {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.tova"];
  const { stdout } = spawnSync("git", list, {
    cwd: workspaceRoot,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const paths = new Set(stdout?.split("\0"));
  paths.delete("");
  return [...paths].filter((path) => isBroken(workspaceRoot, path)).sort();
}
