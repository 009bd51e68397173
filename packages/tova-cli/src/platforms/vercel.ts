// Workers for Vercel in, each run by `edge-runtime` on this machine out.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ProblemError, problems } from "../problems";
import { type Child, startChild } from "./child";
import { type CodeFolder, writeCode } from "./code-folder";
import { unlessAborted } from "./give-up";
import type { LocalPlatform, LocalServer, LocalWorker } from "./platform";
import { mark } from "./prelude";
import { withoutFolder } from "./without-folder";

const site = "https://edge-runtime.vercel.app/packages/runtime";

/** Looked for from the program, then from where `tova` runs. */
function findEdgeRuntime(folder: string): string {
  for (const start of [folder, process.cwd()]) {
    try {
      return createRequire(join(start, "package.json")).resolve("edge-runtime");
    } catch {
      // Not installed as seen from here.
    }
  }
  throw new ProblemError(problems.noPlatformTool({ name: "edge-runtime", site }));
}

/** The runtime takes a script, where Vercel takes the module. */
export async function scriptOf(code: string, fileName: string): Promise<string> {
  const { transform } = await import("esbuild");
  const made = await transform(code, {
    format: "iife",
    globalName: "$worker",
    sourcefile: fileName,
    sourcemap: "inline",
    charset: "utf8",
  });
  return `${made.code}\naddEventListener("fetch", (event) => event.respondWith($worker.default(event.request)));\n`;
}

/** Makes the module that runs a script; it ends with its standard input. */
export const hostOf = (runtime: string, script: string): string => `
import process from "node:process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
const { EdgeRuntime, runServer } = createRequire(import.meta.url)(${JSON.stringify(runtime)});
process.stdin.on("close", () => process.exit(0)).resume();
const answer = (given) => process.stdout.write(${JSON.stringify(mark)} + JSON.stringify({ id: 1, ...given }) + "\\n");
try {
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, { process: { env: { ...process.env } } }),
  });
  // Not as the runtime's first code, which has no name in traces.
  const filename = ${JSON.stringify(script)};
  new Script(readFileSync(filename, "utf8"), { filename }).runInContext(runtime.context);
  const server = await runServer({ runtime, host: "127.0.0.1", port: 0 });
  answer({ value: Number(new URL(server.url).port) });
} catch (error) {
  answer({ error: String(error?.message ?? error), stack: String(error?.stack ?? error) });
}
`;

interface Started {
  readonly child: Child;
  readonly code: CodeFolder;
}

async function startProcess(
  local: LocalWorker,
  variables: LocalWorker["variables"],
): Promise<Started> {
  const { worker, folder, state, log, ended } = local;
  const runtime = findEdgeRuntime(folder);
  const { fileName } = worker;
  const code = await writeCode("vercel", { [fileName]: await scriptOf(worker.code, fileName) });
  const host = join(code.path, "tova-dev-host.mjs");
  await writeFile(host, hostOf(runtime, join(code.path, fileName)));
  const child = startChild({
    program: process.execPath,
    args: ["--enable-source-maps", host],
    cwd: state,
    env: { ...process.env, NO_COLOR: "1", ...variables },
    log: ({ level, message }) => log({ level, message: withoutFolder(message, code.path) }),
    ended,
  });
  return { child, code };
}

async function start(local: LocalWorker): Promise<LocalServer> {
  const { outline, ended } = local;
  // Vercel's own, here: what it is matters to nobody.
  const CRON_SECRET = local.variables.CRON_SECRET ?? randomUUID();
  let running = false;
  const { child, code } = await startProcess(
    { ...local, ended: (how) => void (running && ended(how)) },
    { ...local.variables, CRON_SECRET },
  );
  const stop = async () => {
    running = false;
    await child.stop();
    await code.remove();
  };
  try {
    const port = (await unlessAborted(local.signal, child.ask("start"))) as number;
    running = true;
    const url = new URL(`http://127.0.0.1:${port}`);
    const runScheduled = async (cron: string) => {
      const path = `/_tova/cron/${outline.crons.indexOf(cron) + 1}`;
      const headers = { authorization: `Bearer ${CRON_SECRET}` };
      return (await fetch(new URL(path, url), { headers })).ok;
    };
    return { url: outline.hasHttp ? url : null, applied: new Map(), runScheduled, stop };
  } catch (error) {
    await stop();
    const reason = withoutFolder((error as Error).stack ?? String(error), code.path);
    throw new ProblemError(problems.workerNotStarted({ worker: outline.projectName, reason }));
  }
}

export const vercel: LocalPlatform = { target: "vercel", start };
