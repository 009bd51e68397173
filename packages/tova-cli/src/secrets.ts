// A `.tova` file and values in, the secrets of its deployed workers set on Cloudflare out.
import type { Worker } from "tova-codegen";
import { secretNames, versionsOf } from "./cloudflare/look-ups";
import { cloudflareWorkers } from "./cloudflare/only";
import { type Session, withCloudflare } from "./cloudflare/session";
import { together } from "./cloudflare/together";
import { shellWord, tovaCommand } from "./command-line";
import { type BlockChoice, type Compiled, compileSource, outlineIn } from "./compiled";
import { unknownEnvironment } from "./deploy/local-checks";
import { markOf, strangers } from "./deploy/mark";
import { consoleLogger, type Logger } from "./logger";
import type { CloudflareOptions, Filled } from "./options";
import { type Problem, ProblemError, problems } from "./problems";
import { type ExitCode, guarded } from "./report";
import { readDeclared, type SecretValues, secretsOfEnvironment } from "./secrets-file";
import { outputFolder, readSource } from "./source";

/** What `secrets` may be told. */
export interface SecretsOptions extends CloudflareOptions {
  /** Only these blocks; null or `"default"` for an unnamed one. @default all that declare secrets */
  readonly block?: BlockChoice;
  /** `NAME=value` lines or JSON, relative to `cwd`. @default variables of the environment */
  readonly from?: string | undefined;
}

type Context = Filled<SecretsOptions>;

/** What one worker is to be given. */
interface Upload {
  readonly worker: string;
  readonly values: Readonly<Record<string, string>>;
}

/** An empty value is none: a worker answers 500 with it as without. */
function uploadOf(worker: Worker, given: SecretValues, env: string | undefined): Upload {
  const { workerName, secrets } = outlineIn(worker, env);
  const values = secrets.flatMap((name) => {
    const value = given.values.get(name) ?? "";
    return value === "" ? [] : [[name, value] as const];
  });
  return { worker: workerName, values: Object.fromEntries(values) };
}

function deployCommand({ source }: Compiled, worker: Worker, { env, from }: Context): string {
  const block = worker.name ?? undefined;
  const file = from === undefined ? "<file>" : shellWord(from);
  return `${tovaCommand("deploy", source.name, { block, env })} --secrets-file ${file}`;
}

/** @returns what is wrong with one worker; it then must not be sent anything, and no other either */
async function checkUpload(
  { api }: Session,
  { worker, upload }: { readonly worker: Worker; readonly upload: Upload },
  settings: {
    readonly compiled: Compiled;
    readonly given: SecretValues;
    readonly context: Context;
  },
): Promise<readonly Problem[]> {
  const { compiled, given, context } = settings;
  const name = upload.worker;
  const [present, versions] = await Promise.all([secretNames(api, name), versionsOf(api, name)]);
  if (present === null) {
    const command = deployCommand(compiled, worker, context);
    return [problems.notDeployed({ worker: name, command })];
  }
  // A stranger's worker gets no secrets.
  const others = strangers(name, markOf(compiled.source.stem, worker.name), versions);
  if (others.length > 0) return others;
  const names = outlineIn(worker, context.env).secrets.filter(
    (secret) => upload.values[secret] === undefined && !present.has(secret),
  );
  if (names.length === 0) return [];
  return [problems.secretsWithoutValue({ worker: name, names, from: given.from })];
}

/** Whatever a failure quotes, it quotes no value. */
function withoutValues(text: string, values: Readonly<Record<string, string>>): string {
  const longestFirst = Object.values(values).sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, value) => rest.replaceAll(value, "•••"), text);
}

/** The values go through a pipe, so that there is no file of them to be left behind. */
async function send({ call }: Session, uploads: readonly Upload[], log: Logger) {
  for (const [at, { worker, values }] of uploads.entries()) {
    const names = Object.keys(values);
    const answer = await call(["secret", "bulk", "--name", worker], JSON.stringify(values));
    if (!answer.ok) {
      const reason = withoutValues(answer.reason, values);
      const others = uploads.map((upload) => upload.worker);
      const [done, rest] = [others.slice(0, at), others.slice(at)];
      throw new ProblemError(problems.secretsFailed({ worker, reason, done, rest }));
    }
    log.info(`${worker}: set ${names.join(", ")}`);
  }
}

async function setSecrets(
  compiled: Compiled,
  declared: readonly string[],
  context: Context,
): Promise<void> {
  const { env, log } = context;
  const { source } = compiled;
  const environment = unknownEnvironment({ compiled, env });
  if (environment.length > 0) throw new ProblemError(environment);
  const workers = cloudflareWorkers(compiled, "secrets", context.block).filter(
    (worker) => outlineIn(worker, env).secrets.length > 0,
  );
  if (workers.length === 0) {
    log.info(`${source.name} declares no secrets here; there is nothing to set.`);
    return;
  }
  const given =
    context.from === undefined
      ? secretsOfEnvironment(declared)
      : await readDeclared(context.from, context.cwd, { declared, path: source.name });
  const planned = workers.map((worker) => ({ worker, upload: uploadOf(worker, given, env) }));
  await withCloudflare(source, context, async (session) => {
    const settings = { compiled, given, context };
    const found = await together(planned.map((one) => checkUpload(session, one, settings)));
    const wrong = [...found.answers.flat(), ...found.problems];
    if (wrong.length > 0) throw new ProblemError(wrong);
    const uploads = planned.map(({ upload }) => upload);
    const [full, empty] = [uploads.filter(hasValues), uploads.filter((one) => !hasValues(one))];
    await send(session, full, log);
    for (const { worker } of empty) log.info(`${worker}: has its secrets, none was given`);
  });
}

const hasValues = ({ values }: Upload): boolean => Object.keys(values).length > 0;

/**
 * Sets the secrets that blocks declare, on workers that are deployed; a first deploy takes them
 * along itself. Everything is checked before the first is sent, and no value is ever shown or
 * written to a file. Never throws.
 */
export async function secrets(options: SecretsOptions): Promise<{ readonly exitCode: ExitCode }> {
  const { cwd = process.cwd(), log = consoleLogger } = options;
  return guarded<{ exitCode: ExitCode }>(
    log,
    async () => {
      const source = await readSource(options.file, cwd);
      const outDir = outputFolder(source, undefined, cwd);
      const { block } = options;
      const { all, compiled } = await compileSource(source, { outDir, block, cwd, log });
      if (all === null || compiled === null) return { exitCode: 1 };
      const declared = all.result.workers.flatMap(({ outline }) => outline.secrets);
      await setSecrets(compiled, declared, { ...options, cwd, log });
      return { exitCode: 0 };
    },
    (exitCode) => ({ exitCode }),
  );
}
