// Events of EventBridge and SQS → the schedules and consumers of a worker (spec 11.4).
import { type AwsFetch, awsVariables } from "./aws";
import { sqsBatch } from "./sqs";

/** A scheduled event: what the template sends, or what a rule or schedule made by hand does. */
export interface TimeEvent {
  readonly source?: string;
  readonly cron?: string;
  /** ARNs, of which the last part is the rule's name. */
  readonly resources?: readonly string[];
}

/**
 * The cron expression that an event stands for; null for one that is no schedule's.
 * @param schedules name and expression of each; its rule is called so, or ends in `-` and its name
 * @throws Error for a rule of no schedule, or one that may be of several
 */
export function lambdaCron(
  event: TimeEvent,
  schedules: readonly (readonly [name: string, cron: string])[],
): string | null {
  const { source, cron, resources = [] } = event;
  if (source === "tova.schedule") return cron ?? "";
  if (source !== "aws.events" && source !== "aws.scheduler") return null;
  const [only, ...others] = new Set(schedules.map(([, one]) => one));
  if (only !== undefined && others.length === 0) return only;
  for (const rule of resources.map((arn) => arn.slice(arn.lastIndexOf("/") + 1))) {
    const meant = schedules.filter(([name]) => name && `-${rule}`.endsWith(`-${name}`));
    const longest = Math.max(...meant.map(([name]) => name.length));
    const crons = new Set(meant.flatMap(([name, one]) => (name.length < longest ? [] : one)));
    const [found] = crons;
    if (found !== undefined && crons.size === 1) return found;
  }
  throw new Error(`No schedule for the rule ${resources.join(", ")}`);
}

/** One message as SQS hands it over. */
export interface QueueRecord {
  readonly messageId: string;
  /** What this delivery is known by. */
  readonly receiptHandle: string;
  readonly body: string;
  readonly eventSourceARN: string;
  /** By name; `sqsQueue` marks a text. */
  readonly messageAttributes?: Readonly<Record<string, { readonly stringValue?: string }>>;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    /** Milliseconds. */
    readonly SentTimestamp: string;
  };
}

/** The queue that records come from: an event has those of one. */
export const lambdaQueue = ([first]: readonly QueueRecord[]): string =>
  first?.eventSourceARN.split(":").at(-1) ?? "";

/** What is not JSON is the text that it is. */
function lambdaMessageBody({ body: text, messageAttributes }: QueueRecord): unknown {
  if (messageAttributes?.["content-type"]?.stringValue === "text") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Decision = "ack" | { readonly delaySeconds: number | null };

function lambdaMessage(record: QueueRecord, decisions: Map<string, Decision>, retryDelay: Delay) {
  const { messageId: id, attributes } = record;
  const decide = (decision: Decision) => {
    if (!decisions.has(id)) decisions.set(id, decision);
  };
  return {
    id,
    body: lambdaMessageBody(record),
    timestamp: new Date(Number(attributes.SentTimestamp)),
    attempts: Number(attributes.ApproximateReceiveCount),
    ack: () => decide("ack"),
    retry: (options: { readonly delaySeconds?: number } = {}) =>
      decide({ delaySeconds: options.delaySeconds ?? retryDelay }),
  };
}

/** The address of the queue that a message came from. */
function lambdaQueueUrl({ eventSourceARN }: QueueRecord): string {
  const [, partition, , region, account, name] = eventSourceARN.split(":");
  const suffix = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const origin = awsVariables().AWS_ENDPOINT_URL_SQS ?? `https://sqs.${region}.${suffix}`;
  return `${origin.replace(/\/+$/, "")}/${account}/${name}`;
}

/** Seconds: SQS hides a message for twelve hours at most, counted from when it was taken. */
const longestDelay = 43_000;

/** Lets messages come again when they are to; one that cannot be told so comes when SQS likes. */
async function delayRecords(
  aws: AwsFetch,
  delayed: readonly { readonly record: QueueRecord; readonly delaySeconds: Delay }[],
): Promise<void> {
  const [first] = delayed;
  if (first === undefined) return;
  const entries = delayed.map(({ record: { messageId, receiptHandle }, delaySeconds }) => {
    const VisibilityTimeout = Math.min(delaySeconds ?? 0, longestDelay);
    return { Id: messageId, ReceiptHandle: receiptHandle, VisibilityTimeout };
  });
  const address = lambdaQueueUrl(first.record);
  const reason = await sqsBatch(aws, "ChangeMessageVisibilityBatch", address, entries).catch(
    (error: Error) => error.message,
  );
  if (reason !== null) console.error(`SQS did not delay a message: ${reason}`);
}

/** How a consumer's messages are retried. */
interface Retries {
  /** After so many a message is given up, which the log says; null for no end. */
  readonly retries: number | null;
  /** Seconds until a message comes again whose `retry` does not say. */
  readonly retryDelay: Delay;
}

/** Null for as long as the queue hides a message that was taken. */
type Delay = number | null;

/**
 * Hands a batch to a consumer. Messages that it asks for again, or all that it did not acknowledge
 * when it throws, are reported as failed; SQS delivers them again when their visibility timeout ends,
 * which is the delay that they were given.
 * @throws what the consumer threw, when nothing of the batch is done
 */
export async function lambdaConsume(
  aws: AwsFetch,
  records: readonly QueueRecord[],
  consume: (messages: readonly unknown[]) => unknown,
  { retries, retryDelay }: Retries,
) {
  const decisions = new Map<string, Decision>();
  const messages = records.map((record) => lambdaMessage(record, decisions, retryDelay));
  let rest: Decision = "ack";
  let thrown: unknown = null;
  try {
    await consume(messages);
  } catch (error) {
    thrown = error ?? new Error("The consumer failed");
    rest = { delaySeconds: retryDelay };
  }
  const isOver = (attempts: number) => retries !== null && attempts > retries;
  const again: { record: QueueRecord; delaySeconds: Delay }[] = [];
  for (const [at, record] of records.entries()) {
    const decision = decisions.get(record.messageId) ?? rest;
    if (decision === "ack") continue;
    if (isOver(messages[at]?.attempts ?? 0)) console.error(`Gave up message ${record.messageId}`);
    else again.push({ record, delaySeconds: decision.delaySeconds });
  }
  await delayRecords(
    aws,
    again.filter(({ delaySeconds }) => delaySeconds !== null),
  );
  if (thrown !== null) {
    if (decisions.size === 0 && retries === null) throw thrown;
    console.error((thrown as Error)?.stack ?? thrown);
  }
  return { batchItemFailures: again.map(({ record }) => ({ itemIdentifier: record.messageId })) };
}
