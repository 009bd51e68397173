// A `consume` member → the queue, its handler and its options (spec 11.4).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { kebab } from "../model/kebab";
import type { Consumer, ConsumerOptions } from "../model/program";
import { literalOf, wordOf } from "./literal";

/** Limits of developers.cloudflare.com/queues/configuration/configure-queues and /platform/limits. */
const ranges = {
  max_batch_size: [1, 100],
  max_batch_timeout: [0, 60],
  max_retries: [0, 100],
  // Seconds: a day.
  retry_delay: [0, 86_400],
  max_concurrency: [1, 250],
} as const;

const keys = [...Object.keys(ranges), "dead_letter_queue"];

/** What a consumer calls the queue of its dead letters; null when it has none, or no plain name. */
export function deadLetterName({ config }: ast.ConsumeMember): string | null {
  const entry = config.find(({ key }) => key.name === "dead_letter_queue");
  return entry ? wordOf(entry.value) : null;
}

/** Reads a consumer. `queues` are the names that any edge block of the file declares. */
export function readConsumer(
  member: ast.ConsumeMember,
  queues: readonly string[],
  findings: Findings,
): Consumer {
  const { queue } = member;
  if (!queues.includes(queue.name)) {
    findings.report(queue, codes.unknownQueue({ queue: queue.name, known: queues }));
  }
  return {
    queue: queue.name,
    range: { from: queue.from, to: queue.to },
    handler: member.handler,
    options: readOptions(member.config, queues, findings),
  };
}

function readOptions(
  config: readonly ast.ConfigEntry[],
  queues: readonly string[],
  findings: Findings,
): ConsumerOptions {
  const numbers = new Map<string, number>();
  let deadLetterQueue: string | null = null;
  for (const entry of config) {
    const key = entry.key.name;
    if (Object.hasOwn(ranges, key)) {
      const value = readNumber(entry, ranges[key as keyof typeof ranges], findings);
      if (value !== null) numbers.set(key, value);
    } else if (key === "dead_letter_queue") {
      const word = readQueueName(entry, findings);
      // One queue has one name, so that the deploy file can give it another in one place.
      deadLetterQueue = queues.find((name) => kebab(name) === word) ?? word;
    } else {
      findings.report(entry.key, codes.consumeOption({ key, known: keys }));
    }
  }
  return {
    maxBatchSize: numbers.get("max_batch_size") ?? 10,
    maxBatchTimeout: numbers.get("max_batch_timeout") ?? 30,
    maxRetries: numbers.get("max_retries") ?? null,
    retryDelay: numbers.get("retry_delay") ?? null,
    maxConcurrency: numbers.get("max_concurrency") ?? null,
    deadLetterQueue,
  };
}

function readNumber(
  entry: ast.ConfigEntry,
  [least, most]: readonly [number, number],
  findings: Findings,
): number | null {
  const value = literalOf(entry.value);
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  const expected = `a whole number from ${least} to ${most}`;
  findings.report(entry.value, codes.consumeValue({ key: entry.key.name, expected }));
  return null;
}

function readQueueName(entry: ast.ConfigEntry, findings: Findings): string | null {
  const word = wordOf(entry.value);
  if (word !== null && /^[A-Za-z0-9]([\w-]*[A-Za-z0-9])?$/.test(word)) return word;
  const expected = "the name of a queue";
  findings.report(entry.value, codes.consumeValue({ key: entry.key.name, expected }));
  return null;
}
