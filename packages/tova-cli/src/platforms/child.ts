// A command line in, the process that it starts and that obeys `prelude.ts` out.
import type { ChildProcess, ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { LogEntry } from "./platform";
import { mark } from "./prelude";
import { spawnTool } from "./tool";

/** How a process is started and watched. */
export interface ChildRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  log(entry: LogEntry): void;
  /** Called when it ends before it is asked to. */
  ended(how: string): void;
}

/** A process that obeys; made by {@link startChild}. */
export interface Child {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** @throws Error with the stack that it gave, when the action threw there or it has ended */
  ask(action: string, given?: Readonly<Record<string, unknown>>): Promise<unknown>;
  stop(): Promise<void>;
}

/** A line that answers a question. */
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly stack?: string;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How long a process that was asked to end may take. */
const graceMs = 2000;

/** Lines that come in one piece are one entry: a stack trace stays together. */
function readLog(stream: Readable, level: LogEntry["level"], log: (entry: LogEntry) => void): void {
  let rest = "";
  const write = (text: string) => {
    if (text !== "") log({ level, message: text });
  };
  stream.setEncoding("utf8");
  stream.on("data", (piece: string) => {
    const text = rest + piece;
    const end = text.lastIndexOf("\n");
    rest = text.slice(end + 1);
    if (end >= 0) write(text.slice(0, end));
  });
  stream.on("end", () => write(rest));
}

/** Null for what a worker has printed that opens as an answer does. */
function readAnswer(text: string): Answer | null {
  try {
    const answer = JSON.parse(text) as Partial<Answer> | null;
    return typeof answer?.id === "number" ? (answer as Answer) : null;
  } catch {
    return null;
  }
}

/** Tells answers from what the worker prints. */
function readAnswers(
  stream: Readable,
  answered: (answer: Answer) => void,
  log: (entry: LogEntry) => void,
): void {
  createInterface({ input: stream }).on("line", (line) => {
    const at = line.lastIndexOf(mark);
    const answer = at < 0 ? null : readAnswer(line.slice(at + mark.length));
    const printed = answer === null ? line : line.slice(0, at);
    if (answer === null || printed !== "") log({ level: "info", message: printed });
    if (answer !== null) answered(answer);
  });
}

function failure({ error = "", stack }: Answer): Error {
  const made = new Error(error);
  if (stack !== undefined) made.stack = stack;
  return made;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  // Without its input it ends by itself; a worker that never leaves its own code cannot.
  child.stdin?.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(timer);
}

/**
 * Whoever ends a whole tree of processes, as Nx does, may reach the child before this process: so long
 * may it take until that is told to stop, in milliseconds.
 */
const settleMs = 1000;

const isPolite = (signal: NodeJS.Signals | null): boolean =>
  signal === "SIGTERM" || signal === "SIGINT" || signal === "SIGHUP";

/** Starts a process; its answers come by number, whatever else it prints. */
export function startChild(request: ChildRequest): Child {
  const { program, args, cwd, env, log, ended } = request;
  // A group of its own: Ctrl-C reaches `tova` alone, which ends its workers when nothing runs in them.
  const options = { cwd, env, stdio: "pipe", detached: process.platform !== "win32" } as const;
  const child = spawnTool(program, [...args], options) as ChildProcessWithoutNullStreams;
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let how: string | null = null;
  let stopping = false;
  const over = (reason: string, signal: NodeJS.Signals | null = null): void => {
    if (how !== null) return;
    how = reason;
    for (const { reject } of waiting.values()) reject(new Error(`It ${reason}.`));
    waiting.clear();
    const tell = () => {
      if (!stopping) ended(reason);
    };
    if (isPolite(signal)) setTimeout(tell, settleMs);
    else tell();
  };
  readLog(child.stderr, "error", log);
  readAnswers(
    child.stdout,
    (answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.error === undefined) asked?.resolve(answer.value);
      else asked?.reject(failure(answer));
    },
    log,
  );
  child.stdin.on("error", () => undefined);
  child.once("error", ({ message }) => over(`could not be started: ${message}`));
  child.once("close", (code, signal) =>
    over(signal === null ? `exited with code ${code}` : `was ended by ${signal}`, signal),
  );
  return {
    pid: child.pid,
    ask(action, given = {}) {
      if (how !== null) return Promise.reject(new Error(`It ${how}.`));
      last += 1;
      const id = last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ ...given, id, action })}\n`);
      });
    },
    async stop() {
      stopping = true;
      await endProcess(child);
    },
  };
}
