// A deployment and its account in, what Cloudflare lacks for it out: questions only.
import type { Api } from "../cloudflare/api";
import { findExisting } from "../cloudflare/existing";
import { queueByName, secretNames, versionsOf } from "../cloudflare/look-ups";
import { described, type Wanted } from "../cloudflare/resources";
import { together } from "../cloudflare/together";
import { outlineIn } from "../compiled";
import { type Problem, ProblemError, problems } from "../problems";
import type { SecretValues } from "../secrets-file";
import { type Check, counted } from "./check";
import { strangers } from "./mark";
import type { DeployStep } from "./plan";

/** What the checks are about. */
export interface Remote {
  readonly api: Api;
  readonly steps: readonly DeployStep[];
  readonly env: string | undefined;
  /** Of these workers. */
  readonly wanted: readonly Wanted[];
  /** Deploy file, as messages name it. */
  readonly deployFile: string;
  /** `tova provision app.tova`, with the environment. */
  readonly provision: string;
}

/** A question that fails is what its check found. */
async function checked(name: string, ask: () => Promise<Omit<Check, "name">>): Promise<Check> {
  try {
    return { name, ...(await ask()) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { name, fact: "could not be asked", problems: error.problems };
  }
}

/** Stores that the deploy file has ids of, and buckets, which wrangler would make on its own. */
export function checkStores({ api, wanted, deployFile, provision }: Remote): Promise<Check> {
  return checked("stores", async () => {
    const stores = wanted.filter(({ kind }) => kind !== "queue");
    const asked = stores.filter(({ needsId, id }) => !needsId || id !== null);
    const present = await findExisting(api, asked);
    const missing = asked.filter((_, at) => present[at] === null);
    const found = missing.map((one) =>
      one.id === null
        ? problems.notThere({ what: described(one), command: provision })
        : problems.idNotThere({ what: described(one), id: one.id, file: deployFile }),
    );
    const lacking = missing.length + stores.length - asked.length;
    const fact = lacking === 0 ? "all there" : `${lacking} missing`;
    return { fact: `${counted(stores.length, "store")}, ${fact}`, problems: found };
  });
}

/** A queue has one consumer at most: another worker's would be refused after the upload. */
function otherReaders(
  step: DeployStep,
  env: string | undefined,
  readers: ReadonlyMap<string, readonly string[]>,
) {
  return outlineIn(step.worker, env).consumes.flatMap(({ queue }) =>
    (readers.get(queue) ?? [])
      .filter((reader) => reader !== step.name)
      .map((reader) => problems.queueIsRead({ queue, reader, worker: step.name })),
  );
}

/** Queues are never made by a deployment, and a missing dead-letter queue is not even noticed. */
export function checkQueues({ api, steps, env, wanted, provision }: Remote): Promise<Check> {
  return checked("queues", async () => {
    const queues = wanted.filter(({ kind }) => kind === "queue");
    const { answers, problems: failed } = await together(
      queues.map(async ({ name }) => ({ name, queue: await queueByName(api, name) })),
    );
    if (failed.length > 0) throw new ProblemError(failed);
    const missing = answers.filter(({ queue }) => queue === null);
    const readers = new Map(answers.map(({ name, queue }) => [name, queue?.readers ?? []]));
    return {
      fact: `${counted(queues.length, "queue")}, ${missing.length === 0 ? "all there" : `${missing.length} missing`}`,
      problems: [
        ...missing.map(({ name }) =>
          problems.notThere({ what: `queue ${name}`, command: provision }),
        ),
        ...steps.flatMap((step) => otherReaders(step, env, readers)),
      ],
    };
  });
}

/** Names of workers that are there but that this program did not deploy. */
export function checkNames({ api, steps }: Remote, adopt: boolean): Promise<Check> {
  return checked("workers", async () => {
    const { answers, problems: failed } = await together(
      steps.map(async ({ name, mark }) => ({ name, mark, versions: await versionsOf(api, name) })),
    );
    if (failed.length > 0) throw new ProblemError(failed);
    const facts = answers.map(
      ({ name, versions }) => `${name}${versions === null ? " (new)" : ""}`,
    );
    const taken = answers.flatMap(({ name, mark, versions }) => strangers(name, mark, versions));
    return {
      fact: facts.join(", "),
      problems: adopt ? [] : taken,
    };
  });
}

function lackingSecrets(
  { name, worker }: DeployStep,
  { env, command }: { readonly env: string | undefined; readonly command: string },
  {
    present,
    given,
  }: { readonly present: ReadonlySet<string> | null; readonly given: SecretValues | null },
): Problem[] {
  const names = outlineIn(worker, env).secrets.filter(
    (secret) => !present?.has(secret) && !given?.values.get(secret),
  );
  if (names.length === 0) return [];
  return [problems.secretsNotSet({ worker: name, names, isNew: present === null, command })];
}

/**
 * Secrets that are neither on Cloudflare nor brought along.
 * @param command sets them on a worker that is there
 */
export function checkSecrets(
  { api, steps, env }: Remote,
  given: SecretValues | null,
  command: string,
): Promise<Check> {
  return checked("secrets", async () => {
    const wanting = steps.filter(({ worker }) => outlineIn(worker, env).secrets.length > 0);
    const { answers, problems: failed } = await together(
      wanting.map(async (step) => {
        const present = await secretNames(api, step.name);
        return lackingSecrets(step, { env, command }, { present, given });
      }),
    );
    if (failed.length > 0) throw new ProblemError(failed);
    const count = wanting.flatMap(({ worker }) => outlineIn(worker, env).secrets).length;
    const missing = answers.flat();
    const brought =
      given === null ? "" : `, ${counted(given.values.size, "value")} from ${given.from}`;
    const fact = count === 0 ? "none declared" : `${count} declared${brought}`;
    return { fact, problems: missing };
  });
}
