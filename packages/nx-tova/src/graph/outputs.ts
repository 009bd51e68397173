// Takes the projects as Nx has put them together, gives what is wrong with the outputs of their targets.
import { posix } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";

/** Executors that write files below their `outDir`. */
const writers: ReadonlySet<unknown> = new Set(["nx-tova:build", "nx-tova:topology"]);

/** True where an output is the folder, in it, or a folder around it. */
function reaches(output: string, outDir: string, root: string): boolean {
  if (output.includes("{options.outDir}")) return true;
  const path = output.replace("{projectRoot}", root).replace(/^\{workspaceRoot\}\//, "");
  const inside = (one: string, other: string) => `${one}/`.startsWith(`${other}/`);
  const [written, folder] = [path, outDir].map(posix.normalize) as [string, string];
  return inside(written, folder) || inside(folder, written);
}

function restoresNothing(
  { executor, cache, outputs = [], options }: TargetConfiguration,
  root: string,
): boolean {
  const outDir: unknown = options?.outDir;
  if (!writers.has(executor) || cache !== true || typeof outDir !== "string") return false;
  return !outputs.some((output) => reaches(output, outDir, root));
}

/**
 * `nx init` writes `"outputs": ["{projectRoot}/dist"]` for all targets named `build`, and what stands
 * in `targetDefaults` goes before what a plugin infers: Nx would take a worker for restored that is not
 * there.
 * @returns one message at most
 */
export function describeLostOutputs(
  projects: Readonly<Record<string, ProjectConfiguration>>,
): readonly string[] {
  const lost: { readonly task: string; readonly executor: string | undefined }[] = [];
  for (const [name, { root, targets = {}, metadata }] of Object.entries(projects)) {
    if (metadata?.tova === undefined) continue;
    for (const [target, configuration] of Object.entries(targets)) {
      const { executor } = configuration;
      if (restoresNothing(configuration, root)) lost.push({ task: `${name}:${target}`, executor });
    }
  }
  const [first, ...others] = lost;
  if (first === undefined) return [];
  const more = others.length > 0 ? ` (and of ${others.length} more)` : "";
  return [
    `the \`outputs\` of ${first.task}${more} have nothing of what it writes, and Nx would restore nothing from its cache. ` +
      `Where they are of \`targetDefaults\` in nx.json, add \`"${first.executor}": { "cache": true }\` there, which goes before them; ` +
      "else take them out of project.json.",
  ];
}
