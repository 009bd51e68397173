// A project of the workspace in; the folder that its `build` writes to, out.
import type { ExecutorContext } from "@nx/devkit";

/** What executors get of the workspace. */
export type Workspace = Pick<ExecutorContext, "projectsConfigurations">;

/**
 * Of the target that compiles the project's worker, whatever it is called: one with another `outDir`
 * than the inferred must not leave `deploy` with an earlier build in that.
 * @returns from the workspace's root; undefined for the folder beside the source
 */
export function buildFolder(
  { projectsConfigurations }: Workspace,
  project: string | undefined,
): string | undefined {
  const { targets = {} } = projectsConfigurations?.projects[project ?? ""] ?? {};
  const build = Object.values(targets).find(({ executor }) => executor === "nx-tova:build");
  const outDir: unknown = build?.options?.outDir;
  return typeof outDir === "string" ? outDir : undefined;
}
