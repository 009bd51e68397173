// Messages of the checks before a deployment, each with its fix.
import { problem } from "./problem";

/** Arguments of messages about migrations of a database. */
export interface NamesArgs {
  binding: string;
  names: readonly string[];
}

/** Arguments of messages about the size of a worker. */
export interface SizeArgs {
  worker: string;
  /** With what is measured: `1.2 MiB after gzip`. */
  size: string;
  limit: string;
  /** Whose limit it is: `Vercel`, `accounts without a paid plan`. */
  who: string;
  /** How the platform's tool makes it smaller; empty where it does not. */
  smaller: string;
}

/** Part of `problems`. */
export const preflightProblems = {
  notThere: problem<{ what: string; command: string }>(
    "T086",
    "error",
    ({ what }) => `There is no ${what} in the account.`,
    ({ command }) => `Make it: \`${command}\`.`,
  ),
  idNotThere: problem<{ what: string; id: string; file: string }>(
    "T087",
    "error",
    ({ what, id, file }) => `${what} has the id ${id} in ${file}, which the account does not know.`,
    () => "Correct the id, or choose the account with account_id.",
  ),
  queueIsRead: problem<{ queue: string; reader: string; worker: string }>(
    "T072",
    "error",
    ({ queue, reader, worker }) =>
      `\`${worker}\` cannot read the queue ${queue}: ${reader} does, and a queue has one consumer.`,
    ({ queue, reader }) =>
      `Give this program a queue of its own, or run \`npx wrangler queues consumer remove ${queue} ${reader}\`.`,
  ),
  secretsNotSet: problem<{
    worker: string;
    names: readonly string[];
    isNew: boolean;
    command: string;
  }>(
    "T073",
    "error",
    ({ worker, names }) =>
      `\`${worker}\` has no value for ${names.length === 1 ? "secret" : "secrets"} ${names.join(", ")}.`,
    ({ isNew, command }) =>
      isNew
        ? "Write NAME=value lines into a file that git ignores and add --secrets-file <file>: a first deployment takes them along."
        : `Set them: \`${command} --from <file>\`, or add --secrets-file <file>.`,
  ),
  nameTaken: problem<{ worker: string; by: string; last: string }>(
    "T074",
    "error",
    ({ worker, by, last }) =>
      `There is a worker \`${worker}\` that this program did not deploy (deployed${by}, last on ${last}).`,
    () =>
      'Give this one another name: `[workers.<block>] name = "…"` in the deploy file; or deploy over it with --adopt.',
  ),
  notMigrated: problem<NamesArgs & { command: string }>(
    "T075",
    "error",
    ({ binding, names }) =>
      `${names.join(", ")} ${names.length === 1 ? "is" : "are"} not applied to the database ${binding}.`,
    ({ command }) => `Apply: \`${command}\`.`,
  ),
  migrationEdited: problem<NamesArgs>(
    "T076",
    "error",
    ({ binding, names }) => `${names.join(", ")} changed after ${binding} had applied it.`,
    () => "Restore what was applied, and write the change into a new migration.",
  ),
  unknownMigrations: problem<NamesArgs>(
    "T077",
    "warning",
    ({ binding, names }) => `${binding} has applied ${names.join(", ")}, which is not here.`,
    () => "Someone may have deployed something newer: update your checkout, or make sure.",
  ),
  tooLarge: problem<SizeArgs>(
    "T078",
    "error",
    ({ worker, size, limit, who }) => `\`${worker}\` takes ${size}; ${who} accepts ${limit}.`,
    ({ smaller }) => `Import less, ${smaller && `${smaller}, `}or make two blocks of it.`,
  ),
  largeForFree: problem<SizeArgs>(
    "T079",
    "warning",
    ({ worker, size, limit, who }) => `\`${worker}\` takes ${size}; ${who} accept ${limit}.`,
    ({ smaller }) => `Import less, or ${smaller || "make two blocks of it"}.`,
  ),
  largeEnvironment: problem<{ worker: string; size: string; limit: string }>(
    "T108",
    "error",
    ({ worker, size, limit }) =>
      `The variables and secrets of \`${worker}\` take ${size}; Lambda accepts ${limit}.`,
    () => "Keep long values in a bucket, or in a service that you call.",
  ),
  futureDate: problem<{ worker: string; date: string; today: string }>(
    "T080",
    "error",
    ({ worker, date, today }) =>
      `\`${worker}\` has the compatibility date ${date}; today is ${today}, and no runtime knows a later one.`,
    () => "Check the clock of this machine, or build again with a tova of your own time.",
  ),
  untestedDate: problem<{ worker: string; date: string; local: string }>(
    "T081",
    "warning",
    ({ worker, date, local }) =>
      `\`${worker}\` has the compatibility date ${date}; the workerd installed here only knows ${local}.`,
    () => "It behaves here as it did then; update wrangler and miniflare.",
  ),
  uncommitted: problem<{ files: readonly string[] }>(
    "T082",
    "warning",
    ({ files }) =>
      `Not committed: ${files.slice(0, 5).join(", ")}${files.length > 5 ? ` and ${files.length - 5} more` : ""}.`,
    () => "What runs will be in nobody else's checkout until you commit.",
  ),
  unpushed: problem<{ branch: string; count: number | null }>(
    "T083",
    "warning",
    ({ branch, count }) =>
      count === null
        ? `The branch ${branch} is on no remote.`
        : `The branch ${branch} has ${count} unpushed ${count === 1 ? "commit" : "commits"}.`,
    () => "Push, so that others deploy from the same state.",
  ),
  locked: problem<{ name: string; pid: number; host: string; since: string; path: string }>(
    "T084",
    "error",
    ({ name, pid, host, since }) =>
      `${name} is still being worked on by process ${pid} on ${host}, since ${since}.`,
    ({ path }) => `Wait for it or end it; if there is no such process, remove ${path}.`,
  ),
  foreignSecrets: problem<{ worker: string; names: readonly string[]; from: string }>(
    "T085",
    "error",
    ({ worker, names, from }) =>
      `${from} also has ${names.join(", ")}, which \`${worker}\` does not declare and would be given.`,
    () => "On Windows, give each worker a file of its own, with --block and --secrets-file.",
  ),
};
