// How many workers to try, and a seed → nothing, or an error with one that answers otherwise than
// the interpreter prints. Each batch of them runs in one workerd.
import fc from "fast-check";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";
import { interpreted } from "./compare";
import { choiceNumbers } from "./program";
import { type WorkerProgram, workerOf } from "./workers";

/** Workers of one workerd. */
const batch = 50;

/** Compiles, loads and asks so many workers. @throws Error with the first that differs */
export async function runWorkerPrograms(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const { runs: numRuns, seed } = options;
  const programs = fc.sample(choiceNumbers, { numRuns, seed }).map(workerOf);
  for (let at = 0; at < programs.length; at += batch) {
    await runBatch(programs.slice(at, at + batch));
  }
}

function codeOf({ worker }: WorkerProgram): string {
  const { workers, diagnostics } = compile(worker, { fileName: "fuzz.tova" });
  const [made] = workers;
  if (made) return made.code;
  const error = diagnostics.find(({ severity }) => severity === "error");
  throw new Error(`${worker}\nis refused: ${error?.code} ${error?.line} ${error?.message}`);
}

async function runBatch(programs: readonly WorkerProgram[]): Promise<void> {
  const workers = programs.map((program, i) => ({
    name: `w${i}`,
    modules: [{ type: "ESModule" as const, path: `w${i}.js`, contents: codeOf(program) }],
    compatibilityDate: defaultCompatibilityDate,
  }));
  const mf = new Miniflare({ cf: false, workers } as unknown as MiniflareOptions);
  try {
    for (const [i, { worker, program }] of programs.entries()) {
      const headers = { "MF-Route-Override": `w${i}` };
      const answer = await mf.dispatchFetch("http://localhost/", { headers });
      const actual = await answer.text();
      const expected = await interpreted(program);
      if (actual !== expected) {
        throw new Error(`${worker}\nanswers\n${actual}\ninstead of\n${expected}`);
      }
    }
  } finally {
    await mf.dispose();
  }
}
