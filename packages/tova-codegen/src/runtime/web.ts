// Requests to other servers → their answers as Results (spec 14: `http.x`).
import { describe, Err, Ok, type Result } from "./result";

/** An answer; `body` is the value that JSON holds, or the text. */
export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What a request is made of beside its address. */
export interface RequestOptions extends Omit<RequestInit, "body" | "headers"> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts and bytes as they are; other values as JSON. */
  readonly body?: unknown;
  /** Milliseconds until the request is given up. */
  readonly timeout?: number;
}

const isRaw = (body: unknown): boolean =>
  body == null ||
  typeof body === "string" ||
  /(Array|ArrayBuffer|Blob|FormData|URLSearchParams|ReadableStream)\]$/.test(
    Array.isArray(body) ? "" : Object.prototype.toString.call(body),
  );

function initOf({ headers, body, timeout, ...rest }: RequestOptions): RequestInit {
  const raw = isRaw(body);
  const type = raw ? {} : { "Content-Type": "application/json" };
  return {
    ...rest,
    headers: { ...type, ...headers },
    ...(body == null
      ? {}
      : { body: raw ? (body as NonNullable<RequestInit["body"]>) : JSON.stringify(body) }),
    ...(timeout === undefined ? {} : { signal: AbortSignal.timeout(timeout) }),
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, ok } = response;
  const headers = new Map<string, string>();
  response.headers.forEach((_, name) => {
    // Of several cookies each comes alone here.
    headers.set(name, response.headers.get(name) ?? "");
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(headers.get("content-type") ?? "") && text !== "";
  return {
    status,
    ok,
    headers: Object.fromEntries(headers),
    body: isJson ? JSON.parse(text) : text,
  };
}

/** `Ok` of any answer, also one like 404; `Err` of the message when there is none. */
export async function httpRequest(
  url: string | URL,
  options: RequestOptions = {},
): Promise<Result<Answer>> {
  try {
    return Ok(await answerOf(await fetch(url, initOf(options))));
  } catch (error) {
    return Err(describe(error));
  }
}

/** Asks for what is at an address. */
export function httpGet(url: string | URL, options?: RequestOptions): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "GET" });
}

/** Sends a body, as JSON unless it is a text or bytes. */
export function httpPost(
  url: string | URL,
  body?: unknown,
  options?: RequestOptions,
): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "POST", body });
}

/** {@link httpPost} as PUT. */
export function httpPut(
  url: string | URL,
  body?: unknown,
  options?: RequestOptions,
): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "PUT", body });
}

/** {@link httpPost} as PATCH. */
export function httpPatch(
  url: string | URL,
  body?: unknown,
  options?: RequestOptions,
): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "PATCH", body });
}

/** Asks to delete what is at an address. */
export function httpDelete(url: string | URL, options?: RequestOptions): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "DELETE" });
}

/** Asks for the headers alone. */
export function httpHead(url: string | URL, options?: RequestOptions): Promise<Result<Answer>> {
  return httpRequest(url, { ...options, method: "HEAD" });
}
