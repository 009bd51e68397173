// A worker of a running workerd in, what its JavaScript still holds after a collection out.
import { WebSocket } from "undici";

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

/** workerd answers a collection only when something else is asked. */
const methods = ["HeapProfiler.enable", "HeapProfiler.collectGarbage", "Runtime.getHeapUsage"];

/**
 * Bytes on a worker's heap, buffers included, that are in use (V8's inspector protocol).
 * @param inspector where the inspector listens
 * @throws when the inspector does not answer within ten seconds
 */
export async function heapInUse(inspector: URL, worker: string): Promise<number> {
  const socket = new WebSocket(`ws://${inspector.host}/core:user:${worker}`);
  const usage = new Promise<number>((resolve, reject) => {
    AbortSignal.timeout(10_000).onabort = () => reject(new Error(`No heap of ${worker}`));
    socket.onerror = () => reject(new Error(`No inspector of ${worker}`));
    socket.onopen = () => {
      methods.forEach((method, id) => {
        socket.send(JSON.stringify({ id, method, params: {} }));
      });
    };
    socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(data) as { id?: number; result: HeapUsage };
      if (id === methods.length - 1) resolve(result.usedSize + result.backingStorageSize);
    };
  });
  return usage.finally(() => socket.close());
}
