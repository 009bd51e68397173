// The seed program, compiled and running in workerd: both workers, their stores and the queue.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare, type WorkerOptions } from "miniflare";
import { type CompileResult, compile, defaultCompatibilityDate, type Worker } from "tova-codegen";

const folder = join(__dirname, "..");

/** The program as users have it, byte for byte. */
const source = readFileSync(join(folder, "pipeline.tova"), "utf8");

/** Compiles a program as the build does. */
function compiled(text = source): CompileResult {
  return compile(text, { fileName: "pipeline.tova" });
}

const byBinding = (resources: readonly { binding: string; id: string }[]) =>
  Object.fromEntries(resources.map(({ binding, id }) => [binding, id]));

/** How Miniflare runs one worker; batches are delivered at once. */
function workerOptions({ code, fileName, outline }: Worker, secrets: object): WorkerOptions {
  return {
    name: outline.projectName,
    modules: [{ type: "ESModule", path: fileName, contents: code }],
    compatibilityDate: defaultCompatibilityDate,
    kvNamespaces: byBinding(outline.kv),
    d1Databases: byBinding(outline.sql),
    r2Buckets: byBinding(outline.storage),
    queueProducers: Object.fromEntries(
      outline.produces.map(({ binding, id }) => [binding, { queueName: id }]),
    ),
    queueConsumers: Object.fromEntries(
      outline.consumes.map(({ queue, maxBatchSize }) => [
        queue,
        { maxBatchSize, maxBatchTimeout: 0 },
      ]),
    ),
    bindings: {
      ...Object.fromEntries(outline.env.map((each) => [each.name, each.default])),
      ...secrets,
    },
  } as WorkerOptions;
}

/** Starts the workers, the database's migrations applied; dispose of it in `afterAll`. */
export async function startWorkers(
  options: { secrets?: Readonly<Record<string, string>>; log?: (line: string) => void } = {},
): Promise<Miniflare> {
  const { workers } = compiled();
  const { secrets = { API_KEY: "right" }, log } = options;
  const mf = new Miniflare({
    cf: false,
    workers: workers.map((worker) => workerOptions(worker, secrets)),
    handleStructuredLogs: ({ message }: { message: string }) => void log?.(message),
  } as ConstructorParameters<typeof Miniflare>[0]);
  const database = await mf.getD1Database("DB", "pipeline-api");
  const migration = readFileSync(join(folder, "migrations/0001_create_images.sql"), "utf8");
  const statements = migration.replace(/--.*$/gm, "").split(";");
  for (const statement of statements) {
    if (statement.trim()) await database.prepare(statement).run();
  }
  return mf;
}

export interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Sends a request to one of the workers. */
export function send(mf: Miniflare, worker: string, path: string, init: Init = {}) {
  // Miniflare's own way to the workers refuses strange `Origin` headers; its HTTP door does not.
  const headers = { ...init.headers, "MF-Route-Override": worker };
  return mf.dispatchFetch(`http://localhost${path}`, { ...init, headers } as never);
}
