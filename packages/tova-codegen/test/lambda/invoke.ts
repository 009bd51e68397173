// An edge program for Lambda and events in, what its handler gives for each in a Node of its own out.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, type Plugin } from "esbuild";
import { compile, runtimeModule, type Worker } from "../../src";

/** Whatever a handler may give. */
interface Result {
  readonly statusCode?: number;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

/** How one event ended: as JSON carries it, like Lambda's own interface. */
export interface Outcome {
  readonly value?: Result;
  readonly error?: string;
}

export interface Invoked {
  readonly outcomes: readonly Outcome[];
  /** What was written to the log. */
  readonly log: string;
}

const run = promisify(execFile);

const runner = `
import { readFileSync } from "node:fs";
const { handler } = await import("./index.mjs");
const outcomes = [];
for (const event of JSON.parse(readFileSync("events.json", "utf8"))) {
  try {
    outcomes.push({ value: await handler(event, {}) });
  } catch (error) {
    outcomes.push({ error: String(error?.message ?? error) });
  }
}
process.stdout.write("\\u0001" + JSON.stringify(outcomes));
`;

/** Joins a worker with its helpers and the library that signs, as `tova build` does. */
const modules: Plugin = {
  name: "modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^tova:/ }, ({ path }) =>
      path === "tova:aws4fetch"
        ? { path: require.resolve("aws4fetch") }
        : { path, namespace: "tova", sideEffects: false },
    );
    onLoad({ filter: /.*/, namespace: "tova" }, ({ path }) => ({
      contents: runtimeModule(path) ?? "",
    }));
  },
};

async function codeOf({ code, imports }: Worker): Promise<string> {
  if (imports.length === 0) return code;
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: __dirname },
    ...{ bundle: true, write: false, format: "esm", platform: "node", plugins: [modules] },
  });
  return outputFiles[0]?.text ?? "";
}

/** Compiles the members of a block and hands it the events in turn, in one process. */
export async function invoke(
  members: string,
  events: readonly unknown[],
  env: Readonly<Record<string, string>> = {},
): Promise<Invoked> {
  const source = `edge "main" {\ntarget: "lambda"\n${members}\n}\n`;
  const { workers, diagnostics } = compile(source, { fileName: "app.tova" });
  const [worker] = workers;
  if (!worker) throw new Error(JSON.stringify(diagnostics, null, 1));
  const folder = mkdtempSync(join(tmpdir(), "tova-lambda-"));
  try {
    writeFileSync(join(folder, "index.mjs"), await codeOf(worker));
    writeFileSync(join(folder, "events.json"), JSON.stringify(events));
    writeFileSync(join(folder, "run.mjs"), runner);
    const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
    const { stdout, stderr } = await run(process.execPath, ["run.mjs"], options);
    const [printed = "", outcomes = "[]"] = stdout.split("\u0001");
    return { outcomes: JSON.parse(outcomes), log: printed + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
