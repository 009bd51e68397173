// A `.tova` file in, its databases with all migrations applied out: those here or on Cloudflare.
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeProgram } from "./build";
import { runWrangler } from "./cloudflare/wrangler";
import { type Compiled, compileSource, outlineIn } from "./compiled";
import { missingIds, missingMigrations, missingOutputs, unknownEnvironment } from "./deploy-checks";
import { applyMigrations, type Database, readMigrations } from "./dev/migrations";
import { consoleLogger } from "./logger";
import type { Filled, OutputOptions } from "./options";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded } from "./report";
import { outputFolder, readSource, type Source } from "./source";

/** What `migrate` may be told. */
export interface MigrateOptions extends OutputOptions {
  /** An `[env.<name>]` of the deploy file; the databases of `dev` are the same in all. */
  readonly env?: string | undefined;
  /** The databases that `dev` uses. Exactly one of `local` and `remote` must be true. */
  readonly local?: boolean | undefined;
  /** The databases on Cloudflare. */
  readonly remote?: boolean | undefined;
  /** False when the outputs are there already, as under Nx. @default true */
  readonly build?: boolean | undefined;
}

type Context = Filled<MigrateOptions>;

/** A database and the configuration of the first worker that is bound to it. */
interface Target {
  readonly binding: string;
  readonly config: string;
}

function targetsOf({ result }: Compiled, env: string | undefined): readonly Target[] {
  const targets = new Map<string, Target>();
  for (const worker of result.workers) {
    if (worker.config === null) continue;
    for (const { binding } of outlineIn(worker, env).sql) {
      if (!targets.has(binding)) {
        targets.set(binding, { binding, config: worker.config.fileName });
      }
    }
  }
  return [...targets.values()];
}

/** wrangler orders migrations by their number alone, so that equal ones come in any order. */
async function checkNumbers(source: Source, cwd: string): Promise<void> {
  const byNumber = new Map<number, string[]>();
  for (const { name } of await readMigrations(source, cwd)) {
    const number = Number.parseInt(name, 10);
    if (!Number.isNaN(number)) byNumber.set(number, [...(byNumber.get(number) ?? []), name]);
  }
  const folder = basename(source.migrations ?? "migrations");
  const shared = [...byNumber].filter(([, names]) => names.length > 1);
  if (shared.length === 0) return;
  throw new ProblemError(
    shared.map(([number, names]) => problems.sameNumber({ folder, number, names })),
  );
}

async function applyHere(
  { source }: Compiled,
  targets: readonly Target[],
  { cwd, log }: Context,
): Promise<void> {
  const migrations = await readMigrations(source, cwd);
  // Where `dev` keeps its stores, whatever --out-dir says, each by its name in the program.
  const state = join(outputFolder(source, undefined, cwd), "state", source.stem);
  await mkdir(state, { recursive: true });
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

async function writeConfigs(compiled: Compiled, outDir: string, context: Context): Promise<void> {
  if (context.build !== false) {
    await writeProgram(compiled, { outDir, cwd: context.cwd, log: context.log });
    return;
  }
  const missing = await missingOutputs({ compiled, env: context.env }, outDir);
  if (missing.length > 0) throw new ProblemError(missing);
}

async function applyOnCloudflare(
  compiled: Compiled,
  targets: readonly Target[],
  { outDir, env }: { readonly outDir: string; readonly env: string | undefined },
): Promise<void> {
  // wrangler warns of a configuration with environments when none is named.
  const named = env ?? (compiled.result.environments.length > 0 ? "" : undefined);
  for (const [at, { binding, config }] of targets.entries()) {
    const { exitCode } = await runWrangler({
      args: [
        ...["d1", "migrations", "apply", binding, "--remote", "--config", config],
        ...(named === undefined ? [] : [`--env=${named}`]),
      ],
      cwd: outDir,
      folder: compiled.source.folder,
    });
    if (exitCode === 0) continue;
    const names = targets.map((target) => target.binding);
    const [done, rest] = [names.slice(0, at), names.slice(at + 1)];
    throw new ProblemError(problems.migrationsFailed({ binding, exitCode, done, rest }));
  }
}

async function migrateProgram(compiled: Compiled, outDir: string, context: Context) {
  const { env, log } = context;
  const deployment = { compiled, env };
  const environment = unknownEnvironment(deployment);
  if (environment.length > 0) throw new ProblemError(environment);
  const targets = targetsOf(compiled, env);
  if (targets.length === 0) {
    log.info(`${compiled.source.name} uses no database; there is nothing to migrate.`);
    return;
  }
  const ids = context.remote ? missingIds(deployment, ["sql"]) : [];
  const missing = [...ids, ...missingMigrations(deployment)];
  if (missing.length > 0) throw new ProblemError(missing);
  await checkNumbers(compiled.source, context.cwd);
  if (context.local) return applyHere(compiled, targets, context);
  await writeConfigs(compiled, outDir, context);
  await applyOnCloudflare(compiled, targets, { outDir, env });
}

/**
 * Applies the program's migrations to each of its databases: with `local` to those of `dev`, with
 * `remote` to those on Cloudflare, by `wrangler d1 migrations apply`. Never throws.
 */
export async function migrate(options: MigrateOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger, local = false, remote = false } = options;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      if (local === remote) throw new ProblemError(problems.whereToMigrate({ both: local }), 2);
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
