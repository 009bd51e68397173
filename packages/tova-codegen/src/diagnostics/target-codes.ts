// Codes of what a program asks of a target that does not have it (spec 11.7, 15).
import { define } from "./define";

/** What a message names. */
export interface Refused {
  readonly name: string;
  readonly target: string;
  /** Goes on from "since". */
  readonly reason: string;
}

const help = "Build this block for another target, or keep the data in a service that you call.";

const used = (code: string, what: string) =>
  define<Refused>(
    code,
    "error",
    ({ name, target, reason }) => `${what} \`${name}\` cannot work on ${target}, since ${reason}.`,
    help,
  );

const unused = (code: string) =>
  define<Refused>(
    code,
    "warning",
    ({ name, target, reason }) => `\`${name}\` is nil on ${target}, since ${reason}.`,
    "Remove it, or build this block for another target.",
  );

export const targetCodes = {
  usedKv: used("W_UNSUPPORTED_KV", "The key-value store"),
  unusedKv: unused("W_UNSUPPORTED_KV"),
  usedSql: used("W_UNSUPPORTED_SQL", "The database"),
  unusedSql: unused("W_UNSUPPORTED_SQL"),
  usedStorage: used("W_UNSUPPORTED_STORAGE", "The object storage"),
  unusedStorage: unused("W_UNSUPPORTED_STORAGE"),
  usedQueue: used("W_UNSUPPORTED_QUEUE", "The queue"),
  unusedQueue: unused("W_UNSUPPORTED_QUEUE"),
  denoMultiKv: define<{ name: string; first: string }>(
    "W_DENO_MULTI_KV",
    "warning",
    ({ name, first }) => `\`${name}\` and \`${first}\` are in one Deno KV database.`,
    "Their keys stay apart; limits and backups count both. Leave the warning out if that will do.",
  ),
  queuePlatforms: define<{ queue: string; target: string; other: string }>(
    "E_QUEUE_PLATFORMS",
    "error",
    ({ queue, target, other }) =>
      `What is sent to \`${queue}\` on ${target} never reaches its consumer, which is on ${other}.`,
    "Build both blocks for one target, or send over HTTP: no platform hands messages to another's queues.",
  ),
  unsupportedSchedule: used("W_UNSUPPORTED_SCHEDULE", "The schedule"),
  unsupportedConsume: used("W_UNSUPPORTED_CONSUME", "The consumer of"),
};
