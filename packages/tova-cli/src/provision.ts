// A `.tova` file in; its stores and queues on Cloudflare and their ids in the deploy file out.
import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import { dirname } from "node:path";
import { writeArtefacts } from "./artefacts";
import { findExisting, type Present } from "./cloudflare/existing";
import { cloudflareWorkers } from "./cloudflare/only";
import {
  createArgs,
  described,
  type ResourceKind,
  resourceNouns,
  tablePath,
  type Wanted,
  wantedResources,
} from "./cloudflare/resources";
import { type Session, withCloudflare } from "./cloudflare/session";
import { type Compiled, compileSource } from "./compiled";
import { unknownEnvironment } from "./deploy/local-checks";
import { lockFolder, waitMessage, withLocks } from "./deploy/lock";
import { addId, tableName } from "./deploy-file-edit";
import { consoleLogger, type Logger } from "./logger";
import type { CloudflareOptions, Filled } from "./options";
import { ProblemError, problems } from "./problems";
import { type ExitCode, guarded } from "./report";
import {
  deployPathOf,
  outputFolder,
  readOptionalText,
  readSource,
  type Source,
  shownPath,
} from "./source";

/** What `provision` may be told. */
export interface ProvisionOptions extends CloudflareOptions {
  /** Looks up what is missing and shows the plan, but changes nothing. */
  readonly dryRun?: boolean | undefined;
}

type Context = Filled<ProvisionOptions>;

/** One resource and what there is to do about it. */
interface Step {
  readonly wanted: Wanted;
  /** As it is on Cloudflare; null when it has to be made. */
  readonly present: Present | null;
}

/** The deploy file of a program, which need not be there yet. */
interface DeployPlace {
  readonly path: string;
  readonly shown: string;
  readonly env: string | undefined;
}

const lists: Record<ResourceKind, string> = {
  kv: "npx wrangler kv namespace list",
  sql: "npx wrangler d1 list",
  storage: "npx wrangler r2 bucket list",
  queue: "npx wrangler queues list",
};

/** A link is followed: renaming a new file onto it would replace the link. */
async function deployPlace(source: Source, { cwd, env }: Context): Promise<DeployPlace> {
  const beside = deployPathOf(source.path);
  const path = await realpath(beside).catch(() => beside);
  return { path, shown: shownPath(beside, cwd), env };
}

/** What the compiler says of the file holds for what it then read, so it is read again. */
async function textWithIds(place: DeployPlace, ids: readonly (readonly [Wanted, string])[]) {
  let text = (await readOptionalText(place.path, place.shown)) ?? "";
  for (const [wanted, id] of ids) {
    const target = tablePath(wanted, place.env);
    const edited = addId(text, target, id);
    if (edited === null) {
      throw new ProblemError(
        problems.noPlaceForId({ file: place.shown, table: tableName(target) }),
      );
    }
    text = edited;
  }
  return text;
}

async function writeId(place: DeployPlace, wanted: Wanted, id: string): Promise<void> {
  const text = await textWithIds(place, [[wanted, id]]);
  await writeArtefacts(dirname(place.path), [{ path: place.path, text }], () => place.shown);
}

/** Makes sure that ids can be kept before there are any: an id that is lost is hard to find. */
async function checkPlace(place: DeployPlace, steps: readonly Step[]): Promise<void> {
  const missing = steps.filter(({ wanted }) => wanted.needsId && wanted.id === null);
  await textWithIds(
    place,
    missing.map(({ wanted }) => [wanted, "0"]),
  );
  if (missing.length === 0) return;
  await access(dirname(place.path), constants.W_OK).catch(() => {
    const reason = "its folder is read-only";
    throw new ProblemError(problems.unwritable({ path: place.shown, reason }));
  });
}

/** @throws ProblemError with every id of the deploy file that the account does not know */
async function planSteps(
  { api }: Session,
  wanted: readonly Wanted[],
  place: DeployPlace,
): Promise<readonly Step[]> {
  const existing = await findExisting(api, wanted);
  const steps = wanted.map((one, at) => ({ wanted: one, present: existing[at] ?? null }));
  const unknown = steps.flatMap(({ wanted: { kind, id }, present }) => {
    if (id === null || present !== null) return [];
    const what = resourceNouns[kind];
    return [problems.unknownId({ what, id, file: place.shown, command: lists[kind] })];
  });
  if (unknown.length > 0) throw new ProblemError(unknown);
  return steps;
}

function planLine({ wanted, present }: Step, place: DeployPlace): string {
  const table = `[${tableName(tablePath(wanted, place.env))}]`;
  const write = wanted.needsId ? `, write its id under ${table} in ${place.shown}` : "";
  if (present === null) return `${described(wanted)}: create ${wanted.name}${write}`;
  if (wanted.needsId && wanted.id === null) return `${described(wanted)}: exists${write}`;
  return `${described(wanted)}: exists`;
}

const idPatterns = {
  kv: /\bid"?\s*[:=]\s*"([0-9a-f]{32})"/,
  sql: /\bdatabase_id"?\s*[:=]\s*"([0-9a-f-]{36})"/,
};

