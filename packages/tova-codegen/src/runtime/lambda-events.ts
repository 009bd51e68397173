// Events of EventBridge and SQS → the schedules and consumers of a worker (spec 11.4).

/** A scheduled event: what the template sends, or what a rule or schedule made by hand does. */
export interface TimeEvent {
  readonly source?: string;
  readonly cron?: string;
  /** ARNs, of which the last part is the rule's name. */
  readonly resources?: readonly string[];
}

/**
 * The cron expression that an event stands for; null for one that is no schedule's.
 * @param crons by the name that a schedule's rule has or ends in
 * @throws Error for a rule of no schedule
 */
export function lambdaCron(
  event: TimeEvent,
  crons: Readonly<Record<string, string>>,
): string | null {
  const { source, cron, resources = [] } = event;
  if (source === "tova.schedule") return cron ?? "";
  if (source !== "aws.events" && source !== "aws.scheduler") return null;
  const [only, ...others] = new Set(Object.values(crons));
  if (only !== undefined && others.length === 0) return only;
  for (const rule of resources.map((arn) => arn.slice(arn.lastIndexOf("/") + 1))) {
    const found = Object.keys(crons).find((name) => rule === name || rule.endsWith(`-${name}`));
    if (found !== undefined) return crons[found] ?? null;
  }
  throw new Error(`No schedule for the rule ${resources.join(", ")}`);
}

/** One message as SQS hands it over. */
export interface QueueRecord {
  readonly messageId: string;
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

type Decision = "ack" | "retry";

function lambdaMessage(record: QueueRecord, decisions: Map<string, Decision>) {
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
    retry(options: { readonly delaySeconds?: number } = {}) {
      if (options.delaySeconds) {
        console.warn(
          "SQS delivers again when its visibility timeout ends: delaySeconds does nothing",
        );
      }
      decide("retry");
    },
  };
}

/**
 * Hands a batch to a consumer. Messages that it asks for again, or all that it did not acknowledge
 * when it throws, are reported as failed; SQS delivers them again when their visibility timeout ends.
 * @param retries after so many a message is given up, which the log says; null for no end
 * @throws what the consumer threw, when nothing of the batch is done
 */
export async function lambdaConsume(
  records: readonly QueueRecord[],
  consume: (messages: readonly unknown[]) => unknown,
  retries: number | null,
) {
  const decisions = new Map<string, Decision>();
  const messages = records.map((record) => lambdaMessage(record, decisions));
  let rest: Decision = "ack";
  try {
    await consume(messages);
  } catch (error) {
    if (decisions.size === 0 && retries === null) throw error;
    console.error((error as Error)?.stack ?? error);
    rest = "retry";
  }
  const failed = messages.filter(({ id }) => (decisions.get(id) ?? rest) === "retry");
  const isOver = ({ attempts }: { attempts: number }) => retries !== null && attempts > retries;
  for (const { id } of failed.filter(isOver)) console.error(`Gave up message ${id}`);
  const again = failed.filter((message) => !isOver(message));
  return { batchItemFailures: again.map(({ id }) => ({ itemIdentifier: id })) };
}
