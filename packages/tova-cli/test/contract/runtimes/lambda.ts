// Lambda on this machine: the worker in a Node of its own, behind the runtime interface and what AWS puts before it.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { clientOf } from "../../../src/platforms/lambda/client";
import type { Front } from "../../../src/platforms/lambda/http-event";
import { startLambda } from "../../../src/platforms/lambda/server";
import { lacksOf, type Runtime } from "../runtime";
import { residentBytes } from "./memory";

/** Makes the runtime for one kind of address that a function can have. */
export const lambdaBehind = (front: Front): Runtime => ({
  target: "lambda",
  lacks: lacksOf("lambda", front),
  async start({ folder }, env) {
    const lines: string[] = [];
    // What is uploaded, not the module beside it.
    const code = join(folder, "lambda.main/code");
    const client = join(code, "client.mjs");
    writeFileSync(client, clientOf("./index.mjs"));
    const server = await startLambda({
      client,
      cwd: code,
      front,
      variables: env,
      log: ({ message }) => void lines.push(message),
      ended: (how) => void lines.push(`${basename(client)} ${how}`),
    });
    return {
      host: "127.0.0.1",
      port: server.port,
      log: () => lines.join("\n"),
      memory: () => residentBytes(server.pid),
      stop: server.stop,
    };
  },
});
