// A planned deployment in, everything that stands in its way out: all at once, nothing changed.
import { parse } from "smol-toml";
import type { Api } from "../cloudflare/api";
import { wantedResources } from "../cloudflare/resources";
import { tovaCommand } from "../command-line";
import type { Compiled } from "../compiled";
import { sharedNumbers } from "../migrations/edits";
import type { Migration } from "../migrations/files";
import { type Problem, ProblemError } from "../problems";
import type { SecretValues } from "../secrets-file";
import { deployFileOf, shownPath } from "../source";
import type { Check } from "./check";
import { checkGit, type GitState } from "./git";
import { earlierBuild, missingIds, missingMigrations } from "./local-checks";
import { checkMigrations } from "./migration-checks";
import type { DeployStep } from "./plan";
import { checkNames, checkQueues, checkSecrets, checkStores, type Remote } from "./remote-checks";
import { checkRuntime, localRuntimeDate } from "./runtime-date";
import { checkSizes, readSized } from "./size";

/** What is to be deployed, and how. */
export interface Preflight {
  readonly compiled: Compiled;
  readonly steps: readonly DeployStep[];
  readonly env: string | undefined;
  readonly outDir: string;
  readonly cwd: string;
  /** False when the files in `outDir` are deployed as they are. */
  readonly build: boolean;
  readonly secrets: SecretValues | null;
  readonly adopt: boolean;
  readonly skipMigrationsCheck: boolean;
  /** Reads them once. @throws ProblemError when one cannot be read */
  migrations(): Promise<readonly Migration[]>;
  readonly git: Promise<GitState>;
  /** Null in a dry run, which asks nothing. */
  readonly api: Promise<Api> | null;
}

/** Adds what was found on this machine to what a question found. */
async function joined(local: readonly Problem[], check: Check | Promise<Check>): Promise<Check> {
  const { name, fact, problems: found } = await check;
  return { name, fact, problems: [...local, ...found] };
}

function storesOffline(missing: readonly Problem[]): Check {
  const fact = missing.length === 0 ? "ids given" : `${missing.length} without an id`;
  return { name: "stores", fact, problems: [] };
}

function remoteOf(preflight: Preflight, api: Api): Remote {
  const { compiled, steps, env } = preflight;
  const provision = tovaCommand("provision", compiled.source.name, { env });
  const wanted = wantedResources(compiled, env);
  return { api, steps, env, wanted, deployFile: deployFileOf(compiled.source), provision };
}

async function migrationsCheck(preflight: Preflight, api: Api | null): Promise<Check> {
  const { compiled, env, cwd } = preflight;
  const { source } = compiled;
  const migrations = await preflight.migrations();
  const local = [
    ...missingMigrations({ compiled, env }),
    ...sharedNumbers(migrations, shownPath(source.migrations ?? "migrations", cwd)),
  ];
  const command = tovaCommand("migrate", source.name, { remote: true, env });
  const databases = wantedResources(compiled, env).filter(
    ({ kind, id }) => kind === "sql" && id !== null && api !== null,
  );
  if (api !== null) {
    return joined(local, checkMigrations(api, databases, { migrations, command }));
  }
  return { name: "migrations", fact: `${migrations.length} here`, problems: local };
}

async function remoteChecks(preflight: Preflight, local: readonly Problem[], asked: Promise<Api>) {
  const { compiled, env, secrets, adopt, skipMigrationsCheck } = preflight;
  const remote = remoteOf(preflight, await asked);
  const command = tovaCommand("secrets", compiled.source.name, { env });
  return Promise.all([
    checkNames(remote, adopt),
    joined(local, checkStores(remote)),
    checkQueues(remote),
    checkSecrets(remote, secrets, command),
    ...(skipMigrationsCheck ? [] : [migrationsCheck(preflight, remote.api)]),
  ]);
}

function datesOf({ steps }: Preflight) {
  return steps.map(({ name, worker }) => {
    const { compatibility_date: date } = parse(worker.config?.text ?? "");
    return { worker: name, date: String(date) };
  });
}

async function filesChecks(preflight: Preflight): Promise<readonly Check[]> {
  const { problems: found, isUnbuilt } = await earlierBuild(preflight);
  if (isUnbuilt) {
    return [{ name: "size", fact: "not built", problems: found }];
  }
  const sizes = await checkSizes(await readSized(preflight.steps, preflight));
  return found.length === 0
    ? sizes
    : [{ name: "build", fact: "of another state of the program", problems: found }, ...sizes];
}

async function offlineChecks(preflight: Preflight, ids: readonly Problem[]) {
  return [
    await joined(ids, storesOffline(ids)),
    ...(preflight.skipMigrationsCheck ? [] : [await migrationsCheck(preflight, null)]),
  ];
}

/** What is wrong with the account; null when it can be asked, or is not to be. */
async function accountCheck({ api }: Preflight): Promise<Check | null> {
  try {
    await api;
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { name: "account", fact: "cannot be asked", problems: error.problems };
  }
}

/** Asks Cloudflare; without an account to ask, what this machine knows is said all the same. */
async function resourceChecks(preflight: Preflight): Promise<readonly Check[]> {
  const { compiled, env, api } = preflight;
  const ids = missingIds({ compiled, env });
  const account = await accountCheck(preflight);
  if (account !== null) return [account, ...(await offlineChecks(preflight, ids))];
  return api === null ? offlineChecks(preflight, ids) : remoteChecks(preflight, ids, api);
}

/** Makes all checks at the same time. */
export async function runPreflight(preflight: Preflight): Promise<readonly Check[]> {
  const { compiled } = preflight;
  const today = new Date().toISOString().slice(0, 10);
  const local = localRuntimeDate(compiled.source.folder);
  const [remote, sizes, git] = await Promise.all([
    resourceChecks(preflight),
    filesChecks(preflight),
    preflight.git.then(checkGit),
  ]);
  return [...remote, ...sizes, checkRuntime(datesOf(preflight), { today, local }), git];
}
