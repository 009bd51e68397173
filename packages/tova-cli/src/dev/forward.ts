// A request to one worker's port in, the answer of that worker where it runs out.
import { type IncomingMessage, request, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";

/** How Miniflare's entry worker is told which worker a request is for. */
const workerHeader = "MF-Route-Override";

/** Of one connection only (RFC 9110, 7.6.1), or, for `expect`, answered by this server. */
const hopHeaders = new Set(["connection", "keep-alive", "proxy-connection", "expect"]);

/** Of an answer, whose body is not in chunks here. */
const isOfOneHop = (name: string): boolean => hopHeaders.has(name) || name === "transfer-encoding";

/** Name and value by turns, as Node gives them; the order and repeated names stay. */
function keptHeaders(raw: readonly string[], drop: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at] ?? "";
    if (!drop(name.toLowerCase())) kept.push(name, raw[at + 1] ?? "");
  }
  return kept;
}

/** Where a request goes. */
export interface Target {
  readonly url: URL;
  /** Its name in Miniflare; null for a server that is one worker. */
  readonly worker: string | null;
}

function openUpstream(incoming: IncomingMessage, target: Target, keepHops: boolean) {
  const drop = (name: string) => name.startsWith("mf-") || (!keepHops && hopHeaders.has(name));
  return request({
    host: target.url.hostname,
    port: target.url.port,
    method: incoming.method ?? "GET",
    path: incoming.url ?? "/",
    // A kept connection might lead to the workerd of before a reload.
    agent: false,
    // The worker sees the host its user asked for, and so the URL.
    headers: [
      ...keptHeaders(incoming.rawHeaders, drop),
      ...(target.worker === null ? [] : [workerHeader, target.worker]),
    ],
  });
}

/** Passes a request on and streams the answer back; resolves when both have ended. */
export async function forwardRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: Target,
): Promise<void> {
  const upstream = openUpstream(incoming, target, false);
  outgoing.once("close", () => upstream.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once("response", resolve).once("error", reject);
  });
  incoming.pipe(upstream);
  try {
    const answer = await answered;
    const headers = keptHeaders(answer.rawHeaders, isOfOneHop);
    outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, headers);
    await pipeline(answer, outgoing);
  } catch {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { "Content-Type": "text/plain" }).end("The worker has ended.\n");
  }
}

/** Passes a WebSocket on; resolves when it has been opened or refused. */
export async function forwardUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: Target,
): Promise<void> {
  const upstream = openUpstream(incoming, target, true);
  const headOf = ({ statusCode, statusMessage }: IncomingMessage, headers: readonly string[]) => {
    const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
    for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
    return `${lines.join("\r\n")}\r\n\r\n`;
  };
  await new Promise<void>((resolve) => {
    upstream.once("upgrade", (answer: IncomingMessage, other: Socket, otherHead: Buffer) => {
      socket.write(headOf(answer, answer.rawHeaders));
      socket.write(otherHead);
      other.write(head);
      // Either end going away ends the other; there is nobody left to tell of an error.
      pipeline(socket, other, socket).catch(() => undefined);
      resolve();
    });
    upstream.once("response", (answer) => {
      // Its body comes without the chunks that it had on the way here, and ends with the connection.
      const kept = keptHeaders(answer.rawHeaders, isOfOneHop);
      socket.write(headOf(answer, [...kept, "Connection", "close"]));
      pipeline(answer, socket).catch(() => undefined);
      resolve();
    });
    upstream.once("error", () => {
      socket.destroy();
      resolve();
    });
    upstream.end();
  });
}
