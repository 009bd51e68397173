// The workspace in; its projects, by name, out.
import {
  createProjectGraphAsync,
  type ProjectConfiguration,
  readProjectsConfigurationFromProjectGraph,
} from "@nx/devkit";

export type Projects = Readonly<Record<string, Pick<ProjectConfiguration, "root" | "metadata">>>;

/** All projects of the workspace, those that plugins infer too. */
export async function readProjects(): Promise<Projects> {
  return readProjectsConfigurationFromProjectGraph(await createProjectGraphAsync()).projects;
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
