// S3 and SQS as `tova dev` has them, beside what the contract of all platforms asks of them.
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { type LocalAws, openAws } from "../../src/platforms/aws";
import { startProgram } from "../../src/testing";
import { createWorkspace, type Workspace } from "../workspace";

let place: Workspace;
let aws: LocalAws;
beforeEach(async () => {
  place = createWorkspace({});
  aws = await openAws(place.folder);
});
afterEach(async () => {
  await aws.close();
  place.remove();
});

const signed = { Authorization: "AWS4-HMAC-SHA256" };
const ask = (path: string, init: RequestInit = {}) =>
  fetch(aws.url + path, { ...init, headers: { ...signed, ...init.headers } });

/** Of a request that `fetch` would not send. */
async function statusOf(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  const asked = request(`${aws.url}/files/b`, { method: "PUT", headers }).end("x");
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test("objects outlive the process that wrote them; headers and parts of them come back", async () => {
  const headers = { "Content-Type": "text/x-note", "x-amz-meta-a": "1", "X-Other": "2" };
  await ask("/files/a%20%2Fb", { method: "PUT", body: "hello", headers });
  await aws.close();
  aws = await openAws(place.folder);
  const got = await ask("/files/a%20%2Fb", { headers: { Range: "bytes=1-2" } });
  expect([got.status, await got.text()]).toEqual([206, "el"]);
  const shown = ["content-type", "content-range", "x-amz-meta-a", "x-other", "etag"];
  expect(shown.map((name) => got.headers.get(name))).toEqual([
    ...["text/x-note", "bytes 1-2/5", "1", null],
    '"5d41402abc4b2a76b9719d911017c592"',
  ]);
  expect((await ask("/files/a%20%2Fb", { headers: { Range: "bytes=9-" } })).status).toBe(416);
});

test("an upload in parts is one object, in the order of their numbers", async () => {
  const begun = await (await ask("/files/big?uploads", { method: "POST" })).text();
  const id = /<UploadId>(.*)<\/UploadId>/.exec(begun)?.[1];
  const part = (number: number, body: string) =>
    ask(`/files/big?partNumber=${number}&uploadId=${id}`, { method: "PUT", body });
  await part(2, "two");
  await part(1, "one ");
  expect((await ask("/files/big")).status).toBe(404);
  await ask(`/files/big?uploadId=${id}`, { method: "POST", body: "<CompleteMultipartUpload/>" });
  expect(await (await ask("/files/big")).text()).toBe("one two");
  expect((await part(3, "late")).status).toBe(404);
});

test("nothing is written outside, nor by a page that a browser shows", async () => {
  for (const path of ["/..%2Foutside/a", "/A_B/a", "/x/a"]) {
    expect((await ask(path, { method: "PUT", body: "x" })).status).toBe(400);
  }
  await ask("/files/..%2F..%2Fa", { method: "PUT", body: "x" });
  const plain = await fetch(`${aws.url}/files/b`, { method: "PUT", body: "x" });
  expect(plain.status).toBe(403);
  // As a page asks whose name resolves to 127.0.0.1.
  expect(await statusOf({ ...signed, Host: "evil.example" })).toBe(403);
  expect(readdirSync(place.folder)).toEqual(["s3"]);
  expect(readdirSync(place.path("s3"))).toEqual(["files"]);
  expect(readdirSync(place.path("s3/files"))).toHaveLength(1);
});

test("an object is read as it was written, whatever is written meanwhile", async () => {
  const contents = ["a".repeat(1_000_000), "b"];
  const put = (at: number) => {
    const body = contents[at] ?? "";
    // What is kept before the content is of another length, too.
    const headers = { "x-amz-meta-note": body.charAt(0).repeat(1 + at * 900) };
    return ask("/files/a", { method: "PUT", body, headers });
  };
  await put(0);
  for (let round = 1; round < 40; round++) {
    const [response] = await Promise.all([ask("/files/a"), put(round % 2)]);
    const text = await response.text();
    expect(contents.indexOf(text)).toBeGreaterThanOrEqual(0);
    expect(response.headers.get("x-amz-meta-note")?.charAt(0)).toBe(text.charAt(0));
  }
});

const act = async (action: string, queue: string, entries: readonly object[]) => {
  const QueueUrl = `${aws.url}/000000000000/${queue}`;
  const headers = { "x-amz-target": `AmazonSQS.${action}` };
  const body = JSON.stringify({ QueueUrl, Entries: entries });
  return ask("/", { method: "POST", headers, body });
};

interface Delivered {
  readonly Records: readonly {
    readonly messageId: string;
    readonly receiptHandle: string;
    readonly body: string;
    readonly attributes: { readonly ApproximateReceiveCount: string };
  }[];
}

test("messages wait for who consumes them, in batches; what fails comes again, then is a dead letter", async () => {
  const bodies = Array.from({ length: 5 }, (_, at) => ({ Id: `${at}`, MessageBody: `m${at}` }));
  await act("SendMessageBatch", "jobs", bodies);
  const log: string[] = [];
  const dead = new Promise<string>((done) => {
    aws.consume("dead", {
      ...{ maxBatchSize: 10, wait: 0, maxReceives: null, deadLetterQueue: null },
      async deliver(event) {
        const [record] = (event as Delivered).Records;
        done(`${record?.body} ${record?.attributes.ApproximateReceiveCount}`);
        return new Set();
      },
    });
  });
  const end = aws.consume("jobs", {
    ...{ maxBatchSize: 3, wait: 0, maxReceives: 2, deadLetterQueue: "dead" },
    async deliver(event) {
      const { Records } = event as Delivered;
      log.push(
        Records.map(({ body, attributes }) => body + attributes.ApproximateReceiveCount).join(),
      );
      return new Set(Records.filter(({ body }) => body === "m1").map(({ messageId }) => messageId));
    },
  });
  expect(await dead).toBe("m1 1");
  end();
  expect(log.slice(0, 2)).toEqual(["m01,m11,m21", "m31,m41"]);
  expect(log.slice(2)).toEqual(["m12"]);
});

test("a delay that a consumer asks for is kept; a consumer that breaks loses nothing", async () => {
  await act("SendMessageBatch", "jobs", [{ Id: "0", MessageBody: "x" }]);
  const times: number[] = [];
  await new Promise<void>((done) => {
    aws.consume("jobs", {
      ...{ maxBatchSize: 1, wait: 0, maxReceives: null, deadLetterQueue: null },
      async deliver(event) {
        times.push(Date.now());
        const [record] = (event as Delivered).Records;
        if (times.length === 3) {
          done();
          return new Set();
        }
        if (times.length === 1) throw new Error("broken");
        await act("ChangeMessageVisibilityBatch", "jobs", [
          { Id: "0", ReceiptHandle: record?.receiptHandle, VisibilityTimeout: 1 },
        ]);
        return null;
      },
    });
  });
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(990);
});

test("what is not there says so", async () => {
  for (const action of ["PurgeQueue", "toString"]) {
    const response = await act(action, "jobs", []);
    expect([response.status, await response.json()]).toEqual([
      400,
      { message: `AmazonSQS.${action} is not there on this machine` },
    ]);
  }
});

const two = `edge "plain" {
  target: "lambda"
  route GET "/" => fn() { [process.env.AWS_ACCESS_KEY_ID ?? "none"] }
}
edge "stored" {
  target: "lambda"
  storage FILES
  route GET "/" => fn() { [process.env.AWS_ACCESS_KEY_ID ?? "none", await FILES.get("a")] }
}
`;

test("only a worker with buckets or queues gets credentials of this machine", async () => {
  const own = process.env.AWS_ACCESS_KEY_ID;
  delete process.env.AWS_ACCESS_KEY_ID;
  const { folder: cwd, remove } = createWorkspace({ "app.tova": two });
  try {
    const program = await startProgram({ file: "app.tova", cwd });
    const ask = async (worker: string) => (await program.fetch("/", {}, worker)).json();
    expect([await ask("app-plain"), await ask("app-stored")]).toEqual([["none"], ["tova", null]]);
    await program.stop();
  } finally {
    if (own !== undefined) process.env.AWS_ACCESS_KEY_ID = own;
    remove();
  }
}, 30_000);
