// A Deno KV database → queues as Cloudflare offers them to workers, and what takes their messages
// (spec 11.4, 11.7; developers.cloudflare.com/queues/configuration/javascript-apis).

type QueueKey = readonly (string | number)[];

/** A message where it waits: `["queue", name, time from when it is due, id]` is its key. */
interface QueuedMessage {
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly sent: number;
  /** How often it has been delivered. */
  readonly attempts: number;
}

interface QueueEntry {
  readonly key: QueueKey;
  readonly value: QueuedMessage;
}

/** What is used of `Deno.Kv` (docs.deno.com/api/deno/~/Deno.Kv). */
interface QueueDatabase {
  list(
    selector: { prefix: QueueKey; end: QueueKey },
    options: { limit: number },
  ): AsyncIterable<QueueEntry>;
  atomic(): QueueWrite;
}

interface QueueWrite {
  check(entry: QueueEntry): QueueWrite;
  delete(key: QueueKey): QueueWrite;
  set(key: QueueKey, value: QueuedMessage): QueueWrite;
  commit(): Promise<{ ok: boolean }>;
}

interface QueueSend {
  readonly contentType?: "json" | "text" | "bytes" | "v8";
  readonly delaySeconds?: number;
}

/** Messages are JSON unless they say otherwise, as on Cloudflare. */
function queueBody(body: unknown, { contentType = "json" }: QueueSend): unknown {
  return contentType === "json" ? JSON.parse(JSON.stringify(body ?? null)) : body;
}

function queueKey(queue: string, delaySeconds: number, id: string = crypto.randomUUID()): QueueKey {
  return ["queue", queue, Date.now() + delaySeconds * 1000, id];
}

class DenoQueue {
  private readonly database: QueueDatabase;
  private readonly name: string;
  constructor(database: QueueDatabase, name: string) {
    this.database = database;
    this.name = name;
  }
  async send(body: unknown, options: QueueSend = {}): Promise<void> {
    await this.sendBatch([{ ...options, body }]);
  }
  async sendBatch(
    messages: Iterable<QueueSend & { readonly body: unknown }>,
    { delaySeconds = 0 }: QueueSend = {},
  ): Promise<void> {
    const write = this.database.atomic();
    for (const message of messages) {
      const key = queueKey(this.name, message.delaySeconds ?? delaySeconds);
      write.set(key, { body: queueBody(message.body, message), sent: Date.now(), attempts: 0 });
    }
    await write.commit();
  }
}

/** The sending end of a queue. */
export function denoQueue(database: QueueDatabase, name: string): DenoQueue {
  return new DenoQueue(database, name);
}

/** How a queue's messages are taken; the `consume` options of the program. */
interface QueueConsumer {
  readonly queue: string;
  readonly maxBatchSize: number;
  /** Seconds. */
  readonly maxBatchTimeout: number;
  readonly maxRetries: number;
  /** Seconds that a message waits which does not say. */
  readonly retryDelay: number;
  readonly deadLetterQueue: string | null;
}

/** Seconds for which a message belongs to the process that takes it; renewed while that lives. */
const queueLease = 30;
/** Milliseconds between looks at an empty queue. */
const queuePause = 250;

/** Messages that are due, once there are enough of them or the first has waited long enough. */
async function dueMessages(
  database: QueueDatabase,
  { queue, maxBatchSize, maxBatchTimeout }: QueueConsumer,
): Promise<readonly QueueEntry[]> {
  const due: QueueEntry[] = [];
  const range = { prefix: ["queue", queue], end: ["queue", queue, Date.now() + 1] };
  for await (const entry of database.list(range, { limit: maxBatchSize })) due.push(entry);
  const waited = Date.now() - Number(due[0]?.key[2]);
  return due.length === maxBatchSize || waited >= maxBatchTimeout * 1000 ? due : [];
}

