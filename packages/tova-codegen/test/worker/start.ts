// Edge programs, each compiled and run as a worker of one workerd.
import { Miniflare } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";

export interface Running {
  /** Sends a request to a worker by its program's name. */
  fetch(program: string, path: string, init?: RequestInit): Promise<Response>;
  readonly mf: Miniflare;
  readonly logs: string[];
}

/** Starts one worker a program; the members of `edge { }` only, or whole files. */
export async function start(
  programs: Readonly<Record<string, string>>,
  bindings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const logs: string[] = [];
  const workers = Object.entries(programs).map(([name, text]) => {
    const source = /^\s*(edge|shared)\b/.test(text) ? text : `edge {\n${text}\n}`;
    const { workers: made, diagnostics } = compile(source, { fileName: `${name}.tova` });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const [worker] = made;
    if (!worker) throw new Error(`${name}: ${JSON.stringify(errors, null, 1)}`);
    return {
      name,
      modules: [{ type: "ESModule" as const, path: worker.fileName, contents: worker.code }],
      compatibilityDate: defaultCompatibilityDate,
      compatibilityFlags: worker.config?.text.includes("nodejs_compat") ? ["nodejs_compat"] : [],
      bindings,
      ratelimits: Object.fromEntries(
        worker.outline.rateLimiters.map(({ binding, max, window }) => [
          binding,
          { simple: { limit: max, period: window } },
        ]),
      ),
      kvNamespaces: worker.outline.kv.map(({ binding }) => binding),
    };
  });
  const mf = new Miniflare({
    cf: false,
    workers,
    handleStructuredLogs: ({ message }: { message: string }) => void logs.push(message),
  } as ConstructorParameters<typeof Miniflare>[0]);
  await mf.ready;
  const fetch: Running["fetch"] = async (program, path, init = {}) => {
    const headers = { ...init.headers, "MF-Route-Override": program };
    const sent = mf.dispatchFetch(`http://localhost${path}`, { ...init, headers } as never);
    return (await sent) as unknown as Response;
  };
  return { fetch, mf, logs };
}
