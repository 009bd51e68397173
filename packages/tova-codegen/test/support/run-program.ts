// A JavaScript module that a Tova program became, run in a thread of its own.
import { Worker } from "node:worker_threads";

export interface Ran {
  /** Text of each `console.log`, arguments joined by a space. */
  readonly printed: readonly string[];
  /** What the module threw at load, as `Name: message`; null when it loaded. */
  readonly thrown: string | null;
  /** The module's exports, as JSON carries them. */
  readonly exports: Readonly<Record<string, unknown>>;
}

const runner = `
const { parentPort } = require("node:worker_threads");
const { inspect } = require("node:util");
const show = (value) =>
  typeof value === "string" ? value : inspect(value, { depth: 5, breakLength: Infinity });
parentPort.on("message", async ({ id, code }) => {
  const printed = [];
  console.log = (...values) => void printed.push(values.map(show).join(" "));
  let thrown = null;
  let exported = "{}";
  try {
    const module = await import("data:text/javascript," + encodeURIComponent(code + "\\n//" + id));
    exported = JSON.stringify(module);
  } catch (error) {
    thrown = error instanceof Error ? error.name + ": " + error.message : String(error);
  }
  parentPort.postMessage({ id, printed, thrown, exports: exported });
});
`;

let worker: Worker | null = null;
let count = 0;

interface Answer {
  readonly id: number;
  readonly printed: string[];
  readonly thrown: string | null;
  readonly exports: string;
}

/** Runs a JavaScript module until it has loaded. */
export function runJavaScript(code: string): Promise<Ran> {
  worker ??= new Worker(runner, { eval: true });
  const current = worker;
  const id = ++count;
  return new Promise((resolve) => {
    const done = (answer: Answer) => {
      if (answer.id !== id) return;
      current.off("message", done);
      const { printed, thrown } = answer;
      resolve({ printed, thrown, exports: JSON.parse(answer.exports) });
    };
    current.on("message", done);
    current.postMessage({ id, code });
  });
}

/** Ends the thread; call it after all tests of a file. */
export async function stop(): Promise<void> {
  await worker?.terminate();
  worker = null;
}
