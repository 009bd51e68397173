// Resources that exist in, a loopback server that answers wrangler 4.86 as Cloudflare's API out.
// It keeps what it is given. Its answers are inferred from the fields wrangler reads.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Fault, faultFor } from "./faults";
import { queueNamed, queueRoutes } from "./queues";
import { ApiError, type FakeRequest, type Route, type State } from "./state";
import { openStores, storeRoutes } from "./stores";
import { addWorker, workerRoutes } from "./workers";

/** The server, and what it has been given so far. */
export interface FakeCloudflare extends Omit<State, "now"> {
  /** For `CLOUDFLARE_API_BASE_URL`. */
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  /** For what a test wants to be there before. */
  readonly state: State;
  /** What will go wrong: the first that fits a request is used up by it. */
  readonly faults: Fault[];
  /** Environment for tools that are to talk to this server alone. */
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds that every answer takes. */
  latency: number;
  /** A worker that is there, with these secrets, deployed with a message. */
  deploy(name: string, secrets: Readonly<Record<string, string>>, message?: string): void;
  /** True once nobody is connected any more; false when someone still is after two seconds. */
  idle(): Promise<boolean>;
  close(): Promise<void>;
}

const routes: readonly Route[] = [
  ["GET", "/memberships", ({ accounts }) => accounts.map((account) => ({ account }))],
  ["GET", "/user/tokens/verify", () => ({ id: "token", status: "active" })],
  ...workerRoutes,
  ...queueRoutes,
  ...storeRoutes,
];

async function answer(state: State, request: FakeRequest): Promise<unknown> {
  if (state.forbidden.some((path) => path.test(request.path))) {
    throw new ApiError(403, 10000, "Authentication error");
  }
  for (const [method, pattern, respond] of routes) {
    const match = new RegExp(`^${pattern}$`).exec(request.path);
    if (match !== null && method === request.method) {
      return respond(state, request, ...match.slice(1).map(decodeURIComponent));
    }
  }
  throw new ApiError(404, 7000, `No route for ${request.method} ${request.path}`);
}

const token = "token-of-a-test";

async function readRequest(incoming: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "/", "http://localhost");
  return {
    method: incoming.method ?? "",
    path: url.pathname.replace(/^\/client\/v4(\/accounts\/[^/]+)?/, ""),
    query: url.searchParams,
    account: /\/accounts\/([^/]+)/.exec(url.pathname)?.[1],
    body: Buffer.concat(chunks),
    contentType: incoming.headers["content-type"] ?? "",
  };
}

function send(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

async function respond(
  state: State,
  { request, fault }: { readonly request: FakeRequest; readonly fault: Fault | undefined },
  { incoming, outgoing }: { incoming: IncomingMessage; outgoing: ServerResponse },
): Promise<void> {
  try {
    if (incoming.headers.authorization !== `Bearer ${token}`) {
      throw new ApiError(403, 10000, "Authentication error");
    }
    if (fault?.kind === "status") {
      if (fault.retryAfter !== undefined) outgoing.setHeader("Retry-After", fault.retryAfter);
      throw new ApiError(fault.status, fault.code, fault.message);
    }
    if (fault?.kind === "cut before") return void incoming.socket.destroy();
    if (fault?.kind === "silence") return;
    const result = await answer(state, request);
    if (fault?.kind === "cut after") return void incoming.socket.destroy();
    send(outgoing, 200, { success: true, errors: [], messages: [], result, result_info: {} });
  } catch (error) {
    const { status = 500, code = 0, message } = error as ApiError;
    const errors = [{ code, message }];
    send(outgoing, status, { success: false, errors, messages: [], result: null });
  }
}

function emptyState(queueNames: readonly string[]): State {
  let clock = Date.parse("2026-01-01T00:00:00Z");
  return {
    scripts: new Map(),
    queues: new Map(queueNames.map((name) => [name, queueNamed(name)])),
    buckets: new Set(),
    schedules: new Map(),
    secrets: new Map(),
    accounts: [{ id: "account", name: "The only account" }],
    forbidden: [],
    now() {
      clock += 1000;
      return new Date(clock).toISOString();
    },
    ...openStores(),
  };
}

/** Starts a server on which the given queues exist, and nothing else. */
export async function startFakeCloudflare(
  queueNames: readonly string[] = [],
): Promise<FakeCloudflare> {
  const state = emptyState(queueNames);
  const faults: Fault[] = [];
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    requests.push(request);
    if (fake.latency > 0) await new Promise((done) => setTimeout(done, fake.latency));
    const fault = faultFor(faults, request);
    await respond(state, { request, fault }, { incoming, outgoing });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`;
  const fake: FakeCloudflare = {
    ...state,
    url,
    requests,
    faults,
    state,
    latency: 0,
    env: {
      CLOUDFLARE_API_BASE_URL: url,
      CLOUDFLARE_API_TOKEN: token,
      CLOUDFLARE_ACCOUNT_ID: "account",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      CI: "true",
    },
    deploy: (name, secrets, message) => addWorker(state, name, secrets, message),
    async idle() {
      for (let tries = 0; tries < 40; tries++) {
        const count = await new Promise((done) => server.getConnections((_, open) => done(open)));
        if (count === 0) return true;
        await new Promise((done) => setTimeout(done, 50));
      }
      return false;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
  return fake;
}
