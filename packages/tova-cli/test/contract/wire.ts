// Bytes and pauses in, the HTTP responses that a server sends for them out.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Step } from "./row";

export interface Response {
  readonly status: number;
  /** In the order they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Whether each request of what is sent asks for the head only: what follows then is no body. */
function headOnly(sent: string): readonly boolean[] {
  return [...sent.matchAll(/^(\S+) +\S+ HTTP\/\d\.\d\r?$/gm)].map(
    ([, method]) => method === "HEAD",
  );
}

interface Read {
  readonly response: Response;
  readonly end: number;
}

function readChunks(bytes: Buffer, from: number): { body: Buffer; end: number } | null {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (Number.isNaN(size))
      throw new Error(`No chunk size: ${bytes.toString("latin1", at, lineEnd)}`);
    const end = lineEnd + 2 + size;
    if (bytes.length < end + 2) return null;
    if (size === 0) return { body: Buffer.concat(parts), end: end + 2 };
    parts.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
  }
}

/** One response from the start of the bytes (RFC 9112, 6.3); null while more has to come. */
function readResponse(bytes: Buffer, isHead: boolean, closed: boolean): Read | null {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const [first = "", ...lines] = bytes.toString("latin1", 0, headEnd).split("\r\n");
  const match = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(first);
  if (!match) throw new Error(`No response: ${JSON.stringify(first)}`);
  const status = Number(match[1]);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const from = headEnd + 4;
  const make = (body: Buffer, end: number): Read => ({ response: { status, headers, body }, end });
  if (isHead || status < 200 || status === 204 || status === 304)
    return make(Buffer.alloc(0), from);
  const field = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (/chunked/i.test(field("transfer-encoding") ?? "")) {
    const chunks = readChunks(bytes, from);
    return chunks && make(chunks.body, chunks.end);
  }
  const length = field("content-length");
  if (length === undefined) return closed ? make(bytes.subarray(from), bytes.length) : null;
  const end = from + Number(length);
  return bytes.length < end ? null : make(bytes.subarray(from, end), end);
}

async function write(socket: Socket, bytes: Buffer): Promise<void> {
  // Whoever has refused the rest is not sent it.
  if (socket.destroyed || socket.writableEnded) return;
  if (!socket.write(bytes)) await Promise.race([once(socket, "drain"), once(socket, "close")]);
}

const zeros = Buffer.alloc(256 * 1024);

async function play(socket: Socket, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === "string") await write(socket, Buffer.from(step, "latin1"));
    else if ("wait" in step) await wait(step.wait);
    else if ("hangUp" in step) socket.destroy();
    else {
      for (let left = step.zeros; left > 0 && !socket.destroyed; left -= zeros.length) {
        await write(socket, zeros.subarray(0, Math.min(left, zeros.length)));
      }
    }
  }
}

/** How long a server may be silent. */
const patienceMs = 20_000;

/** Collects responses as they come, those that only ask to go on (1xx) left out. */
function collect(socket: Socket, heads: readonly boolean[]) {
  const responses: Response[] = [];
  let rest = Buffer.alloc(0);
  const take = (closed: boolean) => {
    for (;;) {
      const read = readResponse(rest, heads[responses.length] ?? false, closed);
      if (!read) return;
      rest = rest.subarray(read.end);
      if (read.response.status >= 200) responses.push(read.response);
    }
  };
  socket.on("data", (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    take(false);
  });
  socket.on("close", () => take(true));
  return { responses, rest: () => rest };
}

/**
 * Sends the steps over a connection of its own and waits for so many responses.
 * @param count none where a step hangs up, or where the server has to
 * @throws when other bytes come than those of the responses, when there are fewer, or none in time
 */
export async function exchange(
  address: { readonly host: string; readonly port: number },
  steps: readonly Step[],
  count: number,
): Promise<readonly Response[]> {
  const socket = connect(address.port, address.host);
  const sent = steps.filter((step) => typeof step === "string").join("");
  const { responses, rest } = collect(socket, headOnly(sent));
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => socket.destroy());
  socket.setTimeout(patienceMs, () => socket.destroy());
  const complete = new Promise<void>((resolve) => {
    const check = () => responses.length >= count && resolve();
    socket.on("data", check).once("close", check);
  });
  try {
    await once(socket, "connect");
    const playing = play(socket, steps);
    const hangsUp = steps.some((step) => typeof step === "object" && "hangUp" in step);
    if (count > 0) await Promise.race([complete, closed]);
    else await (hangsUp ? playing : closed);
    // A body where none may be comes right behind its head.
    if (headOnly(sent).includes(true)) await wait(20);
    await playing;
  } finally {
    socket.destroy();
  }
  await closed;
  // Who has hung up has not counted what came.
  if (steps.some((step) => typeof step === "object" && "hangUp" in step)) return [];
  if (responses.length !== count || rest().length > 0) {
    const left = JSON.stringify(rest().toString("latin1").slice(0, 500));
    throw new Error(`${responses.length} responses instead of ${count}; then ${left}`);
  }
  return responses;
}
