// Events in, what a Lambda function gives for each out, through the interface by which functions get them
// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** How a call ended. */
export type Invocation =
  | { readonly value: unknown }
  | { readonly error: string; readonly stack: string };

/** The interface on a port of loopback; made by {@link startRuntimeApi}. */
export interface RuntimeApi {
  /** For the function, as AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Resolves when the function asks for its first event; rejects when it could not be loaded. */
  readonly ready: Promise<void>;
  invoke(event: unknown): Promise<Invocation>;
  /** The function has ended: whoever waits for it, or calls it from now on, is told so. */
  end(): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly event: string;
  readonly done: (invocation: Invocation) => void;
}

/** How long a function may take, which it is told (the template's `Timeout`). */
const timeoutMs = 30_000;

const root = "/2018-06-01/runtime";

interface Failure {
  readonly errorMessage?: string;
  readonly stackTrace?: readonly string[];
}

function failureOf(text: string): { readonly error: string; readonly stack: string } {
  const { errorMessage = "it failed", stackTrace = [] } = JSON.parse(text) as Failure;
  return { error: errorMessage, stack: stackTrace.join("\n") || errorMessage };
}

/** Events that no function has taken, and functions that wait for one. */
function createExchange() {
  const events: Waiting[] = [];
  const pollers: ServerResponse[] = [];
  const taken = new Map<string, Waiting>();
  const over: Invocation = { error: "the function has ended", stack: "" };
  let isOver = false;
  const match = (): void => {
    while (events.length > 0 && pollers.length > 0) {
      const [waiting, poller] = [events.shift(), pollers.shift()];
      if (waiting === undefined || poller === undefined) return;
      taken.set(waiting.id, waiting);
      poller.writeHead(200, {
        "Content-Type": "application/json",
        "Lambda-Runtime-Aws-Request-Id": waiting.id,
        "Lambda-Runtime-Deadline-Ms": String(Date.now() + timeoutMs),
      });
      poller.end(waiting.event);
    }
  };
  return {
    add(event: unknown) {
      if (isOver) return Promise.resolve(over);
      return new Promise<Invocation>((done) => {
        events.push({ id: randomUUID(), event: JSON.stringify(event), done });
        match();
      });
    },
    poll(poller: ServerResponse) {
      pollers.push(poller);
      poller.once("close", () => {
        const at = pollers.indexOf(poller);
        if (at >= 0) pollers.splice(at, 1);
      });
      match();
    },
    finish(id: string, invocation: Invocation) {
      taken.get(id)?.done(invocation);
      taken.delete(id);
    },
    /** Who still waits will get no answer. */
    end() {
      isOver = true;
      for (const { done } of [...events, ...taken.values()]) done(over);
    },
  };
}

/** Starts the interface for one function. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const exchange = createExchange();
  let started = (_: unknown) => {};
  let failed = (_: Error) => {};
  const ready = new Promise<unknown>((resolve, reject) => {
    started = resolve;
    failed = reject;
  }).then(() => undefined);
  // Shown where it is awaited.
  ready.catch(() => undefined);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? "";
    if (path === `${root}/invocation/next`) {
      started(null);
      return exchange.poll(response);
    }
    const text = (await buffer(request)).toString();
    const [, id = "", kind] = /\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (kind === "response") exchange.finish(id, { value: text === "" ? null : JSON.parse(text) });
    else if (kind === "error") exchange.finish(id, failureOf(text));
    else if (path === `${root}/init/error`) {
      const { error, stack } = failureOf(text);
      failed(Object.assign(new Error(error), { stack }));
    } else response.statusCode = 404;
    response.statusCode = response.statusCode === 404 ? 404 : 202;
    response.end();
  };
  const server = createServer((request, response) => {
    // The function has gone in the middle of its answer, or sent none.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    invoke: exchange.add,
    end: exchange.end,
    async close() {
      exchange.end();
      server.closeAllConnections();
      server.close();
    },
  };
}
