// Sources of workers → one workerd in which all of them can be asked.
import { Miniflare, type MiniflareOptions } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";

/** Workers of one workerd. */
const batch = 50;

type Init = NonNullable<Parameters<Miniflare["dispatchFetch"]>[1]>;
type Answer = Awaited<ReturnType<Miniflare["dispatchFetch"]>>;

/** Sends a request to the worker of one of the cases. */
export type Ask = (path: string, init?: Init) => Promise<Answer>;

/** @throws Error when the source is refused */
function codeOf(source: string): string {
  const { workers, diagnostics } = compile(source, { fileName: "fuzz.tova" });
  const [made] = workers;
  if (made) return made.code;
  const error = diagnostics.find(({ severity }) => severity === "error");
  throw new Error(`${source}\nis refused: ${error?.code} ${error?.line} ${error?.message}`);
}

/**
 * Runs the worker of each case, with a store `KV` of its own, and what is to be asked of it.
 * @throws Error of the first source that is refused, or the first `check` that fails
 */
export async function runInBatches<T>(
  cases: readonly T[],
  sourceOf: (one: T) => string,
  check: (one: T, ask: Ask) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < cases.length; at += batch) {
    await runBatch(cases.slice(at, at + batch), sourceOf, check);
  }
}

async function runBatch<T>(
  cases: readonly T[],
  sourceOf: (one: T) => string,
  check: (one: T, ask: Ask) => Promise<void>,
): Promise<void> {
  const workers = cases.map((one, i) => ({
    name: `w${i}`,
    modules: [{ type: "ESModule" as const, path: `w${i}.js`, contents: codeOf(sourceOf(one)) }],
    compatibilityDate: defaultCompatibilityDate,
    kvNamespaces: { KV: `kv${i}` },
  }));
  // What the workers print is of no interest: their answers are compared.
  const options = { cf: false, handleRuntimeStdio: () => undefined, workers };
  const mf = new Miniflare(options as unknown as MiniflareOptions);
  try {
    for (const [i, one] of cases.entries()) {
      await check(one, (path, init = {}) => {
        const headers = { ...(init.headers as object), "MF-Route-Override": `w${i}` };
        return mf.dispatchFetch(`http://localhost${path}`, { ...init, headers });
      });
    }
  } finally {
    await mf.dispose();
  }
}
