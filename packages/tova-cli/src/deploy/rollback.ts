// A `.tova` file in, its workers answering with an earlier version out.
import type { Worker } from "tova-codegen";
import type { Api } from "../cloudflare/api";
import { type Deployment, deploymentsOf, type Version, versionsOf } from "../cloudflare/look-ups";
import { cloudflareWorkers } from "../cloudflare/only";
import { type Session, withCloudflare } from "../cloudflare/session";
import { together } from "../cloudflare/together";
import { tovaCommand } from "../command-line";
import { type BlockChoice, type Compiled, compileSource, outlineIn } from "../compiled";
import { consoleLogger } from "../logger";
import type { CloudflareOptions, Filled } from "../options";
import { type Problem, ProblemError, problems } from "../problems";
import { type ExitCode, guarded, reportProblems } from "../report";
import { outputFolder, readSource, type Source } from "../source";
import { unknownEnvironment } from "./local-checks";
import { lockFolder, waitMessage, withLocks } from "./lock";
import { markOf, strangers } from "./mark";
import { planDeploy } from "./plan";

/** What `rollback` may be told. */
export interface RollbackOptions extends CloudflareOptions {
  /** Only these blocks; null or `"default"` for an unnamed one. @default all, producers first */
  readonly block?: BlockChoice;
  /** Id of a version, or its beginning; for one worker. @default the one that answered before */
  readonly to?: string | undefined;
  /** Shows what would answer, and changes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Why, kept by Cloudflare with the deployment. */
  readonly message?: string | undefined;
}

type Context = Filled<RollbackOptions>;

/** One worker and the version that is to answer. */
interface Step {
  readonly worker: string;
  readonly mark: string;
  readonly from: string;
  readonly to: Version;
}

/** The version of a deployment that all requests go to; null where they are split. */
const soleVersion = ({ versions }: Deployment): string | null =>
  versions.find(({ percentage }) => percentage === 100)?.id ?? null;

/** What answered before the version that answers now, a wholly deployed one. */
function previous(deployments: readonly Deployment[], current: string | null): string | null {
  const earlier = deployments.slice(1).map(soleVersion);
  return earlier.find((id) => id !== null && id !== current) ?? null;
}

function chooseVersion(
  worker: string,
  {
    versions,
    deployments,
  }: { readonly versions: readonly Version[]; readonly deployments: readonly Deployment[] },
  to: string | undefined,
): Version | Problem {
  const current = deployments[0] === undefined ? null : soleVersion(deployments[0]);
  if (to === undefined) {
    const id = previous(deployments, current);
    const found = versions.find((version) => version.id === id);
    return found ?? problems.nothingBefore({ worker });
  }
  const found = versions.filter(({ id }) => id.startsWith(to));
  const [only] = found;
  if (found.length !== 1 || only === undefined) {
    return problems.noVersion({ worker, to, known: versions.slice(0, 5).map(({ id }) => id) });
  }
  return only.id === current ? problems.answersAlready({ worker, id: only.id }) : only;
}

async function planStep(
  api: Api,
  { worker, mark }: { readonly worker: string; readonly mark: string },
  to: string | undefined,
): Promise<Step> {
  const [versions, deployments] = await Promise.all([
    versionsOf(api, worker),
    deploymentsOf(api, worker),
  ]);
  if (versions === null || deployments === null) {
    throw new ProblemError(problems.neverDeployed({ worker }));
  }
  const others = strangers(worker, mark, versions);
  if (others.length > 0) throw new ProblemError(others);
  const chosen = chooseVersion(worker, { versions, deployments }, to);
  if ("code" in chosen) throw new ProblemError(chosen);
  const now = deployments[0] === undefined ? null : soleVersion(deployments[0]);
  return { worker, mark, from: now ?? "several versions", to: chosen };
}

