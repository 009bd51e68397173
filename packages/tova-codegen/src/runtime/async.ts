// Functions and promises → their outcomes, together, in time or again (spec 14).
import { describe, Err, Ok, type Result } from "./result";

type Task<T> = PromiseLike<T> | (() => T | PromiseLike<T>);

/** What was thrown, as text for errors and as it is for other values. */
function thrown(error: unknown): unknown {
  return error instanceof Error ? describe(error) : error;
}

/** `Ok` of what the function gives, `Err` of the message of what it throws. */
export function tryFn<T>(run: () => T): Result<T, unknown> {
  try {
    return Ok(run());
  } catch (error) {
    return Err(thrown(error));
  }
}

/** {@link tryFn} for a function that gives a promise, or for a promise. */
export async function tryAsync<T>(task: Task<T>): Promise<Result<T, unknown>> {
  try {
    return Ok(await started(task));
  } catch (error) {
    return Err(thrown(error));
  }
}

async function started<T>(task: Task<T>): Promise<T> {
  return typeof task === "function" ? task() : task;
}

/** Waits for all promises or functions, which run together; rejects with the first failure. */
export function parallel<T>(tasks: Iterable<Task<T>>): Promise<T[]> {
  return Promise.all(Array.from(tasks, started));
}

/** The outcome of the first of the promises or functions to settle; null when there are none. */
export async function race<T>(tasks: Iterable<Task<T>>): Promise<T | null> {
  const all = Array.from(tasks, started);
  return all.length > 0 ? Promise.race(all) : null;
}

/** Waits. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The outcome of a promise or function, unless it takes longer. @throws Error after `ms` */
export async function timeout<T>(task: Task<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Timed out after ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([started(task), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How often and how fast {@link retry} tries. */
export interface RetryOptions {
  /** Calls at most. @default 3 */
  readonly times?: number;
  /** Milliseconds before the second call. @default 100 */
  readonly delay?: number;
  /** The delay grows by this factor; `true` doubles it. @default 1 */
  readonly backoff?: number | boolean;
}

/** Calls a function until it does not fail. @throws what the last call threw */
export async function retry<T>(run: () => T, options: RetryOptions = {}): Promise<Awaited<T>> {
  const { times = 3, delay = 100, backoff = 1 } = options;
  const factor = typeof backoff === "number" ? backoff : backoff ? 2 : 1;
  for (let call = 1; ; call++) {
    try {
      return await run();
    } catch (error) {
      if (call >= times) throw error;
    }
    await sleep(delay * factor ** (call - 1));
  }
}
