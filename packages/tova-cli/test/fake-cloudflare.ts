// Resources that exist in, a loopback server that answers wrangler 4.86 as Cloudflare's API out.
// It keeps what it is given. Its answers are inferred from the fields wrangler reads.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Fault, faultFor } from "./fake-faults";
import { type FakeDatabase, type FakeStores, openStores, storeRoutes } from "./fake-stores";

/** A request as wrangler made it. */
export interface FakeRequest {
  readonly method: string;
  /** Below `/accounts/<id>`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Id of the account in the path, if any. */
  readonly account: string | undefined;
  readonly body: Buffer;
  readonly contentType: string;
}

/** A worker's last upload. */
export interface FakeScript {
  readonly metadata: {
    readonly main_module: string;
    readonly bindings: readonly Record<string, unknown>[];
    readonly compatibility_date: string;
  };
  /** Text of each uploaded module by its name. */
  readonly modules: Readonly<Record<string, string>>;
  readonly uploads: number;
}

/** A queue and who reads it. */
export interface FakeQueue {
  readonly queue_id: string;
  readonly queue_name: string;
  readonly consumers: Record<string, unknown>[];
}

/** The server and what it has been given so far. */
export interface FakeCloudflare {
  /** For `CLOUDFLARE_API_BASE_URL`. */
  readonly url: string;
  readonly requests: readonly FakeRequest[];
  readonly scripts: ReadonlyMap<string, FakeScript>;
  readonly queues: ReadonlyMap<string, FakeQueue>;
  readonly buckets: ReadonlySet<string>;
  /** Cron expressions by worker. */
  readonly schedules: ReadonlyMap<string, readonly string[]>;
  /** Values by worker and name, from uploads with `--secrets-file` and from `secret put`. */
  readonly secrets: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Ids of KV namespaces by title. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** By name. */
  readonly databases: ReadonlyMap<string, FakeDatabase>;
  /** For what a test wants to be there before. */
  readonly stores: FakeStores;
  /** What will go wrong: the first that fits a request is used up by it. */
  readonly faults: Fault[];
  /** Environment for a wrangler that is to talk to this server alone. */
  readonly env: Readonly<Record<string, string>>;
  /** A worker that is there, with these secrets. */
  deploy(name: string, secrets: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** An answer that is an error. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Everything the server remembers. */
export interface State extends FakeStores {
  scripts: Map<string, FakeScript>;
  queues: Map<string, FakeQueue>;
  buckets: Set<string>;
  schedules: Map<string, string[]>;
  secrets: Map<string, Map<string, string>>;
}

/** Answers one route; the names are the parts of its path. */
export type Answer = (state: State, request: FakeRequest, ...names: string[]) => unknown;

const missingScript = () => new ApiError(404, 10007, "This Worker does not exist on your account.");

function existing(state: State, name: string): FakeScript {
  const script = state.scripts.get(name);
  if (script === undefined) throw missingScript();
  return script;
}

function storeBindings(state: State, name: string, metadata: FakeScript["metadata"]): void {
  const kept = state.secrets.get(name) ?? new Map<string, string>();
  for (const binding of metadata.bindings) {
    const bound = String(binding.name);
    if (/^TODO/.test(String(binding.namespace_id ?? binding.id ?? ""))) {
      throw new ApiError(400, 10021, `binding ${bound} must have a valid \`id\` specified`);
    }
    if (binding.type === "inherit" && !kept.has(bound)) {
      throw new ApiError(400, 10057, `inherit binding '${bound}' is invalid`);
    }
    if (binding.type === "secret_text") kept.set(bound, String(binding.text));
  }
  state.secrets.set(name, kept);
}

async function upload(state: State, request: FakeRequest, name: string): Promise<unknown> {
  const headers = { "content-type": request.contentType };
  const form = await new Response(new Uint8Array(request.body), { headers }).formData();
  const metadata = JSON.parse(String(form.get("metadata"))) as FakeScript["metadata"];
  const modules: Record<string, string> = {};
  for (const [part, value] of form) {
    if (part !== "metadata") modules[part] = typeof value === "string" ? value : await value.text();
  }
  storeBindings(state, name, metadata);
  const uploads = (state.scripts.get(name)?.uploads ?? 0) + 1;
  state.scripts.set(name, { metadata, modules, uploads });
  const id = `00000000-0000-4000-8000-${String(uploads).padStart(12, "0")}`;
  return {
    id,
    etag: "etag",
    deployment_id: id.replaceAll("-", ""),
    startup_time_ms: 1,
    resources: { script: { etag: "etag" } },
  };
}

function service(state: State, _request: FakeRequest, name: string): unknown {
  existing(state, name);
  const script = { id: name, tag: "tag", tags: [], last_deployed_from: "wrangler" };
  return { id: name, default_environment: { environment: "production", script } };
}

function listedQueues(state: State, { query }: FakeRequest): unknown {
  const wanted = query.getAll("name");
  return [...state.queues.values()].filter(
    ({ queue_name }) => wanted.length === 0 || wanted.includes(queue_name),
  );
}

function putConsumer(state: State, { body }: FakeRequest, queueId: string, id?: string): unknown {
  const queue = [...state.queues.values()].find(({ queue_id }) => queue_id === queueId);
  if (queue === undefined) throw new ApiError(404, 11000, "Queue does not exist.");
  const given = JSON.parse(body.toString()) as Record<string, unknown>;
  const consumer = {
    ...given,
    script: given.script_name,
    consumer_id: id ?? `consumer-${queue.consumers.length + 1}`,
  };
  const at = queue.consumers.findIndex(({ consumer_id }) => consumer_id === consumer.consumer_id);
  queue.consumers.splice(at < 0 ? queue.consumers.length : at, 1, consumer);
  return consumer;
}

function putSchedules(state: State, { body }: FakeRequest, name: string): unknown {
  const schedules = JSON.parse(body.toString()) as { cron: string }[];
  state.schedules.set(
    name,
    schedules.map(({ cron }) => cron),
  );
  return { schedules };
}

function bucket(state: State, _request: FakeRequest, name: string): unknown {
  if (!state.buckets.has(name)) throw new ApiError(404, 10006, "The bucket does not exist.");
  return { name };
}

function createBucket(state: State, { body }: FakeRequest): unknown {
  const { name } = JSON.parse(body.toString()) as { name: string };
  if (state.buckets.has(name) || state.hidden.has(name)) {
    throw new ApiError(
      409,
      10004,
      "The bucket you tried to create already exists, and you own it.",
    );
  }
  state.buckets.add(name);
  return { name };
}

function scriptSettings(state: State, _request: FakeRequest, name: string): unknown {
  const { bindings } = existing(state, name).metadata;
  const secrets = [...(state.secrets.get(name)?.keys() ?? [])];
  return {
    bindings: [
      ...bindings.filter(({ type }) => type !== "secret_text"),
      ...secrets.map((secret) => ({ type: "secret_text", name: secret })),
    ],
  };
}

/** What `secret bulk` sends: bindings without a text are to stay. */
async function patchSettings(state: State, request: FakeRequest, name: string): Promise<unknown> {
  existing(state, name);
  const headers = { "content-type": request.contentType };
  const form = await new Response(new Uint8Array(request.body), { headers }).formData();
  const { bindings } = JSON.parse(String(form.get("settings"))) as {
    bindings: { type: string; name: string; text?: string }[];
  };
  const before = state.secrets.get(name);
  const kept = bindings
    .filter(({ type }) => type === "secret_text")
    .map((one) => [one.name, one.text ?? before?.get(one.name) ?? ""] as const);
  state.secrets.set(name, new Map(kept));
  return { bindings: [] };
}

function listedSecrets(state: State, _request: FakeRequest, name: string): unknown {
  existing(state, name);
  const names = [...(state.secrets.get(name)?.keys() ?? [])];
  return names.map((secret) => ({ name: secret, type: "secret_text" }));
}

function createQueue(state: State, { body }: FakeRequest): unknown {
  const { queue_name: name } = JSON.parse(body.toString()) as { queue_name: string };
  if (state.queues.has(name)) {
    throw new ApiError(409, 11009, `Queue name '${name}' is already taken.`);
  }
  const queue = { queue_id: `id-of-${name}`, queue_name: name, consumers: [] };
  state.queues.set(name, queue);
  return queue;
}

/** Whatever a deployed worker answers the same to. */
const forExisting =
  (answer: unknown): Answer =>
  (state, _request, name) => {
    existing(state, name ?? "");
    return answer;
  };

const script = "/workers/scripts/([^/]+)";

const routes: readonly (readonly [string, string, Answer])[] = [
  ["GET", "/workers/services/([^/]+)", service],
  ["GET", "/workers/subdomain", () => ({ subdomain: "fake" })],
  ["PUT", script, upload],
  ["POST", `${script}/versions`, upload],
  ["GET", `${script}/deployments`, forExisting({ deployments: [] })],
  ["POST", `${script}/deployments`, forExisting({ id: "deployment" })],
  ["GET", `${script}/settings`, scriptSettings],
  ["PATCH", `${script}/settings`, patchSettings],
  ["GET", `${script}/secrets`, listedSecrets],
  ["PATCH", `${script}/script-settings`, forExisting({})],
  ["GET", `${script}/subdomain`, forExisting({ enabled: true, previews_enabled: false })],
  ["POST", `${script}/subdomain`, forExisting({ enabled: true, previews_enabled: false })],
  ["PUT", `${script}/schedules`, putSchedules],
  ["GET", "/r2/buckets/([^/]+)", bucket],
  ["GET", "/r2/buckets", (state) => ({ buckets: [...state.buckets].map((name) => ({ name })) })],
  ["POST", "/r2/buckets", createBucket],
  ["GET", "/queues", listedQueues],
  ["POST", "/queues", createQueue],
  ["POST", "/queues/([^/]+)/consumers", putConsumer],
  ["PUT", "/queues/([^/]+)/consumers/([^/]+)", putConsumer],
  ...storeRoutes,
];

async function answer(state: State, request: FakeRequest): Promise<unknown> {
  for (const [method, pattern, respond] of routes) {
    const match = new RegExp(`^${pattern}$`).exec(request.path);
    if (match !== null && method === request.method) {
      return respond(state, request, ...match.slice(1));
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

/** Starts a server on which the given queues exist, and nothing else. */
export async function startFakeCloudflare(queueNames: readonly string[]): Promise<FakeCloudflare> {
  const state: State = {
    scripts: new Map(),
    queues: new Map(
      queueNames.map((name) => [
        name,
        { queue_id: `id-of-${name}`, queue_name: name, consumers: [] },
      ]),
    ),
    buckets: new Set(),
    schedules: new Map(),
    secrets: new Map(),
    ...openStores(),
  };
  const faults: Fault[] = [];
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    requests.push(request);
    const send = (status: number, body: object) => {
      outgoing.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    };
    const fault = faultFor(faults, request);
    try {
      if (incoming.headers.authorization !== `Bearer ${token}`) {
        throw new ApiError(403, 10000, "Authentication error");
      }
      if (fault?.kind === "status") {
        if (fault.retryAfter !== undefined) outgoing.setHeader("Retry-After", fault.retryAfter);
        throw new ApiError(fault.status, fault.code, fault.message);
      }
      if (fault?.kind === "cut before") return void incoming.socket.destroy();
      const result = await answer(state, request);
      if (fault?.kind === "cut after") return void incoming.socket.destroy();
      send(200, { success: true, errors: [], messages: [], result, result_info: {} });
    } catch (error) {
      const { status = 500, code = 0, message } = error as ApiError;
      send(status, { success: false, errors: [{ code, message }], messages: [], result: null });
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/client/v4`;
  return {
    url,
    requests,
    faults,
    ...state,
    stores: state,
    env: {
      CLOUDFLARE_API_BASE_URL: url,
      CLOUDFLARE_API_TOKEN: token,
      CLOUDFLARE_ACCOUNT_ID: "account",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      CI: "true",
    },
    deploy(name, secrets) {
      const metadata = { main_module: "x.js", bindings: [], compatibility_date: "2025-01-01" };
      state.scripts.set(name, { metadata, modules: {}, uploads: 1 });
      state.secrets.set(name, new Map(Object.entries(secrets)));
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
      await state.closeDatabases();
    },
  };
}
