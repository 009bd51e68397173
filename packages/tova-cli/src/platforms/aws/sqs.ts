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
  readonly Entries: readonly ActionEntry[];
}

interface ActionEntry {
  readonly Id: string;
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Attributes;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
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

/** Made by {@link createQueue}. */
interface Queue {
  add(message: Message): void;
  /** Says when a message that is being delivered may come again. */
  hide(receipt: string | undefined, seconds: number): void;
  consume(consumer: QueueConsumer): () => void;
  end(): void;
}

/** Batches of a queue at a time, as many as Lambda begins with. */
const atOnce = 5;

/** What fails comes again at once, then later and later: nobody waits three minutes at a desk. */
const backoff = (attempts: number): number => Math.min(2 ** (attempts - 1) - 1, 180);

const region = (): string => process.env.AWS_REGION || "us-east-1";

function recordOf(name: string, message: Message): object {
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

/**
 * What a consumer gets of a queue's messages now. Where that is nothing, `pause` says in how many
 * milliseconds to look again: infinitely many while there are none.
 */
function batchOf(messages: readonly Message[], { maxBatchSize, wait }: QueueConsumer) {
  const now = Date.now();
  const waiting = messages.filter(({ receipt }) => receipt === null);
  const due = waiting.filter((message) => message.due <= now);
  const first = Math.min(...due.map((message) => message.due)) + wait * 1000;
  if (due.length >= maxBatchSize || first <= now) {
    return { batch: due.slice(0, maxBatchSize), pause: 0 };
  }
  const later = waiting.filter((message) => message.due > now).map((message) => message.due);
  return { batch: [], pause: Math.min(first, ...later) - now };
}

/** @param bury takes dead letters, and the name of the queue for them */
function createQueue(name: string, bury: (queue: string, message: Message) => void): Queue {
  const messages: Message[] = [];
  const consumers: QueueConsumer[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  /** Delivers what is due, and comes back when more will be. */
  const look = (): void => {
    clearTimeout(timer);
    const consumer = consumers.at(-1);
    if (isOver || consumer === undefined || running >= atOnce) return;
    const { batch, pause } = batchOf(messages, consumer);
    if (batch.length > 0) {
      void deliver(consumer, batch);
      look();
    } else if (pause < Number.POSITIVE_INFINITY) timer = setTimeout(look, pause);
  };

  const deliver = async (consumer: QueueConsumer, batch: readonly Message[]) => {
    running += 1;
    for (const message of batch) {
      message.receipt = randomUUID();
      message.attempts += 1;
    }
    const event = { Records: batch.map((message) => recordOf(name, message)) };
    const failed = await consumer.deliver(event).catch(() => null);
    running -= 1;
    for (const message of batch) {
      settle(consumer, message, failed === null || failed.has(message.id));
    }
    look();
  };

  const settle = (consumer: QueueConsumer, message: Message, isFailed: boolean) => {
    const { maxReceives, deadLetterQueue } = consumer;
    const isDead = isFailed && maxReceives !== null && message.attempts >= maxReceives;
    if (!isFailed || isDead) messages.splice(messages.indexOf(message), 1);
    else message.due = Date.now() + (message.hidden ?? backoff(message.attempts)) * 1000;
    Object.assign(message, { receipt: null, hidden: null });
    if (isDead && deadLetterQueue !== null) bury(deadLetterQueue, message);
  };

  return {
    add(message) {
      messages.push(message);
      look();
    },
    hide(receipt, seconds) {
      const held = messages.find((message) => message.receipt === receipt);
      if (held) held.hidden = seconds;
    },
    consume(consumer) {
      consumers.push(consumer);
      look();
      return () => {
        consumers.splice(consumers.indexOf(consumer), 1);
        if (consumers.length === 0) clearTimeout(timer);
      };
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/** What each action does for one of its entries. */
const actions: Readonly<Record<string, (queue: Queue, entry: ActionEntry) => void>> = {
  SendMessageBatch(queue, { MessageBody = "", MessageAttributes = {}, DelaySeconds = 0 }) {
    queue.add(messageOf(MessageBody, MessageAttributes, DelaySeconds));
  },
  ChangeMessageVisibilityBatch(queue, { ReceiptHandle, VisibilityTimeout = 0 }) {
    queue.hide(ReceiptHandle, VisibilityTimeout);
  },
};

/** Makes queues; each is there as soon as it is named, and gone with this process. */
export function createQueues(): Queues {
  const queues = new Map<string, Queue>();
  const queueOf = (name: string): Queue => {
    const queue = queues.get(name) ?? createQueue(name, bury);
    queues.set(name, queue);
    return queue;
  };
  const bury = (name: string, message: Message): void =>
    queueOf(name).add({ ...message, attempts: 0, due: Date.now() });
  return {
    act(action, { QueueUrl, Entries }) {
      const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (run === undefined) return null;
      const queue = queueOf(QueueUrl.split("/").at(-1) ?? "");
      for (const entry of Entries) run(queue, entry);
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    consume: (name, consumer) => queueOf(name).consume(consumer),
    end() {
      for (const queue of queues.values()) queue.end();
    },
  };
}
