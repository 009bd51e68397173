// The texts of many programs in, what is known of each out; many of them are shared out to threads.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Inspection, type InspectOptions, inspect } from "./inspect";

/** What came of one program; `reason` of a failure of the compiler itself, in one line. */
export type Inspected =
  | { readonly inspection: Inspection; readonly reason: null }
  | { readonly inspection: null; readonly reason: string };

/** A program on its way to a thread, or what became of it on its way back. */
export interface Message<T> {
  readonly at: number;
  readonly content: T;
}

/** Until a thread has loaded the compiler and is warm, some seventy programs are done without it. */
const programsPerThread = 100;

/** On the way to one thread at a time, so that it never waits for the next. */
const ahead = 4;

/** Inspects one program. Never throws. */
export async function tryInspect(options: InspectOptions): Promise<Inspected> {
  try {
    return { inspection: await inspect(options), reason: null };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { inspection: null, reason: text.split("\n", 1)[0] ?? "" };
  }
}

/** Takes programs one by one until there are none left, or the thread ends. */
function inspectInThread(
  take: () => Message<InspectOptions> | undefined,
  done: (message: Message<Inspected>) => void,
): Promise<void> {
  const thread = new Worker(require.resolve("tova-cli/inspect-thread"));
  let open = 0;
  return new Promise((resolve) => {
    const send = () => {
      const next = take();
      if (next !== undefined) thread.postMessage(next);
      else if (--open === 0) void thread.terminate();
    };
    thread.on("message", (message: Message<Inspected>) => {
      done(message);
      send();
    });
    // What a thread that dies leaves undone is done by the caller.
    thread.on("error", () => undefined);
    thread.on("exit", () => resolve());
    open = ahead;
    for (let slot = 0; slot < ahead; slot++) send();
  });
}

/**
 * Inspects programs, in the order given. Shows nothing and never throws.
 * @param parallelism threads at most @default the machine's cores
 */
export async function inspectAll(
  programs: readonly InspectOptions[],
  parallelism: number = availableParallelism(),
): Promise<readonly Inspected[]> {
  const results: Inspected[] = [];
  let taken = 0;
  const take = () => {
    const content = programs[taken];
    return content === undefined ? undefined : { at: taken++, content };
  };
  const threads = Math.min(parallelism, Math.floor(programs.length / programsPerThread));
  if (threads > 1) {
    const done = ({ at, content }: Message<Inspected>) => {
      results[at] = content;
    };
    await Promise.all(Array.from({ length: threads }, () => inspectInThread(take, done)));
  }
  for (const [at, options] of programs.entries()) results[at] ??= await tryInspect(options);
  return results;
}
