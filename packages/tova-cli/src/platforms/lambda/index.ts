// Workers for Lambda in, each run by Node behind what a function URL does on this machine out.
import { join } from "node:path";
import type { BlockOutline } from "tova-codegen";
import { ProblemError, problems } from "../../problems";
import { type LocalAws, openAws } from "../aws";
import { writeCode } from "../code-folder";
import type { LocalPlatform, LocalServer, LocalWorker } from "../platform";
import { withoutFolder } from "../without-folder";
import { clientOf } from "./client";
import { type LambdaServer, startLambda } from "./server";

const clientName = "tova-dev-client.mjs";

/** Others keep the credentials that the user has for AWS: those of here would stand before a profile. */
const usesAws = ({ storage, produces, consumes }: BlockOutline): boolean =>
  [storage, produces, consumes].some((list) => list.length > 0);

/** Where the worker's buckets and queues are, unless the shell names others. */
function addressesOf({ storage, produces }: BlockOutline, { url }: LocalAws) {
  const addresses: Record<string, string> = {
    ...{ AWS_ACCESS_KEY_ID: "tova", AWS_SECRET_ACCESS_KEY: "tova", AWS_REGION: "us-east-1" },
    ...Object.fromEntries(storage.map(({ binding, id }) => [binding, `${url}/${id}`])),
    ...Object.fromEntries(
      produces.map(({ binding, id }) => [binding, `${url}/000000000000/${id}`]),
    ),
  };
  const unset = Object.entries(addresses).filter(([name]) => !process.env[name]);
  return { ...Object.fromEntries(unset), AWS_ENDPOINT_URL_SQS: url };
}

/** Retries where the program does not say, as the template has it (`emit/platforms/sam-template.ts`). */
const defaultRetries = 3;

/** Hands batches of the worker's queues to it; gives what ends that. */
function consumeQueues(
  { outline, queueWait }: LocalWorker,
  aws: LocalAws,
  server: LambdaServer,
): () => void {
  const ends = outline.consumes.map((consumed) => {
    const { queue, maxBatchSize, maxBatchTimeout, maxRetries, deadLetterQueue } = consumed;
    return aws.consume(queue, {
      ...{ maxBatchSize, deadLetterQueue, wait: Math.min(maxBatchTimeout, queueWait) },
      // Without such a queue the worker counts by itself.
      maxReceives: deadLetterQueue === null ? null : (maxRetries ?? defaultRetries) + 1,
      async deliver(event) {
        const invocation = await server.invoke(event);
        if ("error" in invocation) return null;
        return failuresOf(invocation.value);
      },
    });
  });
  return () => {
    for (const end of ends) end();
  };
}

interface Report {
  readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[];
}

const failuresOf = (value: unknown): ReadonlySet<string> =>
  new Set(((value as Report | null)?.batchItemFailures ?? []).map((one) => one.itemIdentifier));

async function start(local: LocalWorker): Promise<LocalServer> {
  const { worker, outline, variables, state, log, ended } = local;
  // The worker keeps its name, by which places in the program are found.
  const code = await writeCode("lambda", {
    "package.json": '{ "type": "module" }',
    [worker.fileName]: worker.code,
    [clientName]: clientOf(`./${worker.fileName}`),
  });
  const aws = usesAws(outline) ? await openAws(state) : null;
  let running = false;
  try {
    const server = await startLambda({
      client: join(code.path, clientName),
      cwd: state,
      signal: local.signal,
      variables: { ...(aws && addressesOf(outline, aws)), ...variables },
      log: ({ level, message }) => log({ level, message: withoutFolder(message, code.path) }),
      // Until it runs, that it has ended is an error of its start, and said as such.
      ended: (how) => {
        if (running) ended(how);
      },
    });
    running = true;
    const endQueues = aws && consumeQueues(local, aws, server);
    return {
      url: outline.hasHttp ? new URL(`http://127.0.0.1:${server.port}`) : null,
      applied: new Map(),
      async runScheduled(cron) {
        const invocation = await server.invoke({ source: "tova.schedule", cron });
        return "value" in invocation;
      },
      async stop() {
        running = false;
        endQueues?.();
        await server.stop();
        await aws?.close();
        await code.remove();
      },
    };
  } catch (error) {
    await aws?.close();
    await code.remove();
    const reason = withoutFolder((error as Error).stack ?? String(error), code.path);
    throw new ProblemError(problems.workerNotStarted({ worker: outline.projectName, reason }));
  }
}

export const lambda: LocalPlatform = { target: "lambda", start };
