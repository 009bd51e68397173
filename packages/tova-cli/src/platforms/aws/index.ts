// The folder of a program's stores in, the services of AWS that its workers share on this machine out.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { objectsIn } from "./objects";
import { createS3, type S3 } from "./s3";
import { type ActionInput, createQueues, type Queues } from "./sqs";

/** S3 and SQS on loopback; made by {@link openAws}. */
export interface LocalAws {
  /** Of both, without a path: buckets and queues stand in it. */
  readonly url: string;
  consume: Queues["consume"];
  /** Ends them, unless another worker has them too. */
  close(): Promise<void>;
}

type Services = Pick<LocalAws, "url" | "consume"> & { end(): void };

/** By folder: the services, and how many workers have them. */
const opened = new Map<string, { users: number; readonly services: Promise<Services> }>();

/**
 * No page that a browser shows may write here: it cannot set `Authorization` without being asked whether
 * it may, and nobody answers that; one whose name resolves to 127.0.0.1 asks for that name. Who has a
 * signature is not checked.
 */
const isFromPage = ({ headers }: IncomingMessage): boolean =>
  headers.authorization === undefined || !/^127\.0\.0\.1(:|$)/.test(headers.host ?? "");

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { s3, queues }: { readonly s3: S3; readonly queues: Queues },
): Promise<void> {
  if (isFromPage(request)) {
    response.writeHead(403).end();
    return;
  }
  const body = await buffer(request);
  const target = String(request.headers["x-amz-target"] ?? "");
  if (!target.startsWith("AmazonSQS.")) return s3(request, response, body);
  const input = JSON.parse(body.toString()) as ActionInput;
  const result = queues.act(target.slice("AmazonSQS.".length), input);
  response.writeHead(result === null ? 400 : 200, { "Content-Type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify(result ?? { message: `${target} is not there on this machine` }));
}

async function start(state: string): Promise<Services> {
  const queues = createQueues();
  const s3 = createS3(objectsIn(join(state, "s3")));
  const server = createServer((request, response) => {
    answer(request, response, { s3, queues }).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    consume: queues.consume,
    end() {
      queues.end();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Opens the services of a program; its workers share them, and so do those that take over. */
export async function openAws(state: string): Promise<LocalAws> {
  const entry = opened.get(state) ?? { users: 0, services: start(state) };
  opened.set(state, entry);
  entry.users += 1;
  const { url, consume, end } = await entry.services;
  return {
    ...{ url, consume },
    async close() {
      entry.users -= 1;
      if (entry.users > 0) return;
      opened.delete(state);
      end();
    },
  };
}
