// A row of the conformance table: what is sent to a worker, and what must come back.
import type { TargetName } from "tova-codegen";
import type { Feature } from "./runtime";

/** What a client does next: sends bytes (one a character), sends zeros, waits, or hangs up. */
export type Step =
  | string
  | { readonly zeros: number }
  | { readonly wait: number }
  | { readonly hangUp: true };

/** A response; what is not named may be anything. */
export interface Answer {
  readonly status: number | readonly number[];
  /** Null: the header must not be there. A list: the header so often, in this order. */
  readonly headers?: Readonly<Record<string, string | RegExp | null | readonly string[]>>;
  readonly text?: string | RegExp;
  readonly json?: unknown;
}

export interface Row {
  readonly name: string;
  readonly send: string | readonly Step[];
  /** In order; none when the client does not wait for one. */
  readonly gives: Answer | readonly Answer[];
  readonly needs?: readonly Feature[];
  /**
   * What comes instead where a platform answers by itself, or hands the worker something else. None:
   * the server closes the connection without a word.
   */
  readonly platform?: Partial<Readonly<Record<TargetName, Answer | readonly Answer[]>>>;
  /** What the worker's log must then say. */
  readonly log?: string;
  /** Bytes by which the worker's memory may grow meanwhile. */
  readonly memory?: number;
}

/** Rows about one thing, all sent to one worker. */
export interface Group {
  readonly name: string;
  /** What stands around the block. */
  readonly around?: string;
  /** The members of the edge block. */
  readonly edge: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What a build for a target says that has nothing of what all of its rows need. */
  readonly refused?: string;
  /** Resolves when its rows may be sent. */
  readonly ready?: () => Promise<unknown>;
  readonly rows: readonly Row[];
}

interface Parts {
  /** Lines, `Name: value`. */
  readonly headers?: readonly string[];
  /** Text becomes UTF-8; its length is sent with it. */
  readonly body?: string | Uint8Array;
}

/** The bytes of a request as a usual client sends it: `send("GET /a", { headers: ["X-A: b"] })`. */
export function send(line: string, { headers = [], body }: Parts = {}): string {
  const bytes = body === undefined ? undefined : Buffer.from(body);
  const length = bytes === undefined ? [] : [`Content-Length: ${bytes.length}`];
  const head = [`${line} HTTP/1.1`, "Host: contract.example", ...headers, ...length, "", ""];
  return head.join("\r\n") + (bytes?.toString("latin1") ?? "");
}

/** The bytes of a text, one a character. */
export const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

/** An answer in JSON. */
export const json = (
  value: unknown,
  status: Answer["status"] = 200,
  headers: Answer["headers"] = {},
): Answer => ({ status, json: value, headers: { "Content-Type": "application/json", ...headers } });

/** An answer in text. */
export const text = (
  value: string | RegExp,
  status: Answer["status"] = 200,
  headers: Answer["headers"] = {},
): Answer => ({ status, text: value, headers });

/** The answer where no route is, in JSON on Lambda and in text elsewhere (spec 11.2). */
const refusal = (
  message: string,
  status: number,
  headers: Answer["headers"] = {},
): Pick<Row, "gives" | "platform"> => ({
  gives: text(message, status, { "Content-Type": /: text\/plain; ?charset=utf-8$/i, ...headers }),
  platform: { lambda: json({ error: message }, status, headers) },
});

export const notFound = (headers: Answer["headers"] = {}) => refusal("Not Found", 404, headers);
/** The path has routes, of these methods. */
export const notAllowed = (Allow: string) => refusal("Method Not Allowed", 405, { Allow });

/** What an error says to whom it is no business of. */
export const failed = json({ error: "Internal Server Error" }, 500);
