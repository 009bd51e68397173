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

type Manifest = Readonly<Record<string, unknown>> | null;

/** Nx reads comments too. Its devkit is loaded only for them: that takes longer than all else here. */
async function parse(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { parseJson } = await import("@nx/devkit");
    return parseJson(text);
  }
}

async function readManifest(path: string): Promise<Manifest> {
  try {
    const value = await parse(readFileSync(path, "utf8"));
    return typeof value === "object" ? (value as Manifest) : null;
  } catch {
    // Nx tells what is wrong with it.
    return null;
  }
}

/**
 * Tells which package.json files make projects, as Nx does: the root's when it has `nx`, others with
 * workspaces. One outside of all of these is rare.
 */
async function openPackageRule(workspaceRoot: string): Promise<(path: string) => boolean> {
  const isThere = (file: string) => existsSync(join(workspaceRoot, file));
  const root = await readManifest(join(workspaceRoot, "package.json"));
  const hasWorkspaces =
    root?.workspaces !== undefined || isThere("pnpm-workspace.yaml") || isThere("lerna.json");
  return (path) => (path === "package.json" ? Boolean(root?.nx) : hasWorkspaces);
}

/**
 * Reads the names by Nx's own rule: what project.json says, then package.json, then the folder
 * (nx.dev/docs/reference/project-configuration). What other plugins infer is not known to this one.
 */
export async function readExistingProjects(
  paths: readonly string[],
  workspaceRoot: string,
): Promise<ExistingProject[]> {
  const isPackage = (path: string) => posix.basename(path) === "package.json";
  const makesProject = paths.some(isPackage) ? await openPackageRule(workspaceRoot) : () => false;
  const projects = new Map<string, ExistingProject>();
  // A project.json comes behind the package.json beside it, and its name before.
  for (const path of [...paths].sort()) {
    if (isPackage(path) && !makesProject(path)) continue;
    const root = posix.dirname(path);
    const { name, nx } = (await readManifest(join(workspaceRoot, path))) ?? {};
    const given = (nx as { readonly name?: unknown } | undefined)?.name ?? name;
    const known = projects.get(root)?.name ?? posix.basename(root);
    projects.set(root, { name: typeof given === "string" ? given : known, root, path });
  }
  return [...projects.values()];
}
