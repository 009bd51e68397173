// Takes the projects as Nx has put them together, gives what is wrong with the outputs of their targets.
import { posix } from "node:path";
import type { ProjectConfiguration, TargetConfiguration } from "@nx/devkit";

/** Executors that write files below their `outDir`. */
const writers: ReadonlySet<unknown> = new Set(["nx-tova:build", "nx-tova:topology"]);

/** A project, as the tokens of an output mean it. */
interface Owner {
  readonly name: string;
  readonly root: string;
}

/** What an output begins with, up to the first part that is a pattern or another option's value. */
function folderOf(output: string, { name, root }: Owner): string {
  const path = output
    .replace(/^\{workspaceRoot\}/, ".")
    .replaceAll("{projectRoot}", root)
    .replaceAll("{projectName}", name);
  const parts = path.split("/");
  const pattern = parts.findIndex((part) => /[*?[\]{}()]/.test(part));
  return parts.slice(0, pattern === -1 ? undefined : pattern).join("/");
}

/** True where an output may be the folder, in it, or a folder around it. */
function reaches(output: string, outDir: string, owner: Owner): boolean {
  if (output.startsWith("!")) return false;
  if (output.includes("{options.outDir}")) return true;
  const folder = folderOf(output, owner);
  const isInside = (one: string, other: string) =>
    posix.relative(other, one).split("/")[0] !== "..";
  return isInside(folder, outDir) || isInside(outDir, folder);
}

function restoresNothing(
  { executor, cache, outputs = [], options }: TargetConfiguration,
  owner: Owner,
): boolean {
  const outDir: unknown = options?.outDir;
  if (!writers.has(executor) || cache !== true || typeof outDir !== "string") return false;
  return !outputs.some((output) => reaches(output, outDir, owner));
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
      if (restoresNothing(configuration, { name, root }))
        lost.push({ task: `${name}:${target}`, executor });
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
