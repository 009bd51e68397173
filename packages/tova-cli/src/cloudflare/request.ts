// A request to Cloudflare's API in, its answer out; asks again where that may help.
import { setTimeout as sleep } from "node:timers/promises";

/** What is asked. */
export interface ApiRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON by POST; a GET without one. */
  readonly body?: unknown;
  /** Longest wait for one answer. */
  readonly timeoutMs: number;
}

/** What came of it: a result, or why there is none. */
export type ApiReply =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      /** Null when there was no answer at all. */
      readonly status: number | null;
      /** Cloudflare's own number for what is wrong. */
      readonly code: number | null;
      readonly reason: string;
    };

type Failure = Extract<ApiReply, { ok: false }>;

const attempts = 3;
/** A longer wait than this is the user's to decide on. */
const longestPauseMs = 30_000;

const proxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/** The built-in fetch of Node 20 knows no proxies; undici itself takes 0.1 s to load. */
async function send(url: string, init: RequestInit): Promise<Response> {
  if (!proxyVariables.some((name) => process.env[name])) return fetch(url, init);
  const undici = await import("undici");
  const options = { ...init, dispatcher: new undici.EnvHttpProxyAgent() };
  return undici.fetch(url, options as object) as unknown as Promise<Response>;
}

/** Every answer of the API has this form (developers.cloudflare.com/api). */
interface Envelope {
  readonly success?: boolean;
  readonly result?: unknown;
  readonly errors?: readonly { readonly code: number; readonly message: string }[];
}

function readBody(text: string): Envelope | null {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    // A page of HTML from something between here and the API.
    return null;
  }
}

function silence(error: unknown, timeoutMs: number): Failure {
  const { name, cause, message } = error as Error & { cause?: { code?: string } };
  const reason =
    name === "TimeoutError"
      ? `no answer within ${timeoutMs / 1000} s`
      : `the connection failed (${cause?.code ?? message})`;
  return { ok: false, status: null, code: null, reason };
}

async function attempt({ url, headers, body, timeoutMs }: ApiRequest) {
  try {
    const response = await send(url, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status } = response;
    const answer = readBody(await response.text());
    if (response.ok && answer?.success !== false) {
      return { reply: { ok: true, result: answer?.result } as const, pauseMs: null };
    }
    const [error] = answer?.errors ?? [];
    const reason = (error?.message ?? `HTTP ${status}`).replace(/\.$/, "");
    const reply: Failure = { ok: false, status, code: error?.code ?? null, reason };
    return { reply, pauseMs: pauseAfter(status, response.headers.get("Retry-After")) };
  } catch (error) {
    return { reply: silence(error, timeoutMs), pauseMs: 200 };
  }
}

/** How long to wait before asking again; null when that would not help. */
function pauseAfter(status: number, retryAfter: string | null): number | null {
  if (status !== 429) return status >= 500 ? 200 : null;
  const seconds = Number(retryAfter ?? 1);
  // Else it is a date, which says the same in another form.
  const pause = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(retryAfter ?? "") - Date.now();
  return pause <= longestPauseMs ? Math.max(pause, 0) : null;
}

/**
 * Asks up to three times: after no answer, a fault of the server, or 429 with a short Retry-After.
 * Only for what may be asked twice. Never throws.
 */
export async function askTheApi(request: ApiRequest): Promise<ApiReply> {
  for (let count = 1; ; count++) {
    const { reply, pauseMs } = await attempt(request);
    if (reply.ok || pauseMs === null || count === attempts) return reply;
    await sleep(pauseMs * (reply.status === 429 ? 1 : count));
  }
}
