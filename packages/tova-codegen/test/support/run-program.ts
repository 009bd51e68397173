// A Tova program without edge blocks, compiled and run in a thread of its own: what it prints and
// exports.
import { Worker } from "node:worker_threads";
import { compile } from "../../src";

export interface Ran {
  /** Text of each `console.log`, arguments joined by a space. */
  readonly printed: readonly string[];
  /** The module's exports, as JSON carries them. */
  readonly exports: Readonly<Record<string, unknown>>;
}

const runner = `
const { parentPort } = require("node:worker_threads");
const { inspect } = require("node:util");
const show = (value) => (typeof value === "string" ? value : inspect(value, { depth: 5, breakLength: 200 }));
parentPort.on("message", async ({ id, code }) => {
  const printed = [];
  console.log = (...values) => void printed.push(values.map(show).join(" "));
  try {
    const module = await import("data:text/javascript," + encodeURIComponent(code + "\\n//" + id));
    parentPort.postMessage({ id, printed, exports: JSON.stringify(module) });
  } catch (error) {
    parentPort.postMessage({ id, error: error.stack });
  }
});
`;

let worker: Worker | null = null;
let count = 0;

/** Compiles and runs; rejects with the diagnostics of a program that does not compile. */
export async function run(source: string): Promise<Ran> {
  const { program, diagnostics } = compile(source, { fileName: "test.tova" });
  if (!program) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  return runJavaScript(program.code);
}

/** Runs a JavaScript module. */
export function runJavaScript(code: string): Promise<Ran> {
  worker ??= new Worker(runner, { eval: true });
  worker.unref();
  const current = worker;
  const id = ++count;
  return new Promise((resolve, reject) => {
    const done = (answer: { id: number; error?: string; printed: string[]; exports: string }) => {
      if (answer.id !== id) return;
      current.off("message", done);
      if (answer.error) reject(new Error(`${answer.error}\n\n${code}`));
      else resolve({ printed: answer.printed, exports: JSON.parse(answer.exports) });
    };
    current.on("message", done);
  });
}

/** What a program prints, a line a call. */
export async function printed(source: string): Promise<string> {
  return (await run(source)).printed.join("\n");
}

/** Ends the thread; call it after all tests of a file. */
export async function stop(): Promise<void> {
  await worker?.terminate();
  worker = null;
}
