// Workers for Lambda in, each run by Node behind what a function URL does on this machine out.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError, problems } from "../../problems";
import type { LocalPlatform, LocalServer, LocalWorker } from "../platform";
import { withoutFolder } from "../without-folder";
import { clientOf } from "./client";
import { startLambda } from "./server";

const clientName = "tova-dev-client.mjs";

/** The worker keeps its name, by which places in the program are found. */
async function writeCode({ worker }: LocalWorker): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tova-lambda-"));
  const files = {
    "package.json": '{ "type": "module" }',
    [worker.fileName]: worker.code,
    [clientName]: clientOf(`./${worker.fileName}`),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

async function start(local: LocalWorker): Promise<LocalServer> {
  const { outline, variables, state, log, ended } = local;
  const code = await writeCode(local);
  let running = false;
  try {
    const server = await startLambda({
      client: join(code, clientName),
      cwd: state,
      variables,
      log: ({ level, message }) => log({ level, message: withoutFolder(message, code) }),
      // Until it runs, that it has ended is an error of its start, and said as such.
      ended: (how) => {
        if (running) ended(how);
      },
    });
    running = true;
    return {
      url: outline.hasHttp ? new URL(`http://127.0.0.1:${server.port}`) : null,
      applied: new Map(),
      async runScheduled(cron) {
        const invocation = await server.invoke({ source: "tova.schedule", cron });
        return "value" in invocation;
      },
      async stop() {
        running = false;
        await server.stop();
        await rm(code, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(code, { recursive: true, force: true });
    const reason = withoutFolder((error as Error).stack ?? String(error), code);
    throw new ProblemError(problems.workerNotStarted({ worker: outline.projectName, reason }));
  }
}

export const lambda: LocalPlatform = { target: "lambda", start };
