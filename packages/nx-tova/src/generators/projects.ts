// The workspace in; its projects, by name, and what their targets are called, out.
import { posix } from "node:path";
import {
  createProjectGraphAsync,
  type ProjectConfiguration,
  readNxJson,
  readProjectsConfigurationFromProjectGraph,
  type Tree,
} from "@nx/devkit";
import type { TovaMetadata } from "../graph/nodes";
import { normalizeOptions, type TargetNames } from "../graph/options";

/** What nx.json registers. */
export const plugin = "nx-tova/plugin";

export const tovaOf = ({ metadata }: Projects[string]) =>
  metadata?.tova as TovaMetadata | undefined;

export type Projects = Readonly<Record<string, Pick<ProjectConfiguration, "root" | "metadata">>>;

/** All projects of the workspace, those that plugins infer too. */
export async function readProjects(): Promise<Projects> {
  return readProjectsConfigurationFromProjectGraph(await createProjectGraphAsync()).projects;
}

/** The names that nx.json gives the targets; of several registrations the first decides. */
export function readTargetNames(tree: Tree): TargetNames {
  for (const entry of readNxJson(tree)?.plugins ?? []) {
    if (typeof entry !== "string" && entry.plugin === plugin) {
      return normalizeOptions(entry.options).names;
    }
  }
  return normalizeOptions(undefined).names;
}

/**
 * Nx has no graph while two projects have one name.
 * @throws Error when another project than the one at that root has it
 */
export function checkFree(projects: Projects, name: string, root: string): void {
  const found = Object.hasOwn(projects, name) ? projects[name] : undefined;
  if (found === undefined || found.root === root) return;
  throw new Error(`A project named "${name}" is at ${found.root} already. Choose another name.`);
}

/**
 * Two projects cannot share a root, and a program has its folder as root only while no other is in it.
 * @throws Error when a project is in the folder already
 */
export function checkFolder(projects: Projects, folder: string): void {
  const isThere = (project: Projects[string]) => {
    const file = tovaOf(project)?.file;
    return project.root === folder || (file !== undefined && posix.dirname(file) === folder);
  };
  const found = Object.entries(projects).find(([, project]) => isThere(project));
  if (found === undefined) return;
  throw new Error(`The project "${found[0]}" is in ${folder} already. Choose another --directory.`);
}
