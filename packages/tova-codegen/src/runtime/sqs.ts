// The address of a queue of SQS → a queue as Cloudflare offers it to workers
// (spec 11.7; developers.cloudflare.com/queues/configuration/javascript-apis).
import { type AwsCredentials, awsSign } from "./aws";

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

interface SqsHost {
  readonly process: { readonly env: AwsCredentials };
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

/** Sends ten at most. @throws Error when one of them was not taken */
async function sqsPost(address: string, entries: readonly object[]): Promise<void> {
  const url = `${new URL(address).origin}/`;
  const request = {
    method: "POST",
    url,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessageBatch",
    },
    body: JSON.stringify({ QueueUrl: address, Entries: entries }),
    service: "sqs",
  };
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const { env } = (globalThis as unknown as SqsHost).process;
  const { host: _, ...headers } = await awsSign(request, env, time);
  const response = await fetch(url, { method: "POST", headers, body: request.body });
  const answer = (await response.json().catch(() => ({}))) as SqsAnswer;
  const [failed] = answer.Failed ?? [];
  if (response.ok && failed === undefined) return;
  const reason = failed?.Message ?? failed?.Code ?? answer.message ?? `status ${response.status}`;
  throw new Error(`SQS did not take a message: ${reason}`);
}

/**
 * Opens a queue.
 * @param name of the binding, for messages
 * @param address its URL; without one nothing can be sent
 */
export function sqsQueue(name: string, address: string | undefined) {
  const sendBatch = async (
    messages: Iterable<SqsMessage>,
    options: SqsSend = {},
  ): Promise<void> => {
    if (!address) throw new Error(`${name} has no address: set the variable ${name} to its URL.`);
    const entries = [...messages].map((message, at) => sqsEntry({ ...options, ...message }, at));
    for (let at = 0; at < entries.length; at += 10) {
      await sqsPost(address, entries.slice(at, at + 10));
    }
  };
  const send = (body: unknown, options: SqsSend = {}) => sendBatch([{ ...options, body }]);
  return { send, sendBatch };
}
