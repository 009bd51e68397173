// How many workers to try, and a seed → nothing, or an error with a request that one answers otherwise
// than the model says. Each batch of them runs in one workerd.
import fc from "fast-check";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";
import { choiceNumbers } from "./program";
import { type Expected, type System, systemOf } from "./systems";

/** Workers of one workerd. */
const batch = 50;

/** Compiles, loads and asks so many workers. @throws Error with the first that differs */
export async function runSystems(options: {
  readonly runs: number;
  readonly seed: number;
}): Promise<void> {
  const { runs: numRuns, seed } = options;
  const systems = fc.sample(choiceNumbers, { numRuns, seed }).map(systemOf);
  for (let at = 0; at < systems.length; at += batch) await runBatch(systems.slice(at, at + batch));
}

function codeOf({ code }: System): string {
  const { workers, diagnostics } = compile(code, { fileName: "fuzz.tova" });
  const [made] = workers;
  if (made) return made.code;
  const error = diagnostics.find(({ severity }) => severity === "error");
  throw new Error(`${code}\nis refused: ${error?.code} ${error?.line} ${error?.message}`);
}

async function runBatch(systems: readonly System[]): Promise<void> {
  const workers = systems.map((system, i) => ({
    name: `w${i}`,
    modules: [{ type: "ESModule" as const, path: `w${i}.js`, contents: codeOf(system) }],
    compatibilityDate: defaultCompatibilityDate,
    kvNamespaces: { KV: `kv${i}` },
  }));
  const mf = new Miniflare({
    cf: false,
    handleRuntimeStdio: () => undefined,
    workers,
  } as unknown as MiniflareOptions);
  try {
    for (const [i, { code, exchanges }] of systems.entries()) {
      for (const { request, expected } of exchanges) {
        const { method, path, body } = request;
        const headers = { ...request.headers, "MF-Route-Override": `w${i}` };
        const answer = await mf.dispatchFetch(`http://localhost${path}`, { method, headers, body });
        const wrong = wrongAnswer(expected, answer, await answer.text());
        if (wrong) throw new Error(`${code}\nto ${JSON.stringify(request)}\nanswers ${wrong}`);
      }
    }
  } finally {
    await mf.dispose();
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
