// Messages that workers send in, batches for those that consume them out, as SQS and Lambda make them
// (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html).
import { randomUUID } from "node:crypto";

/** How a queue's messages are taken. */
export interface QueueConsumer {
  readonly maxBatchSize: number;
  /** Seconds that the first message of a batch may wait for more. */
  readonly wait: number;
  /** How often a message is delivered before it is a dead letter; null for no end. */
  readonly maxReceives: number | null;
  readonly deadLetterQueue: string | null;
  /** Hands over an event; gives the ids of the messages that failed, null for all of them. */
  deliver(event: object): Promise<ReadonlySet<string> | null>;
}

/** The queues of a program; made by {@link createQueues}. */
export interface Queues {
  /** Does an action of SQS. @returns its answer, null for an action that is not there */
  act(action: string, input: ActionInput): object | null;
  /** Hands what comes to a consumer, until the function that it gives is called. */
  consume(queue: string, consumer: QueueConsumer): () => void;
  /** Delivers nothing any more. */
  end(): void;
}

/** What the actions take (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference). */
export interface ActionInput {
  readonly QueueUrl: string;
  readonly Entries: readonly {
    readonly Id: string;
    readonly MessageBody?: string;
    readonly DelaySeconds?: number;
    readonly MessageAttributes?: Attributes;
    readonly ReceiptHandle?: string;
    readonly VisibilityTimeout?: number;
  }[];
}

type Attributes = Readonly<Record<string, { DataType: string; StringValue?: string }>>;

interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Attributes;
  readonly sent: number;
  attempts: number;
  /** Milliseconds since 1970, from when it may be delivered. */
  due: number;
  /** Of its delivery that goes on; null while it waits. */
  receipt: string | null;
  /** Seconds for which who has it wants it hidden. */
  hidden: number | null;
}

interface Queue {
  readonly name: string;
  readonly messages: Message[];
  readonly consumers: QueueConsumer[];
  /** Batches that are being worked on. */
  running: number;
  timer: NodeJS.Timeout | undefined;
}

/** Batches of a queue at a time, as many as Lambda begins with. */
const atOnce = 5;

/** What fails comes again at once, then later and later: nobody waits three minutes at a desk. */
const pause = (attempts: number): number => Math.min(2 ** (attempts - 1) - 1, 180);

const region = (): string => process.env.AWS_REGION || "us-east-1";

function recordOf({ name }: Queue, message: Message): object {
  const { id, body, attributes, sent, attempts, receipt } = message;
  const pairs = Object.entries(attributes).map(([key, { DataType, StringValue }]) => {
    return [key, { dataType: DataType, stringValue: StringValue }];
  });
  return {
    ...{ messageId: id, receiptHandle: receipt, body },
    attributes: { ApproximateReceiveCount: String(attempts), SentTimestamp: String(sent) },
    messageAttributes: Object.fromEntries(pairs),
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:${region()}:000000000000:${name}`,
    awsRegion: region(),
  };
}

const messageOf = (body: string, attributes: Attributes, delaySeconds: number): Message => ({
  ...{ id: randomUUID(), body, attributes, sent: Date.now(), attempts: 0 },
  ...{ due: Date.now() + delaySeconds * 1000, receipt: null, hidden: null },
});

/** Makes queues; each is there as soon as it is named, and gone with this process. */
export function createQueues(): Queues {
  const queues = new Map<string, Queue>();
  let isOver = false;
  const queueOf = (name: string): Queue => {
    const known = queues.get(name);
    if (known) return known;
    const made = { name, messages: [], consumers: [], running: 0, timer: undefined };
    queues.set(name, made);
    return made;
  };
  const add = (queue: Queue, message: Message): void => {
    queue.messages.push(message);
    look(queue);
  };

  /** Delivers what is due, and comes back when more will be. */
  const look = (queue: Queue): void => {
    clearTimeout(queue.timer);
    const consumer = queue.consumers.at(-1);
    if (isOver || consumer === undefined || queue.running >= atOnce) return;
    const now = Date.now();
    const waiting = queue.messages.filter(({ receipt }) => receipt === null);
    const due = waiting.filter((message) => message.due <= now);
    const first = Math.min(...due.map((message) => message.due)) + consumer.wait * 1000;
    if (due.length >= consumer.maxBatchSize || first <= now) {
      void deliver(queue, consumer, due.slice(0, consumer.maxBatchSize));
      return look(queue);
    }
    const later = waiting.filter((message) => message.due > now).map((message) => message.due);
    const next = Math.min(first, ...later);
    if (next < Number.POSITIVE_INFINITY) queue.timer = setTimeout(look, next - now, queue);
  };

  const deliver = async (queue: Queue, consumer: QueueConsumer, batch: readonly Message[]) => {
    queue.running += 1;
    for (const message of batch) {
      message.receipt = randomUUID();
      message.attempts += 1;
    }
    const event = { Records: batch.map((message) => recordOf(queue, message)) };
    const failed = await consumer.deliver(event).catch(() => null);
    queue.running -= 1;
    for (const message of batch) {
      settle(queue, consumer, message, failed === null || failed.has(message.id));
    }
    look(queue);
  };

  const settle = (queue: Queue, consumer: QueueConsumer, message: Message, isFailed: boolean) => {
    const { maxReceives, deadLetterQueue } = consumer;
    const isDead = isFailed && maxReceives !== null && message.attempts >= maxReceives;
    if (!isFailed || isDead) queue.messages.splice(queue.messages.indexOf(message), 1);
    else message.due = Date.now() + (message.hidden ?? pause(message.attempts)) * 1000;
    Object.assign(message, { receipt: null, hidden: null });
    if (isDead && deadLetterQueue !== null) {
      add(queueOf(deadLetterQueue), { ...message, attempts: 0, due: Date.now() });
    }
  };

  return {
    act(action, { QueueUrl, Entries }) {
      const queue = queueOf(QueueUrl.split("/").at(-1) ?? "");
      for (const entry of Entries) {
        if (action === "SendMessageBatch") {
          const { MessageBody = "", MessageAttributes = {}, DelaySeconds = 0 } = entry;
          add(queue, messageOf(MessageBody, MessageAttributes, DelaySeconds));
        } else if (action === "ChangeMessageVisibilityBatch") {
          const held = queue.messages.find(({ receipt }) => receipt === entry.ReceiptHandle);
          if (held) held.hidden = entry.VisibilityTimeout ?? 0;
        } else return null;
      }
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    consume(name, consumer) {
      const queue = queueOf(name);
      queue.consumers.push(consumer);
      look(queue);
      return () => {
        queue.consumers.splice(queue.consumers.indexOf(consumer), 1);
        if (queue.consumers.length === 0) clearTimeout(queue.timer);
      };
    },
    end() {
      isOver = true;
      for (const { timer } of queues.values()) clearTimeout(timer);
    },
  };
}
