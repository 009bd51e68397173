// A worker of a running workerd in, what its JavaScript still holds after a collection out.
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "undici";

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

interface Reply {
  readonly id?: number;
  readonly result: unknown;
}

/** Asks over V8's inspector protocol. workerd may leave an isolate asleep that nobody else wakes. */
function createAsker(socket: WebSocket, wake: () => Promise<unknown>) {
  const replies = new Map<number, unknown>();
  let last = 0;
  socket.addEventListener("message", ({ data }) => {
    const { id, result } = JSON.parse(data) as Reply;
    if (id !== undefined) replies.set(id, result);
  });
  return async (method: string): Promise<unknown> => {
    const id = ++last;
    socket.send(JSON.stringify({ id, method, params: {} }));
    for (let tries = 0; tries < 500 && !replies.has(id); tries++) {
      await wake();
      await wait(10);
    }
    if (!replies.has(id)) throw new Error(`workerd's inspector does not answer ${method}`);
    return replies.get(id);
  };
}

/**
 * Bytes on a worker's heap, buffers included, that are in use after a collection.
 * @param inspector where the inspector listens
 * @param wake makes the worker do something
 * @throws when the inspector does not answer
 */
export async function heapInUse(inspector: URL, worker: string, wake: () => Promise<unknown>) {
  const socket = new WebSocket(`ws://${inspector.host}/core:user:${worker}`);
  try {
    await once(socket, "open", { signal: AbortSignal.timeout(10_000) });
    const ask = createAsker(socket, wake);
    await ask("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize } = (await ask("Runtime.getHeapUsage")) as HeapUsage;
    return usedSize + backingStorageSize;
  } finally {
    socket.close();
  }
}
