// A project of the workspace, or a program, in; the folder that its `build` writes to, out.
import type { ExecutorContext, TargetConfiguration } from "@nx/devkit";

/** What executors get of the workspace. */
export type Workspace = Pick<ExecutorContext, "projectsConfigurations" | "taskGraph">;

/** A target that compiles a worker, whatever it is called. */
interface Build {
  readonly project: string;
  readonly name: string;
  readonly target: TargetConfiguration;
}

function buildsIn({ projectsConfigurations }: Workspace): Build[] {
  return Object.entries(projectsConfigurations?.projects ?? {}).flatMap(
    ([project, { targets = {} }]) =>
      Object.entries(targets)
        .filter(([, { executor }]) => executor === "nx-tova:build")
        .map(([name, target]) => ({ project, name, target })),
  );
}

const taskOf = ({ taskGraph }: Workspace, { project, name }: Build) =>
  Object.values(taskGraph?.tasks ?? {}).find(
    ({ target }) => target.project === project && target.target === name,
  );

/** By the configuration that the build runs with before this task, or would by default. */
function outDirOf(build: Build, workspace: Workspace): string | undefined {
  const { options, configurations = {}, defaultConfiguration = "" } = build.target;
  const task = taskOf(workspace, build);
  const configured = configurations[task?.target.configuration ?? defaultConfiguration];
  const outDir: unknown = { ...options, ...configured, ...task?.overrides }.outDir;
  return typeof outDir === "string" ? outDir : undefined;
}

/** Of those that run before this task where any do; undefined for the folder beside the source. */
function outDirsOf(builds: readonly Build[], workspace: Workspace): (string | undefined)[] {
  const before = builds.filter((build) => taskOf(workspace, build) !== undefined);
  const run = before.length > 0 ? before : builds;
  return [...new Set(run.map((build) => outDirOf(build, workspace)))];
}

/**
 * Of the target that compiles the project's worker: one with another `outDir` than the inferred must not
 * leave `deploy` with an earlier build in that.
 * @returns from the workspace's root; undefined for the folder beside the source
 */
export function buildFolder(workspace: Workspace, project: string | undefined): string | undefined {
  const builds = buildsIn(workspace).filter((one) => one.project === project);
  return outDirsOf(builds, workspace)[0];
}

/** Of all targets that compile workers of a program, each once; otherwise as {@link buildFolder} says. */
export function buildFolders(workspace: Workspace, file: string): readonly (string | undefined)[] {
  const builds = buildsIn(workspace).filter(({ target }) => target.options?.file === file);
  return outDirsOf(builds, workspace);
}
