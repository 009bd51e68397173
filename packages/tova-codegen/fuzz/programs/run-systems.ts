// How many workers to try, and a seed → nothing, or an error with a request that one answers otherwise
// than the model says. Each batch of them runs in one workerd.
import fc from "fast-check";
import { choiceNumbers } from "./program";
import { type Expected, type System, systemOf } from "./systems";
import { type Ask, runInBatches } from "./worker-batch";

/** Compiles, loads and asks so many workers. @throws Error with the first that differs */
export async function runSystems(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const { runs: numRuns, seed } = options;
  const systems = fc.sample(choiceNumbers, { numRuns, seed }).map(systemOf);
  await runInBatches(systems, ({ code }) => code, checkSystem);
}

async function checkSystem({ code, exchanges }: System, ask: Ask): Promise<void> {
  for (const { request, expected } of exchanges) {
    const { method, path, headers, body } = request;
    const answer = await ask(path, { method, headers, body });
    const wrong = wrongAnswer(expected, answer, await answer.text());
    if (wrong) throw new Error(`${code}\nto ${JSON.stringify(request)}\nanswers ${wrong}`);
  }
}

interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** Says how an answer differs from what is expected; null where it does not. */
function wrongAnswer(expected: Expected, { status, headers }: Answer, body: string): string | null {
  const shown = `${status} ${body}`;
  if (status !== expected.status) return `${shown} instead of ${expected.status} ${expected.body}`;
  if (expected.body !== null && body !== expected.body)
    return `${shown} instead of ${expected.body}`;
  for (const [name, value] of Object.entries(expected.headers)) {
    if (headers.get(name) !== value) return `${name}: ${headers.get(name)} instead of ${value}`;
  }
  return null;
}
