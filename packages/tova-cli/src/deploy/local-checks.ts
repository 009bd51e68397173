// Compiled workers in, everything that must be put right before wrangler may start out.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { BlockOutline } from "tova-codegen";
import {
  createArgs,
  described,
  type ResourceKind,
  tablePath,
  wantedResources,
} from "../cloudflare/resources";
import { commandLine, tovaCommand } from "../command-line";
import { type Compiled, outlineIn } from "../compiled";
import { tableName } from "../deploy-file-edit";
import { type Problem, problems } from "../problems";
import { deployFileOf } from "../source";

/** What a deployment is of, made by `deploy`. */
export interface Deployment {
  readonly compiled: Compiled;
  /** One of the deploy file's environments; absent for the plain one. */
  readonly env: string | undefined;
}

/**
 * Resources that have only a placeholder for an id, each once however many workers share it:
 * wrangler would send it, after having made buckets (measured on wrangler 4.86).
 */
export function missingIds(
  { compiled, env }: Deployment,
  kinds: readonly ResourceKind[] = ["kv", "sql"],
): Problem[] {
  const { source, result } = compiled;
  const workers = result.workers.map((worker) => outlineIn(worker, env));
  const provision = tovaCommand("provision", source.name, { env });
  return wantedResources(compiled, env)
    .filter(({ kind, needsId, id }) => kinds.includes(kind) && needsId && id === null)
    .map((wanted) => {
      const isUsed = ({ kv, sql }: BlockOutline) =>
        (wanted.kind === "kv" ? kv : sql).some(({ binding }) => binding === wanted.binding);
      return problems.placeholder({
        worker: workers.find(isUsed)?.projectName ?? source.stem,
        what: described(wanted),
        provision,
        command: commandLine(["npx", "wrangler", ...createArgs(wanted)]),
        where: `under [${tableName(tablePath(wanted, env))}] in ${deployFileOf(compiled.source)}`,
      });
    });
}

/** Databases whose tables no migration makes, each once. */
export function missingMigrations({ compiled, env }: Deployment): Problem[] {
  const { source, result } = compiled;
  if (source.migrations !== null) return [];
  const folder = "migrations";
  const workers = result.workers.map((worker) => outlineIn(worker, env));
  const owners = new Map<string, string>();
  for (const { projectName, sql } of workers.toReversed()) {
    for (const { binding } of sql) owners.set(binding, projectName);
  }
  return [...owners].map(([binding, worker]) => problems.noMigrations({ worker, binding, folder }));
}

/** An environment that the deploy file does not have. */
export function unknownEnvironment({ compiled, env }: Deployment): Problem[] {
  const known = compiled.result.environments;
  if (env === undefined || known.includes(env)) return [];
  return [problems.unknownEnvironment({ env, known, file: deployFileOf(compiled.source) })];
}

/** Files that a build should have left in the output folder. */
export async function missingOutputs(
  { result }: Compiled,
  outDir: string,
): Promise<readonly string[]> {
  const expected = result.workers.flatMap(({ fileName, config, files, outline: { upload } }) => [
    fileName,
    ...(config === null ? [] : [config.fileName]),
    ...files.map((file) => file.fileName),
    ...(upload === null ? [] : [upload.main]),
  ]);
  const present = await Promise.all(
    expected.map(async (name) => (await stat(join(outDir, name)).catch(() => null)) !== null),
  );
  return expected.filter((_, at) => !present[at]).map((name) => join(outDir, name));
}
