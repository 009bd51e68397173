// Compiled workers in, everything that must be put right before wrangler may start out.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BlockOutline } from "tova-codegen";
import { uploadedCode } from "../build";
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
import { deployFileOf, type Source, shownPath } from "../source";

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

/** A file of a worker, by its name in the output folder. */
interface BuiltFile {
  readonly fileName: string;
  readonly text: string;
}

/** What a built file names of its program: a wrangler file its code, code its source. */
function originIn(path: string, text: string): string | undefined {
  const origin = path.endsWith(".toml") ? /^main = (.*)$/m : /^\/\/ Made by tova from (.*)\n/;
  return origin.exec(text)?.[1];
}

/**
 * What is wrong with a file that a build should have left, as far as it stops a deployment: it is missing, or
 * of another program in the folder, one of whose blocks has the same name.
 * @param found its text; null where there is none
 * @param text what it should be
 */
function outputProblem(path: string, found: string | null, text: string): Problem | null {
  if (found === null) return problems.notBuilt({ path });
  const origin = originIn(path, found);
  if (origin === undefined || origin === originIn(path, text)) return null;
  return problems.builtByOther({ path, origin });
}

/** Files that a build should have left of the workers. */
const outputsOf = ({ result }: Compiled): readonly BuiltFile[] =>
  result.workers.flatMap((worker) => {
    const { fileName, code, config, files } = worker;
    const others = [config, uploadedCode(worker)].flatMap((file) => file ?? []);
    return [{ fileName, text: code }, ...others, ...files];
  });

/**
 * Looks at files that a build should have left in the output folder: each may have its error, and all
 * that are of another state of the program are one warning.
 */
export async function outputProblems(
  { name }: Source,
  expected: readonly BuiltFile[],
  { outDir, cwd }: { readonly outDir: string; readonly cwd: string },
): Promise<readonly Problem[]> {
  const present = await Promise.all(
    expected.map(async ({ fileName, text }) => {
      const path = join(outDir, fileName);
      const found = await readFile(path, "utf8").catch(() => null);
      const shown = shownPath(path, cwd);
      return { path: shown, wrong: outputProblem(shown, found, text), isStale: found !== text };
    }),
  );
  const errors = present.flatMap(({ wrong }) => wrong ?? []);
  if (errors.length > 0) return errors;
  const stale = present.filter(({ isStale }) => isStale).map(({ path }) => path);
  return stale.length === 0 ? [] : [problems.builtBefore({ program: name, paths: stale })];
}

/** What a deployment finds of the build that it goes on from. */
export interface EarlierBuild {
  readonly problems: readonly Problem[];
  /** Whether files lack, or are another program's. */
  readonly isUnbuilt: boolean;
}

/** Nothing where the deployment builds by itself. */
export async function earlierBuild({
  compiled,
  build,
  outDir,
  cwd,
}: {
  readonly compiled: Compiled;
  readonly build: boolean;
  readonly outDir: string;
  readonly cwd: string;
}): Promise<EarlierBuild> {
  if (build) return { problems: [], isUnbuilt: false };
  const found = await outputProblems(compiled.source, outputsOf(compiled), { outDir, cwd });
  return { problems: found, isUnbuilt: found.some(({ severity }) => severity === "error") };
}