const line = ({ worker, from, to }: Step): string =>
  `${worker}: ${from} → ${to.id}, uploaded ${to.createdOn}${to.message === null ? "" : ` (${to.message})`}`;

/**
 * Secrets that Cloudflare says have changed since the version; wrangler 4.86 goes on where it cannot
 * ask, and lists them in what it prints.
 */
function changedSecrets(printed: string): readonly string[] {
  const [, list = ""] = printed.split(/secrets have changed since version .*\n/);
  const [names = ""] = /^(?: +\* .+\n?)*/.exec(list) ?? [];
  return names.split("\n").flatMap((one) => one.replace(/^ +\* /, "").trim() || []);
}

async function runSteps(
  { call }: Session,
  steps: readonly Step[],
  { file, env, log, message }: Context,
) {
  const names = steps.map(({ worker }) => worker);
  for (const [at, { worker, mark, to }] of steps.entries()) {
    const words = `${mark}: ${message ?? "rolled back"}`;
    const answer = await call(["rollback", to.id, "--name", worker, "--message", words, "--yes"]);
    if (!answer.ok) {
      const [done, rest] = [names.slice(0, at), names.slice(at)];
      const step = `roll back ${worker}`;
      throw new ProblemError(problems.stepFailed({ step, reason: answer.reason, done, rest }));
    }
    log.info(`${worker}: rolled back`);
    const changed = changedSecrets(answer.stdout);
    if (changed.length === 0) continue;
    const command = tovaCommand("secrets", file, { env });
    reportProblems(log, [problems.secretsOfThen({ worker, names: changed, command })]);
  }
}

/** Producers first: who sends goes back before who reads. */
function workersOf(compiled: Compiled, source: Source, { env, block }: Context): readonly Worker[] {
  const workers = cloudflareWorkers(compiled, "rollback", block);
  return planDeploy(workers, { stem: source.stem, env, hasEnvironments: false })
    .map(({ worker }) => worker)
    .toReversed();
}

async function rollbackProgram(compiled: Compiled, context: Context): Promise<void> {
  const { env, log, to, dryRun } = context;
  const { source } = compiled;
  const environment = unknownEnvironment({ compiled, env });
  if (environment.length > 0) throw new ProblemError(environment);
  const wanted = workersOf(compiled, source, context).map((worker) => ({
    worker: outlineIn(worker, env).workerName,
    mark: markOf(source.stem, worker.name),
  }));
  if (wanted.length === 0) {
    throw new ProblemError(problems.noBlocks({ path: source.name, verb: "roll back" }));
  }
  if (to !== undefined && wanted.length > 1) {
    throw new ProblemError(
      problems.versionOfMany({ workers: wanted.map(({ worker }) => worker) }),
      2,
    );
  }
  const run = () =>
    withCloudflare(source, context, async (session) => {
      const { answers, problems: found } = await together(
        wanted.map((one) => planStep(session.api, one, to)),
      );
      if (found.length > 0) throw new ProblemError(found);
      for (const step of answers) log.info(line(step));
      if (!dryRun) await runSteps(session, answers, context);
    });
  if (dryRun) return run();
  const names = wanted.map(({ worker }) => worker);
  const onWait = waitMessage(log, "deploys");
  return withLocks({ folder: lockFolder(source), names, onWait }, run);
}

/**
 * Lets the version answer that did before, with `wrangler rollback`. Stores and queues stay as they are;
 * secrets that changed since are named, as a version has the values of its time. All workers are looked at
 * before the first is changed. Never throws.
 */
export async function rollback(options: RollbackOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger, block } = options;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      const source = await readSource(options.file, cwd);
      const outDir = outputFolder(source, undefined, cwd);
      const { compiled } = await compileSource(source, { outDir, block, cwd, log });
      if (compiled === null) return { exitCode: 1 };
      await rollbackProgram(compiled, { ...options, cwd, log });
      return { exitCode: 0 };
    },
    (exitCode) => ({ exitCode }),
  );
}