/** Moves a message to a later time; false when another process has taken it meanwhile. */
async function moveMessage(
  database: QueueDatabase,
  held: HeldMessage,
  queue: string,
  delaySeconds: number,
): Promise<boolean> {
  const key = queueKey(queue, delaySeconds, String(held.entry.key[3]));
  const { value } = held;
  const write = database.atomic().check(held.entry).delete(held.entry.key).set(key, value);
  const done = (await write.commit()) as { ok: boolean; versionstamp?: string };
  if (done.ok) held.entry = { ...done, key, value };
  return done.ok;
}

/** A message that this process has taken. */
interface HeldMessage {
  /** As it stands in the database, for `check`. */
  entry: QueueEntry;
  readonly value: QueuedMessage;
  /** What its handler decided; null while it has not. */
  verdict: "ack" | { readonly delaySeconds: number } | null;
}

async function takeMessages(database: QueueDatabase, consumer: QueueConsumer) {
  const taken: HeldMessage[] = [];
  for (const entry of await dueMessages(database, consumer)) {
    const value = { ...entry.value, attempts: entry.value.attempts + 1 };
    const held: HeldMessage = { entry, value, verdict: null };
    if (await moveMessage(database, held, consumer.queue, queueLease)) taken.push(held);
  }
  return taken;
}

/** A message as a handler gets it. */
function queueMessage(held: HeldMessage, retryDelay: number) {
  const { body, sent, attempts } = held.value;
  return {
    id: String(held.entry.key[3]),
    timestamp: new Date(sent),
    body,
    attempts,
    ack() {
      held.verdict ??= "ack";
    },
    retry({ delaySeconds = retryDelay }: QueueSend = {}) {
      held.verdict ??= { delaySeconds };
    },
  };
}

/** What becomes of a message: gone, due again, or a dead letter. */
async function settleMessage(
  database: QueueDatabase,
  { queue, maxRetries, deadLetterQueue }: QueueConsumer,
  held: HeldMessage,
): Promise<void> {
  const { verdict, value } = held;
  if (verdict !== null && verdict !== "ack" && value.attempts <= maxRetries) {
    await moveMessage(database, held, queue, verdict.delaySeconds);
    return;
  }
  const write = database.atomic().check(held.entry).delete(held.entry.key);
  if (verdict !== "ack") {
    const failed = `A message of ${queue} failed ${value.attempts} times and is dropped`;
    if (deadLetterQueue === null) console.error(`${failed}: there is no dead_letter_queue`);
    else write.set(queueKey(deadLetterQueue, 0), { ...value, attempts: 0 });
  }
  await write.commit();
}

/** One batch; what its handler does not settle is done, or due again when the handler throws. */
async function consumeBatch(
  database: QueueDatabase,
  consumer: QueueConsumer,
  taken: readonly HeldMessage[],
  run: (messages: readonly unknown[]) => unknown,
): Promise<void> {
  let renewed: Promise<unknown> = Promise.resolve();
  const renewing = setInterval(() => {
    const moves = taken.map((held) => moveMessage(database, held, consumer.queue, queueLease));
    renewed = Promise.all(moves).catch(console.error);
  }, queueLease * 300);
  let rest: HeldMessage["verdict"] = "ack";
  try {
    await run(taken.map((held) => queueMessage(held, consumer.retryDelay)));
  } catch (error) {
    console.error((error as Error)?.stack ?? error);
    rest = { delaySeconds: consumer.retryDelay };
  } finally {
    clearInterval(renewing);
  }
  await renewed;
  for (const held of taken) {
    held.verdict ??= rest;
    await settleMessage(database, consumer, held);
  }
}

/** Takes messages of a queue for as long as the process lives. */
export async function consumeQueue(
  database: QueueDatabase,
  consumer: QueueConsumer,
  run: (messages: readonly unknown[]) => unknown,
): Promise<void> {
  for (;;) {
    let taken: readonly HeldMessage[] = [];
    try {
      taken = await takeMessages(database, consumer);
      if (taken.length > 0) await consumeBatch(database, consumer, taken, run);
    } catch (error) {
      // What was taken is due again when its lease is over.
      console.error((error as Error)?.stack ?? error);
    }
    if (taken.length === 0) await new Promise((resolve) => setTimeout(resolve, queuePause));
  }
}
