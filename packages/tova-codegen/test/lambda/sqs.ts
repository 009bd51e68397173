// Nothing in, an SQS of one queue on loopback that notes what it is asked out.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { isSigned } from "./signature";

/** As Lambda gives them to a function. */
export const credentials = {
  AWS_ACCESS_KEY_ID: "AKID",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "session",
  AWS_REGION: "eu-west-1",
};

interface Taken {
  readonly action: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Whether who sent it has the key. */
  readonly signed: boolean;
  readonly body: {
    readonly QueueUrl: string;
    readonly Entries: readonly Record<string, unknown>[];
  };
}

/** Answers as SQS does; a message `"refuse"` is not taken. */
export async function startSqs() {
  const taken: Taken[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await buffer(request);
    const body = JSON.parse(bytes.toString()) as Taken["body"];
    const headers = request.headers as Taken["headers"];
    const signed = isSigned(request, bytes, credentials.AWS_SECRET_ACCESS_KEY);
    const action = headers["x-amz-target"]?.replace("AmazonSQS.", "");
    taken.push({ action, headers, signed, body });
    const bad = body.Entries.filter(({ MessageBody }) => MessageBody === '"refuse"');
    const Failed = bad.map(({ Id }) => ({ Id, Code: "InvalidMessageContents", SenderFault: true }));
    response.end(JSON.stringify({ Successful: [], ...(Failed.length > 0 ? { Failed } : {}) }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { taken, url, queue: `${url}/123456789012/jobs`, close: () => server.close() };
}
