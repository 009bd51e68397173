// A `.tova` file in, its workers on their platforms out: built, checked, then handed to the platform's tool.
import { resolve } from "node:path";
import { writeProgram } from "../build";
import { openAccount } from "../cloudflare/session";
import { type BlockChoice, type Compiled, compileSource } from "../compiled";
import { consoleLogger } from "../logger";
import type { CloudflareOptions, Filled, OutputOptions } from "../options";
import { type Problem, ProblemError, problems } from "../problems";
import { type ExitCode, guarded, reportProblems } from "../report";
import { readDeclared, type SecretValues } from "../secrets-file";
import {
  deployFileOf,
  deployPathOf,
  outputFolder,
  readSource,
  type Source,
  shownPath,
} from "../source";
import { type Check, renderChecks } from "./check";
import { checkGit, readGit } from "./git";
import { unknownEnvironment } from "./local-checks";
import { lockFolder, waitMessage, withLocks } from "./lock";
import { messageOf } from "./mark";
import { type DeployStep, planDeploy, type Run } from "./plan";
import { type Preflight, runPreflight } from "./preflight";
import { type Outcome, runSteps, summary } from "./run";
import { runToolChecks } from "./tool-checks";
import { takenSecrets } from "./tool-runs";

/** What `deploy` may be told. */
export interface DeployOptions extends CloudflareOptions, OutputOptions {
  /** Only these blocks; null or `"default"` for an unnamed one. @default all, consumers first */
  readonly block?: BlockChoice;
  /** Stops short of Cloudflare, needs no token and only warns about what is missing. */
  readonly dryRun?: boolean | undefined;
  /** Uploads versions that answer at addresses of their own, and nowhere else. */
  readonly preview?: boolean | undefined;
  /** Why, kept by Cloudflare with the version. */
  readonly message?: string | undefined;
  /** Deploys over workers of the same name that this program did not deploy. @default false */
  readonly adopt?: boolean | undefined;
  /** More arguments for wrangler, as they are. */
  readonly args?: readonly string[] | undefined;
  /** False when the outputs are there already, as under Nx. @default true */
  readonly build?: boolean | undefined;
  /** `NAME=value` lines or JSON, for the workers that declare secrets; relative to `cwd`. */
  readonly secretsFile?: string | undefined;
  /** True when the databases' tables are made elsewhere. @default false */
  readonly skipMigrationsCheck?: boolean | undefined;
}

/** What came of a deployment. */
export interface DeployResult {
  readonly exitCode: ExitCode;
  /** Of every worker that was to be deployed; empty when nothing was begun. */
  readonly outcomes: readonly Outcome[];
}

type Context = Filled<DeployOptions>;

/** Arguments that would lead wrangler past the checks made here, and what to use instead. */
const ownArguments =
  /^(--(env|config|cwd|message|name|secrets-?file|script|(no-)?dry-?run|help|version)(=|$)|-[echv])/i;

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: "warning" });

/** A dry run forgives what only Cloudflare would miss. */
function forgiven(checks: readonly Check[], { dryRun }: Context): readonly Check[] {
  if (!dryRun) return checks;
  return checks.map((check) =>
    check.name === "stores" || check.name === "migrations"
      ? { ...check, problems: check.problems.map(asWarning) }
      : check,
  );
}

/** @throws ProblemError with every error; warnings are shown */
function showPreflight(found: readonly Check[], context: Context, title: string): void {
  const checks = forgiven(found, context);
  context.log.info(`${title}\n${renderChecks(checks, context.log.color)}`);
  const all = checks.flatMap(({ problems: one }) => one);
  const each = [...new Map(all.map((one) => [one.message, one])).values()];
  reportProblems(
    context.log,
    each.filter(({ severity }) => severity === "warning"),
  );
  const errors = each.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new ProblemError(errors);
}

/** @throws ProblemError when the file names what no block of the whole program declares */
async function readSecrets(compiled: Compiled, { secretsFile, cwd }: Context) {
  if (secretsFile === undefined) return null;
  const declared = compiled.result.workers.flatMap(({ outline }) => takenSecrets(outline));
  const given: SecretValues = await readDeclared(secretsFile, cwd, {
    declared,
    path: compiled.source.name,
  });
  return { ...given, path: resolve(cwd, secretsFile) };
}

function planOf(compiled: Compiled, context: Context): readonly DeployStep[] {
  const { env, dryRun, preview, args } = context;
  const { source, result } = compiled;
  const hasEnvironments = result.environments.length > 0;
  const options = { stem: source.stem, env, dryRun, preview, args, hasEnvironments };
  const steps = planDeploy(result.workers, options);
  if (steps.length === 0)
    throw new ProblemError(problems.noBlocks({ path: source.name, verb: "deploy" }));
  const tools = [...new Set(steps.map(({ worker }) => worker.target))];
  if ((args?.length ?? 0) > 0 && tools.length > 1) {
    throw new ProblemError(problems.argumentsOfMany({ tools }), 2);
  }
  return steps;
}

/** The files that a program is made from, for git. */
const filesOf = (source: Source, imported: readonly string[]): string[] => [
  source.path,
  deployPathOf(source.path),
  ...(source.migrations === null ? [] : [source.migrations]),
  ...imported,
];

