// The paths of all project.json and package.json files in, the names of the projects they make out.
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** A project that is not this plugin's. */
export interface ExistingProject {
  readonly name: string;
  /** From the workspace's root. */
  readonly root: string;
  /** The file that makes it, from the workspace's root. */
  readonly path: string;
}

function readManifest(path: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return typeof value === "object" ? (value as Record<string, unknown>) : null;
  } catch {
    // Nx tells what is wrong with it.
    return null;
  }
}

/** Without workspaces a package.json makes no project; with them, one outside of all of them is rare. */
function hasWorkspaces(workspaceRoot: string): boolean {
  const root = readManifest(join(workspaceRoot, "package.json"));
  return root?.workspaces !== undefined || existsSync(join(workspaceRoot, "pnpm-workspace.yaml"));
}

/**
 * Reads the names by Nx's own rule: what project.json says, then package.json, then the folder
 * (nx.dev/docs/reference/project-configuration). What other plugins infer is not known to this one.
 */
export function readExistingProjects(
  paths: readonly string[],
  workspaceRoot: string,
): ExistingProject[] {
  const isPackage = (path: string) => posix.basename(path) === "package.json";
  const usesPackages = paths.some(isPackage) && hasWorkspaces(workspaceRoot);
  const projects = new Map<string, ExistingProject>();
  // A project.json comes behind the package.json beside it, and its name before.
  for (const path of [...paths].sort()) {
    if (isPackage(path) && !usesPackages) continue;
    const root = posix.dirname(path);
    const { name, nx } = readManifest(join(workspaceRoot, path)) ?? {};
    const given = (nx as { readonly name?: unknown } | undefined)?.name ?? name;
    const known = projects.get(root)?.name ?? posix.basename(root);
    projects.set(root, { name: typeof given === "string" ? given : known, root, path });
  }
  return [...projects.values()];
}
