// A `.tova` file in, its workers on Cloudflare out: built, checked, then handed to wrangler.
import { join, resolve } from "node:path";
import { writeProgram } from "./build";
import { runWrangler } from "./cloudflare/wrangler";
import { type Compiled, compileSource, outlineIn } from "./compiled";
import {
  type Deployment,
  missingIds,
  missingMigrations,
  missingOutputs,
  unknownEnvironment,
} from "./deploy-checks";
import { type DeployStep, planDeploy } from "./deploy-plan";
import { consoleLogger } from "./logger";
import type { CloudflareOptions, Filled, OutputOptions } from "./options";
import { type Problem, ProblemError, problems } from "./problems";
import { type ExitCode, guarded, reportProblems } from "./report";
import { outputFolder, readSource, readText, shownPath } from "./source";

/** What `deploy` may be told. */
export interface DeployOptions extends CloudflareOptions, OutputOptions {
  /** Only this block; null or `"default"` for an unnamed one. @default all, consumers first */
  readonly block?: string | null | undefined;
  /** Stops short of Cloudflare, needs no token and only warns about what is missing. */
  readonly dryRun?: boolean | undefined;
  /** More arguments for wrangler, as they are. */
  readonly args?: readonly string[] | undefined;
  /** False when the outputs are there already, as under Nx. @default true */
  readonly build?: boolean | undefined;
  /** `NAME=value` lines or JSON, for the workers that declare secrets; relative to `cwd`. */
  readonly secretsFile?: string | undefined;
  /** True when the databases' tables are made elsewhere. @default false */
  readonly skipMigrationsCheck?: boolean | undefined;
}

type Context = Filled<DeployOptions>;

/** Arguments that would lead wrangler past the checks made here. */
const ownArguments = /^(--env|-e|--config|-c)(=|$)/;

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: "warning" });

/** Shows what is wrong; a dry run forgives what only Cloudflare would miss. */
async function checkDeployment(deployment: Deployment, context: Context): Promise<void> {
  const environment = unknownEnvironment(deployment);
  if (environment.length > 0) throw new ProblemError(environment);
  const missing = [
    ...missingIds(deployment),
    ...(context.skipMigrationsCheck ? [] : missingMigrations(deployment)),
  ];
  if (context.dryRun) reportProblems(context.log, missing.map(asWarning));
  else if (missing.length > 0) throw new ProblemError(missing);
}

async function writeOutputs(compiled: Compiled, outDir: string, context: Context): Promise<void> {
  if (context.build !== false) {
    await writeProgram(compiled, { outDir, cwd: context.cwd, log: context.log });
    return;
  }
  const missing = await missingOutputs({ compiled, env: context.env }, outDir);
  if (missing.length > 0) throw new ProblemError(missing);
}

/** wrangler stops the first deploy of a worker whose `[secrets] required` are not there yet. */
function secretsHint({ worker, name }: DeployStep, context: Context): Problem[] {
  const { secrets } = outlineIn(worker, context.env);
  if (secrets.length === 0 || context.secretsFile !== undefined) return [];
  const command = `npx wrangler secret put ${secrets[0]} --name ${name}`;
  return [problems.secretsHint({ worker: name, names: secrets, command })];
}

async function runSteps(
  steps: readonly DeployStep[],
  places: { readonly outDir: string; readonly folder: string },
  context: Context,
): Promise<ExitCode> {
  for (const [at, step] of steps.entries()) {
    context.log.info(`${context.dryRun ? "Checking" : "Deploying"} ${step.name}`);
    const { exitCode } = await runWrangler({
      args: step.args,
      cwd: places.outDir,
      folder: places.folder,
    });
    if (exitCode === 0) continue;
    const rest = steps.slice(at + 1).map(({ name }) => name);
    reportProblems(context.log, [
      problems.wranglerFailed({ worker: step.name, exitCode, rest }),
      ...secretsHint(step, context),
    ]);
    return 1;
  }
  return 0;
}

/** A deploy leaves the database as it is, which is easily forgotten the first time. */
function showMigrationCommands(deployment: Deployment, outDir: string, context: Context): void {
  const { compiled, env } = deployment;
  if (compiled.source.migrations === null) return;
  const commands = new Map<string, string>();
  for (const worker of compiled.result.workers) {
    const config = shownPath(join(outDir, worker.config?.fileName ?? ""), context.cwd);
    const flags = `--remote --config ${config}${env === undefined ? "" : ` --env ${env}`}`;
    for (const { binding } of outlineIn(worker, env).sql) {
      if (!commands.has(binding)) {
        commands.set(binding, `npx wrangler d1 migrations apply ${binding} ${flags}`);
      }
    }
  }
  for (const [binding, command] of commands) {
    context.log.info(`New migrations of ${binding} are applied by: ${command}`);
  }
}

async function deploySource(context: Context): Promise<ExitCode> {
  const { cwd, log, env, secretsFile, args = [] } = context;
  const own = args.find((argument) => ownArguments.test(argument));
  if (own !== undefined) throw new ProblemError(problems.ownArgument({ argument: own }), 2);
  const source = await readSource(context.file, cwd);
  const outDir = outputFolder(source, context.outDir, cwd);
  if (secretsFile !== undefined) await readText(resolve(cwd, secretsFile), secretsFile);
  const request = { outDir, block: context.block, cwd, log };
  const { compiled } = await compileSource(source, request);
  if (compiled === null) return 1;
  const { workers, environments } = compiled.result;
  const steps = planDeploy(workers, {
    env,
    dryRun: context.dryRun,
    args,
    secretsFile: secretsFile === undefined ? undefined : resolve(cwd, secretsFile),
    hasEnvironments: environments.length > 0,
  });
  const others = workers.filter(({ config }) => config === null);
  if (steps.length === 0) throw new ProblemError(problems.noBlocks({ path: source.name }));
  reportProblems(
    log,
    others.map(({ outline, target }) => {
      return problems.notDeployable({ worker: outline.projectName, target });
    }),
  );
  await checkDeployment({ compiled, env }, context);
  await writeOutputs(compiled, outDir, context);
  const exitCode = await runSteps(steps, { outDir, folder: source.folder }, context);
  if (exitCode === 0 && !context.dryRun) showMigrationCommands({ compiled, env }, outDir, context);
  return exitCode;
}

/**
 * Deploys a program, or one block of it, with the wrangler of its workspace. Placeholder ids,
 * missing migrations and unknown environments stop it before wrangler starts. Never throws.
 */
export async function deploy(options: DeployOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger, args = [] } = options;
  const dryRun = options.dryRun === true || args.includes("--dry-run");
  const passed = args.filter((arg) => arg !== "--dry-run");
  const context = { ...options, cwd, log, dryRun, args: passed };
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => ({ exitCode: await deploySource(context) }),
    (exitCode) => ({ exitCode }),
  );
}
