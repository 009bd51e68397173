// The address of a queue of SQS → a queue as Cloudflare offers it to workers
// (spec 11.7; developers.cloudflare.com/queues/configuration/javascript-apis).
import type { AwsFetch } from "./aws";

interface SqsSend {
  readonly contentType?: string;
  readonly delaySeconds?: number;
}

interface SqsMessage extends SqsSend {
  readonly body: unknown;
}

interface SqsAnswer {
  readonly Failed?: readonly { readonly Message?: string; readonly Code?: string }[];
  readonly message?: string;
}

/** Messages are JSON unless they say otherwise; a text is marked, so that `"1"` comes as a text. */
function sqsEntry({ body, contentType = "json", delaySeconds }: SqsMessage, at: number) {
  const isText = contentType === "text";
  if (!isText && contentType !== "json") {
    throw new TypeError(`SQS takes messages of JSON and text, not ${contentType}.`);
  }
  if (isText && typeof body !== "string") throw new TypeError("A message of text must be a text.");
  return {
    Id: String(at),
    MessageBody: isText ? body : JSON.stringify(body ?? null),
    ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
    ...(isText
      ? { MessageAttributes: { "content-type": { DataType: "String", StringValue: "text" } } }
      : {}),
  };
}

/**
 * Calls an action on some messages of a queue, ten at a time as SQS takes them
 * (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference).
 * @returns why one of them failed; null when none did
 */
export async function sqsBatch(
  aws: AwsFetch,
  action: "SendMessageBatch" | "ChangeMessageVisibilityBatch",
  address: string,
  entries: readonly object[],
): Promise<string | null> {
  for (let at = 0; at < entries.length; at += 10) {
    const Entries = entries.slice(at, at + 10);
    const response = await aws("sqs", `${new URL(address).origin}/`, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${action}`,
      },
      body: JSON.stringify({ QueueUrl: address, Entries }),
    });
    const answer = (await response.json().catch(() => ({}))) as SqsAnswer;
    const [failed] = answer.Failed ?? [];
    if (response.ok && failed === undefined) continue;
    return failed?.Message ?? failed?.Code ?? answer.message ?? `status ${response.status}`;
  }
  return null;
}

/**
 * Opens a queue.
 * @param name of the binding, for messages
 * @param address its URL; without one nothing can be sent
 */
export function sqsQueue(aws: AwsFetch, name: string, address: string | undefined) {
  /** @throws Error when one of the messages was not taken */
  const sendBatch = async (
    messages: Iterable<SqsMessage>,
    options: SqsSend = {},
  ): Promise<void> => {
    if (!address) throw new Error(`${name} has no address: set the variable ${name} to its URL.`);
    const entries = [...messages].map((message, at) => sqsEntry({ ...options, ...message }, at));
    const reason = await sqsBatch(aws, "SendMessageBatch", address, entries);
    if (reason !== null) throw new Error(`SQS did not take a message: ${reason}`);
  };
  const send = (body: unknown, options: SqsSend = {}) => sendBatch([{ ...options, body }]);
  return { send, sendBatch };
}
