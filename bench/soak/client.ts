// Requests in; that each was answered as it should be, and the faults its answer names, out.
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent, fetch } from "undici";
import type { Abort, Ask } from "./traffic";

/**
 * A connection for each request: on a kept one a request may meet the server's closing, which is no
 * answer of anybody's.
 */
const dispatcher = new Agent({ pipelining: 0 });

/** What all clients saw together. */
export interface Seen {
  readonly statuses: Map<number, number>;
  /** Numbers of the faults that answers name. */
  readonly faults: Set<string>;
  /** Answers that were not as they should be, and requests without one. */
  readonly wrong: string[];
  readonly millis: number[];
  asked: number;
  aborted: number;
}

export const nothingSeen = (): Seen => ({
  statuses: new Map(),
  faults: new Set(),
  wrong: [],
  millis: [],
  asked: 0,
  aborted: 0,
});

/** The numbers of the faults that a text names. */
export const faultsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\(fault ([\w-]+)\)/g)].map(([, number = ""]) => number);

/** Statuses of what `on_error` of the two programs gives. */
const errorStatuses = [500, 503];
const patienceMs = 10_000;

function check(ask: Ask, status: number, body: string, seen: Seen): void {
  const faults = faultsIn(body);
  for (const number of faults) seen.faults.add(number);
  const isFault = faults.length > 0 && errorStatuses.includes(status);
  if (isFault) return;
  if (!ask.expects.includes(status)) {
    const { method = "GET" } = ask.init ?? {};
    seen.wrong.push(`${ask.worker} ${method} ${ask.path}: ${status} ${body.slice(0, 200)}`);
  } else if (status < 300) ask.use?.(body);
}

/** Sends a request and looks at its answer. */
export async function ask(urls: Readonly<Record<string, string>>, one: Ask, seen: Seen) {
  const start = performance.now();
  seen.asked += 1;
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(urls[one.worker] + one.path, { ...one.init, signal, dispatcher });
    const body = await response.text();
    seen.millis.push(performance.now() - start);
    seen.statuses.set(response.status, (seen.statuses.get(response.status) ?? 0) + 1);
    check(one, response.status, body, seen);
  } catch (error) {
    const { message, cause } = error as Error;
    seen.wrong.push(`${one.worker} ${one.path}: no answer: ${message} ${cause ?? ""}`);
  }
}

/** Begins a request and goes away. */
export async function abort(urls: Readonly<Record<string, string>>, one: Abort, seen: Seen) {
  const { hostname, port } = new URL(urls[one.worker] ?? "");
  const socket = connect(Number(port), hostname);
  socket.on("error", () => socket.destroy());
  socket.write(one.head);
  seen.aborted += 1;
  await wait(one.waitMs);
  socket.destroy();
}