function titleOf(compiled: Compiled, { env, dryRun, preview }: Context): string {
  const what = dryRun ? "Dry run" : preview ? "Preview" : "Deployment";
  const where = env === undefined ? "" : ` to ${env} of ${deployFileOf(compiled.source)}`;
  return `${what} of ${compiled.source.name}${where}`;
}

const isWranglers = ({ worker }: DeployStep): boolean => worker.target === "cloudflare";

/** The checks of Cloudflare are made of its own workers alone. */
async function checksOf(preflight: Preflight, context: Context): Promise<readonly Check[]> {
  const { compiled, steps, env, build, outDir, cwd, secrets } = preflight;
  const own = steps.filter(isWranglers);
  const others = steps.filter((step) => !isWranglers(step));
  const workers = compiled.result.workers.filter(({ target }) => target === "cloudflare");
  const onlyOwn = { ...compiled, result: { ...compiled.result, workers } };
  const tools = await runToolChecks({
    ...{ compiled, steps: others, env, build, outDir, cwd, secrets },
    preview: context.preview === true,
    dryRun: context.dryRun === true,
  });
  const cloudflare =
    own.length > 0
      ? await runPreflight({ ...preflight, compiled: onlyOwn, steps: own })
      : [checkGit(await preflight.git)];
  return [...tools, ...cloudflare];
}

async function checkAndRun(preflight: Preflight, context: Context, secrets: SecretsGiven) {
  const { compiled, steps, env, outDir, cwd } = preflight;
  const { dryRun, preview, log, timeout } = context;
  showPreflight(await checksOf(preflight, context), context, titleOf(compiled, context));
  if (preflight.build) await writeProgram(compiled, { outDir, cwd, log });
  const { commit, changed } = await preflight.git;
  const state = { commit, isDirty: changed.length > 0 };
  const marked = steps.map((step) => {
    if (!isWranglers(step)) return step;
    const message = messageOf(step.mark, state, context.message);
    return { ...step, args: [...step.args, "--message", message] };
  });
  const [verb, done] = dryRun
    ? ["Checking", "Checked"]
    : preview
      ? ["Uploading a preview of", "Uploaded"]
      : ["Deploying", "Deployed"];
  const account = (await preflight.api)?.account;
  const { folder } = compiled.source;
  const run: Run = {
    ...{ outDir, folder, env, account, timeout, secrets, verb, log },
    preview: preview === true,
    dryRun: dryRun === true,
    shown: (path) => shownPath(path, cwd),
  };
  const outcomes = await runSteps(marked, run);
  const line = summary(outcomes, done);
  if (line !== null) log.info(line);
  return outcomes;
}

type SecretsGiven = Awaited<ReturnType<typeof readSecrets>>;

async function deploySource(context: Context): Promise<DeployResult> {
  const { cwd, log, env, dryRun, args = [] } = context;
  const own = args.find((argument) => ownArguments.test(argument));
  if (own !== undefined) throw new ProblemError(problems.ownArgument({ argument: own }), 2);
  const source = await readSource(context.file, cwd);
  const outDir = outputFolder(source, context.outDir, cwd);
  const { all, compiled, files, migrations } = await compileSource(source, {
    outDir,
    block: context.block,
    cwd,
    log,
  });
  if (compiled === null || all === null) return { exitCode: 1, outcomes: [] };
  const environment = unknownEnvironment({ compiled, env });
  if (environment.length > 0) throw new ProblemError(environment);
  const secrets = await readSecrets(all, context);
  const steps = planOf(compiled, context);
  const deployAll = async () => {
    const api = dryRun || !steps.some(isWranglers) ? null : openAccount(source, context);
    // Its problem is shown where it is awaited first.
    api?.catch(() => undefined);
    const preflight: Preflight = {
      compiled,
      steps,
      env,
      outDir,
      cwd,
      build: context.build !== false,
      secrets,
      adopt: context.adopt === true,
      skipMigrationsCheck: context.skipMigrationsCheck === true,
      migrations,
      git: readGit(source.folder, filesOf(source, files)),
      api,
    };
    const outcomes = await checkAndRun(preflight, context, secrets);
    const isDone = outcomes.every(({ state }) => state === "done");
    return { exitCode: isDone ? 0 : 1, outcomes } satisfies DeployResult;
  };
  if (dryRun) return deployAll();
  return withLocks(
    {
      folder: lockFolder(source),
      names: steps.map(({ name }) => name),
      onWait: waitMessage(log, "deploys"),
    },
    deployAll,
  );
}

/**
 * Deploys a program, or some of its blocks, with the tools of their platforms. Everything that can
 * be known to be wrong is shown together, and stops it before anything is changed. Never throws.
 */
export async function deploy(options: DeployOptions): Promise<DeployResult> {
  const { cwd = process.cwd(), log = consoleLogger, args = [] } = options;
  const dryRun = options.dryRun === true || args.includes("--dry-run");
  const passed = args.filter((arg) => arg !== "--dry-run");
  const context = { ...options, cwd, log, dryRun, args: passed };
  return guarded<DeployResult>(
    log,
    () => deploySource(context),
    (exitCode) => ({ exitCode, outcomes: [] }),
  );
}
