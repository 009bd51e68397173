// Ten thousand messages through a consumer whose workerd is killed in the middle of batches.
//
// The queue of workerd's local broker lives in the memory of the very process that is killed, so the
// broker is this one: it keeps messages and settles them by the rules of Cloudflare's queues
// (developers.cloudflare.com/queues/configuration/batching-retries), and what was done with them is
// noted by a server of this process. What is proven is the consumer's part: that a batch counts as
// done only when the work for it is.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Miniflare } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";

jest.setTimeout(120_000);

const program = `edge "jobs" {
  env LEDGER
  queue JOBS
  consume JOBS fn(messages) {
    for part in chunk(messages, 10) {
      [late, ready] = partition(part, fn(message) message.body.id % 100 == 7 and message.attempts == 1)
      for message in late { message.retry({ delaySeconds: 1 }) }
      ids = map(ready, fn(message) message.body.id)
      await fetch("{LEDGER}/{ids.join(",")}")
    }
  }
}`;

interface Message {
  readonly id: string;
  readonly timestamp: Date;
  readonly attempts: number;
  readonly body: { readonly id: number };
}

/** What a consumer told of a batch; its type comes with Cloudflare's global types. */
interface Outcome {
  readonly outcome: string;
  readonly ackAll: boolean;
  readonly retryBatch: { readonly retry: boolean };
  readonly explicitAcks: readonly string[];
  readonly retryMessages: readonly { readonly msgId: string }[];
}

/** The messages of a batch that come again, one attempt on; null stands for no answer at all. */
function unsettled(batch: readonly Message[], outcome: Outcome | null): Message[] {
  const again = (message: Message): boolean => {
    if (outcome === null || outcome.explicitAcks.includes(message.id)) return outcome === null;
    if (outcome.outcome !== "ok" || outcome.retryBatch.retry) return true;
    return outcome.retryMessages.some(({ msgId }) => msgId === message.id);
  };
  return batch.filter(again).map((message) => ({ ...message, attempts: message.attempts + 1 }));
}

/** Processes of workerd that this one has started. */
function workerds(): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return table.split("\n").flatMap((line) => {
    const [pid, parent, ...command] = line.trim().split(/\s+/);
    return Number(parent) === process.pid && /workerd/.test(command.join(" ")) ? [Number(pid)] : [];
  });
}

function optionsOf(ledger: string) {
  const [worker] = compile(program, { fileName: "shop.tova" }).workers;
  if (!worker) throw new Error("no worker");
  return {
    cf: false,
    name: "jobs",
    modules: [{ type: "ESModule" as const, path: worker.fileName, contents: worker.code }],
    compatibilityDate: defaultCompatibilityDate,
    bindings: { LEDGER: ledger },
  } as ConstructorParameters<typeof Miniflare>[0];
}

test("every message is done at least once, whenever workerd dies", async () => {
  const done = new Map<number, number>();
  let kill: (() => void) | null = null;
  const ledger = createServer((request, response) => {
    const ids = request.url?.slice(1).split(",").map(Number) ?? [];
    for (const id of ids) done.set(id, (done.get(id) ?? 0) + 1);
    response.end();
    // In the middle of its batch: some of its messages are done, others are not.
    if (kill && ids.some((id) => id % 100 === 42)) kill();
  });
  await once(ledger.listen(0, "127.0.0.1"), "listening");
  const options = optionsOf(`http://127.0.0.1:${(ledger.address() as AddressInfo).port}`);

  const killed: number[] = [];
  const dying = () => {
    kill = null;
    for (const pid of workerds()) {
      killed.push(pid);
      process.kill(pid, "SIGKILL");
    }
  };
  let miniflare = new Miniflare(options);
  const before = new Date();
  let waiting = Array.from({ length: 10_000 }, (_, id): Message => {
    return { id: `m${id}`, timestamp: before, attempts: 1, body: { id } };
  });
  let lost = 0;
  for (let batches = 0; waiting.length > 0; batches++) {
    if (batches % 25 === 10 && killed.length < 3) kill = dying;
    const batch = waiting.slice(0, 100);
    const target = (await miniflare.getWorker("jobs")) as unknown as {
      queue(name: string, messages: readonly Message[]): Promise<Outcome>;
    };
    const outcome = await target.queue("jobs", batch).catch(() => null);
    waiting = [...waiting.slice(100), ...unsettled(batch, outcome)];
    if (outcome !== null) continue;
    lost++;
    await miniflare.dispose().catch(() => undefined);
    miniflare = new Miniflare(options);
  }
  await miniflare.dispose();
  ledger.closeAllConnections();
  ledger.close();

  expect(killed).toHaveLength(3);
  expect(new Set(killed).size).toBe(3);
  expect(lost).toBe(3);
  expect(done.size).toBe(10_000);
  // The batches that died were half done, and came again as a whole.
  const twice = [...done.values()].filter((times) => times > 1).length;
  expect(twice).toBeGreaterThan(0);
  expect(twice).toBeLessThanOrEqual(300);
});