/** wrangler prints the id as a line for its configuration; else the list has it. */
async function idOfNew({ api }: Session, wanted: Wanted, printed: string) {
  if (wanted.kind !== "kv" && wanted.kind !== "sql") return null;
  const shown = idPatterns[wanted.kind].exec(printed)?.[1];
  if (shown !== undefined) return shown;
  const [listed] = await findExisting(api, [wanted]);
  return listed?.id ?? null;
}

/** Cloudflare's answers to making what is there: code 10004 for a bucket, 11009 for a queue. */
const alreadyThere = /\[code: (10004|11009)\]/;

/** @returns what happened, for the user; throws what went wrong as an Error with wrangler's words */
async function runStep(session: Session, { wanted, present }: Step, place: DeployPlace) {
  let id = present?.id ?? null;
  let said = "exists";
  if (present === null) {
    const answer = await session.call(createArgs(wanted));
    if (!answer.ok && !(alreadyThere.test(answer.reason) && !wanted.needsId)) {
      throw new Error(answer.reason);
    }
    if (answer.ok) {
      said = `created as ${wanted.name}`;
      id = await idOfNew(session, wanted, answer.stdout);
    }
  }
  if (!wanted.needsId || wanted.id !== null) return said;
  if (id === null) throw new Error("it was created, but wrangler told no id");
  await writeId(place, wanted, id);
  return `${said}, id written to ${place.shown}`;
}

async function runSteps(
  session: Session,
  steps: readonly Step[],
  place: DeployPlace,
  log: Logger,
): Promise<void> {
  const done: string[] = [];
  for (const [at, step] of steps.entries()) {
    const what = described(step.wanted);
    try {
      log.info(`${what}: ${await runStep(session, step, place)}`);
      done.push(what);
    } catch (error) {
      const rest = steps.slice(at).map(({ wanted }) => described(wanted));
      const reason =
        error instanceof ProblemError
          ? error.problems.map(({ message }) => message.replace(/\.$/, "")).join("; ")
          : (error as Error).message;
      throw new ProblemError(problems.stepFailed({ step: `provide ${what}`, reason, done, rest }));
    }
  }
}

/** Two databases that would be found by one name would silently become one. */
function checkNames(wanted: readonly Wanted[], place: DeployPlace): void {
  const shared = wanted.flatMap((one) => {
    const others = wanted.filter(({ kind, name }) => kind === one.kind && name === one.name);
    if (one.id !== null || others.length === 1) return [];
    const tables = others.map((other) => `[${tableName(tablePath(other, place.env))}]`);
    const names = others.map(({ binding }) => binding);
    return [
      problems.sharedName({ names, name: one.name, table: tables.at(-1) ?? "", file: place.shown }),
    ];
  });
  const [first] = shared;
  if (first !== undefined) throw new ProblemError(first);
}

async function provisionProgram(compiled: Compiled, context: Context): Promise<ExitCode> {
  const { log, env } = context;
  const environment = unknownEnvironment({ compiled, env });
  if (environment.length > 0) throw new ProblemError(environment);
  cloudflareWorkers(compiled, "provision", undefined);
  const wanted = wantedResources(compiled, env);
  if (wanted.length === 0) {
    log.info(`${compiled.source.name} uses no stores and no queues; there is nothing to create.`);
    return 0;
  }
  const place = await deployPlace(compiled.source, context);
  checkNames(wanted, place);
  return withCloudflare<ExitCode>(compiled.source, context, async (session) => {
    const steps = await planSteps(session, wanted, place);
    await checkPlace(place, steps);
    if (context.dryRun) for (const step of steps) log.info(planLine(step, place));
    else await runSteps(session, steps, place, log);
    return 0;
  });
}

/** Reads everything itself: whoever was waited for has written new ids. */
async function provisionFile(context: Context): Promise<ExitCode> {
  const { file, cwd, log } = context;
  const source = await readSource(file, cwd);
  const outDir = outputFolder(source, undefined, cwd);
  const { compiled } = await compileSource(source, { outDir, cwd, log });
  return compiled === null ? 1 : provisionProgram(compiled, context);
}

/**
 * Creates what the workers of a program need on Cloudflare and is not there, and writes new ids
 * into its deploy file, whose comments and formatting stay. What exists under the right name is
 * taken. When a step fails, the ids made before it are written; a second run goes on from there.
 * Never throws.
 */
export async function provision(
  options: ProvisionOptions,
): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger } = options;
  const context = { ...options, cwd, log };
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      const source = await readSource(options.file, cwd);
      if (options.dryRun) return { exitCode: await provisionFile(context) };
      const { stem } = source;
      const request = { names: [stem], onWait: waitMessage(log, "provisions") };
      const exitCode = await withLocks({ folder: lockFolder(source), ...request }, () =>
        provisionFile(context),
      );
      return { exitCode };
    },
    (exitCode) => ({ exitCode }),
  );
}
