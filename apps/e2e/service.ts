// What an app talks to: a server on this machine that answers as a test says and keeps what came.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface Service {
  readonly url: string;
  close(): void;
}

/** Starts a server on a free port; `answer` gets each request with its body, read as JSON. */
export async function startService(
  answer: (request: IncomingMessage, body: unknown) => Answer,
): Promise<Service> {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { status = 200, headers, body } = answer(request, text === "" ? null : JSON.parse(text));
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
