// A `.tova` file in, its databases with all migrations applied out: those here or on Cloudflare.
import { join, resolve } from "node:path";
import { makeFolder } from "./artefacts";
import { writeProgram } from "./build";
import type { Api } from "./cloudflare/api";
import { type Hashed, readApplied, recordHashes } from "./cloudflare/applied";
import { cloudflareWorkers } from "./cloudflare/only";
import { openAccount } from "./cloudflare/session";
import { together } from "./cloudflare/together";
import { runWrangler } from "./cloudflare/wrangler";
import { type Compiled, compileSource, outlineIn } from "./compiled";
import {
  missingIds,
  missingMigrations,
  outputProblems,
  unknownEnvironment,
} from "./deploy/local-checks";
import { lockFolder, waitMessage, withLocks } from "./deploy/lock";
import { consoleLogger } from "./logger";
import { applyMigrations, type Database } from "./migrations/apply";
import { editedMigrations, hashed, sharedNumbers } from "./migrations/edits";
import { readMigrations } from "./migrations/files";
import { type MigratedFiles, migrateServers } from "./migrations/in-files";
import type { CloudflareOptions, Filled, OutputOptions } from "./options";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded, reportProblems } from "./report";
import { outputFolder, readSource, type Source, shownPath } from "./source";

/** What `migrate` may be told. */
export interface MigrateOptions extends CloudflareOptions, OutputOptions {
  /** The databases that `dev` uses. Exactly one of `local`, `in` and `remote` is given. */
  readonly local?: boolean | undefined;
  /** The files of databases in this folder, for workers of Deno and Bun. */
  readonly in?: string | undefined;
  /** The databases on Cloudflare. */
  readonly remote?: boolean | undefined;
  /** False when the outputs are there already, as under Nx. @default true */
  readonly build?: boolean | undefined;
}

type Context = Filled<MigrateOptions>;

/** A database and the configuration of the first worker that is bound to it. */
interface Target {
  readonly binding: string;
  /** A placeholder when the deploy file has none. */
  readonly id: string;
  readonly config: { readonly fileName: string; readonly text: string };
}

function targetsOf(compiled: Compiled, env: string | undefined): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const worker of cloudflareWorkers(compiled, "migrate", undefined)) {
    if (worker.config === null) continue;
    for (const { binding, id } of outlineIn(worker, env).sql) {
      if (!targets.has(binding)) {
        targets.set(binding, { binding, id, config: worker.config });
      }
    }
  }
  return [...targets.values()];
}

async function applyHere(
  { source }: Compiled,
  targets: readonly Target[],
  { cwd, log }: Context,
): Promise<void> {
  const migrations = await readMigrations(source, cwd);
  // Where `dev` keeps its stores, whatever --out-dir says, each by its name in the program.
  const state = join(outputFolder(source, undefined, cwd), "state", source.stem);
  await makeFolder(state);
  const { Log, LogLevel, Miniflare } = await import("miniflare");
  const miniflare = new Miniflare({
    script: "",
    modules: true,
    cf: false,
    defaultPersistRoot: state,
    d1Databases: Object.fromEntries(targets.map(({ binding }) => [binding, binding])),
    log: new Log(LogLevel.NONE),
  });
  try {
    for (const { binding } of targets) {
      const database: unknown = await miniflare.getD1Database(binding);
      const applied = await applyMigrations(database as Database, binding, migrations);
      log.info(
        `${binding}: ${applied.length === 0 ? "up to date" : `applied ${applied.join(", ")}`}`,
      );
    }
  } finally {
    await miniflare.dispose();
  }
}

/** @throws ProblemError when one was edited after it was applied to any of the databases */
async function checkEdits(api: Api, targets: readonly Target[], now: readonly Hashed[]) {
  const { answers, problems: failed } = await together(
    targets.map(async ({ binding, id }) =>
      editedMigrations(binding, now, await readApplied(api, id)),
    ),
  );
  const found = [...answers.flat(), ...failed];
  if (found.length > 0) throw new ProblemError(found);
}

async function runMigrations(
  { binding, config }: Target,
  { compiled, outDir, api }: { compiled: Compiled; outDir: string; api: Api },
  { env, timeout }: Context,
) {
  // wrangler warns of a configuration with environments when none is named.
  const named = env ?? (compiled.result.environments.length > 0 ? "" : undefined);
  return runWrangler({
    args: [
      ...["d1", "migrations", "apply", binding, "--remote", "--config", config.fileName],
      ...(named === undefined ? [] : [`--env=${named}`]),
    ],
    cwd: outDir,
    folder: compiled.source.folder,
    timeout,
    env: { CLOUDFLARE_ACCOUNT_ID: api.account },
  });
}

