// A running workerd in, what its isolates still hold after a collection out (V8's inspector protocol).
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "undici";

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

interface Target {
  readonly id: string;
  readonly webSocketDebuggerUrl: string;
}

interface Session {
  readonly id: string;
  /** Sends a question and gives a function that has the answer once it is there. */
  ask(method: string): () => unknown;
  close(): void;
}

/** Sessions with all isolates of a workerd; ended by `close`. */
export interface Inspector {
  /**
   * Collects garbage everywhere, in the stores that Miniflare plays too: an isolate with little to
   * do collects late, and its garbage would look like a leak of the process. Does not wait, since
   * isolates that sleep collect when something wakes them.
   */
  collect(): void;
  /**
   * Bytes on a worker's heap, buffers included, that are in use after a collection.
   * @param wake makes the worker do something
   * @throws when the inspector does not answer
   */
  heapInUse(worker: string, wake: () => Promise<unknown>): Promise<number>;
  close(): void;
}

/** workerd has one session an isolate at a time. */
async function openSession({ id, webSocketDebuggerUrl }: Target): Promise<Session> {
  const socket = new WebSocket(webSocketDebuggerUrl);
  const replies = new Map<number, unknown>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const reply = JSON.parse(data) as { readonly id?: number; readonly result: unknown };
    if (reply.id !== undefined) replies.set(reply.id, reply.result);
  });
  await once(socket, "open", { signal: AbortSignal.timeout(10_000) });
  return {
    id,
    ask(method) {
      const own = ++last;
      socket.send(JSON.stringify({ id: own, method, params: {} }));
      return () => replies.get(own);
    },
    close: () => socket.close(),
  };
}

async function answered(session: Session, method: string, wake: () => Promise<unknown>) {
  const answer = session.ask(method);
  for (let tries = 0; tries < 500 && answer() === undefined; tries++) {
    await wake();
    await wait(10);
  }
  if (answer() === undefined) throw new Error(`The inspector does not answer ${method}`);
  return answer();
}

/** @param url where workerd's inspector listens */
export async function openInspector(url: URL): Promise<Inspector> {
  const response = await fetch(`http://${url.host}/json/list`);
  const targets = (await response.json()) as readonly Target[];
  const sessions = await Promise.all(targets.map(openSession));
  return {
    collect() {
      for (const session of sessions) session.ask("HeapProfiler.collectGarbage");
    },
    async heapInUse(worker, wake) {
      const session = sessions.find(({ id }) => id === `core:user:${worker}`);
      if (!session) throw new Error(`No isolate of ${worker}`);
      await answered(session, "HeapProfiler.collectGarbage", wake);
      const usage = (await answered(session, "Runtime.getHeapUsage", wake)) as HeapUsage;
      return usage.usedSize + usage.backingStorageSize;
    },
    close() {
      for (const session of sessions) session.close();
    },
  };
}
