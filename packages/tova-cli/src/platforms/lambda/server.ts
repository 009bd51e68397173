// The module of a Lambda worker in, a server that answers as its function's address would out.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startChild } from "../child";
import { unlessAborted } from "../give-up";
import type { LogEntry } from "../platform";
import { answerBy, type Front } from "./http-event";
import { type Invocation, type RuntimeApi, startRuntimeApi } from "./runtime-api";

/** How the function is started. */
export interface LambdaRequest {
  /** Absolute, of a module made by `clientOf` beside the worker's. */
  readonly client: string;
  readonly cwd: string;
  /** Values of `env` and `secret` declarations. */
  readonly variables: Readonly<Record<string, string>>;
  /** @default "function URL", as the template has it */
  readonly front?: Front;
  /** Gives up a start that goes on. */
  readonly signal?: AbortSignal;
  log(entry: LogEntry): void;
  /** Called when it ends by itself. */
  ended(how: string): void;
}

/** A function that runs. */
export interface LambdaServer {
  readonly port: number;
  /** Of the function's process. */
  readonly pid: number | undefined;
  /** Calls it with any event. */
  invoke(event: unknown): Promise<Invocation>;
  stop(): Promise<void>;
}

function startFunction(api: RuntimeApi, request: LambdaRequest, over: (error: Error) => void) {
  const { client, cwd, variables, log, ended } = request;
  return startChild({
    program: process.execPath,
    args: ["--enable-source-maps", client],
    cwd,
    env: {
      ...process.env,
      NO_COLOR: "1",
      AWS_LAMBDA_RUNTIME_API: api.address,
      ...variables,
    },
    log,
    ended(how) {
      api.end();
      over(new Error(`It ${how}.`));
      ended(how);
    },
  });
}

/**
 * Starts a function in a process of its own.
 * @throws what its module threw at load, or when its start is given up
 */
export async function startLambda(request: LambdaRequest): Promise<LambdaServer> {
  const api = await startRuntimeApi();
  let over = (_: Error) => {};
  const dead = new Promise<never>((_, reject) => {
    over = reject;
  });
  dead.catch(() => undefined);
  const child = startFunction(api, request, (error) => over(error));
  const server = createServer(
    answerBy((event) => api.invoke(event), request.front ?? "function URL"),
  );
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await api.close();
    await child.stop();
  };
  try {
    const loaded = Promise.race([api.ready, dead]);
    await (request.signal ? unlessAborted(request.signal, loaded) : loaded);
  } catch (error) {
    await stop();
    throw error;
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, pid: child.pid, invoke: (event) => api.invoke(event), stop };
}