async function applyOnCloudflare(
  compiled: Compiled,
  targets: readonly Target[],
  { outDir, context }: { readonly outDir: string; readonly context: Context },
): Promise<void> {
  const { source } = compiled;
  const api = await openAccount(source, context);
  const now = hashed(await readMigrations(source, context.cwd));
  await checkEdits(api, targets, now);
  const { build, cwd, log } = context;
  if (build !== false) await writeProgram(compiled, { outDir, cwd, log });
  for (const [at, target] of targets.entries()) {
    const { exitCode } = await runMigrations(target, { compiled, outDir, api }, context);
    // Also those that were applied before one failed.
    await recordHashes(api, target.id, now);
    if (exitCode === 0) continue;
    const names = targets.map(({ binding }) => binding);
    const [done, rest] = [names.slice(0, at), names.slice(at + 1)];
    const { binding } = target;
    throw new ProblemError(problems.migrationsFailed({ binding, exitCode, done, rest }));
  }
}

function nothingToDo({ name }: Source, onlyFiles: boolean): string {
  const which = onlyFiles ? "no database in a file, as workers for Deno and Bun do" : "no database";
  return `${name} uses ${which}; there is nothing to migrate.`;
}

/** Those on this machine; `--in` names another folder than that of `dev`. */
async function migrateFilesOf(compiled: Compiled, context: Context): Promise<MigratedFiles> {
  const { env, cwd, log } = context;
  const { source } = compiled;
  const kept = join(outputFolder(source, undefined, cwd), "state", source.stem);
  const state = context.in === undefined ? kept : resolve(cwd, context.in);
  return migrateServers(compiled, { state, env, cwd, log });
}

/** Whether no other database is meant, or can be. */
function isInFiles({ result }: Compiled, context: Context, files: MigratedFiles | null): boolean {
  if (files === null) return false;
  if (context.in !== undefined || !files.hasOthers) return true;
  return files.databases > 0 && result.workers.every(({ target }) => target !== "cloudflare");
}

async function migrateProgram(compiled: Compiled, outDir: string, context: Context) {
  const { env, log, cwd } = context;
  const { source } = compiled;
  const deployment = { compiled, env };
  const environment = unknownEnvironment(deployment);
  if (environment.length > 0) throw new ProblemError(environment);
  const files = context.remote ? null : await migrateFilesOf(compiled, context);
  const targets = isInFiles(compiled, context, files) ? [] : targetsOf(compiled, env);
  if (targets.length === 0) {
    const isLeftOut = context.in !== undefined && files?.hasOthers === true;
    if (!files?.databases) log.info(nothingToDo(source, isLeftOut));
    return;
  }
  const migrations = await readMigrations(source, cwd);
  const configs = new Map(targets.map(({ config }) => [config.fileName, config]));
  const usesBuilt = context.remote && context.build === false;
  const found = [
    ...(context.remote ? missingIds(deployment, ["sql"]) : []),
    ...(usesBuilt ? await outputProblems(source, [...configs.values()], { outDir, cwd }) : []),
    ...missingMigrations(deployment),
    ...sharedNumbers(migrations, shownPath(source.migrations ?? "migrations", cwd)),
  ];
  if (found.some(({ severity }) => severity === "error")) throw new ProblemError(found);
  reportProblems(log, found);
  if (context.local) return applyHere(compiled, targets, context);
  await withLocks(
    {
      folder: lockFolder(source),
      names: [`migrations${env === undefined ? "" : `-${env}`}`],
      onWait: waitMessage(log, "migrates"),
    },
    () => applyOnCloudflare(compiled, targets, { outDir, context }),
  );
}

/**
 * Applies the program's migrations to each of its databases: with `local` to those of `dev`, with `in`
 * to files of Deno's and Bun's workers in a folder, with
 * `remote` to those on Cloudflare, by `wrangler d1 migrations apply`. Never throws.
 */
export async function migrate(options: MigrateOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger, local = false, remote = false } = options;
  const places = [local, remote, options.in !== undefined].filter(Boolean).length;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      if (places !== 1) throw new ProblemError(problems.whereToMigrate({ both: places > 1 }), 2);
      const source = await readSource(options.file, cwd);
      const outDir = outputFolder(source, options.outDir, cwd);
      const { compiled } = await compileSource(source, { outDir, cwd, log });
      if (compiled === null) return { exitCode: 1 };
      await migrateProgram(compiled, outDir, { ...options, cwd, log });
      return { exitCode: 0 };
    },
    (exitCode) => ({ exitCode }),
  );
}
