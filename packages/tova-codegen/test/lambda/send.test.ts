// Messages that a Lambda worker sends to SQS, taken by a stand-in on loopback.
import { parse } from "yaml";
import { compile } from "../../src";
import { functionUrl } from "./events";
import { invoke } from "./invoke";
import { isSigned } from "./signature";
import { credentials, startSqs } from "./sqs";

const program = `
queue JOBS
route POST "/one" => async fn() { await JOBS.send({ id: 1 }) "sent" }
route POST "/text" => async fn() { await JOBS.send("7", { contentType: "text", delaySeconds: 5 }) "sent" }
route POST "/many" => async fn() { await JOBS.sendBatch([{ body: n } for n in range(23)]) "sent" }
route POST "/refused" => async fn() { await JOBS.send("refuse") "sent" }
route POST "/bytes" => async fn() { await JOBS.send(Uint8Array.new(1), { contentType: "bytes" }) "sent" }
`;

test("a signature is known to be right, or not, as in AWS's own test suite (get-vanilla)", () => {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
  const headers = {
    ...{ host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z", authorization },
  };
  const key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  const check = (url: string, given = key) =>
    isSigned({ method: "GET", url, headers }, Buffer.of(), given);
  expect([check("/"), check("/other"), check("/", "other")]).toEqual([true, false, false]);
});

test("messages are signed, in batches of ten, as JSON or text; one that is not taken is an error", async () => {
  const sqs = await startSqs();
  const paths = ["/one", "/text", "/many", "/refused", "/bytes"];
  const events = paths.map((path) => functionUrl({ method: "POST", path }));
  const { outcomes, log } = await invoke(program, events, { ...credentials, JOBS: sqs.queue });
  sqs.close();
  expect(outcomes.map(({ value }) => value?.statusCode)).toEqual([200, 200, 200, 500, 500]);
  expect(log).toContain("SQS did not take a message: InvalidMessageContents");
  expect(log).toContain("SQS takes messages of JSON and text, not bytes");
  const [one, text, ...many] = sqs.taken;
  expect(one?.headers).toMatchObject({
    "x-amz-target": "AmazonSQS.SendMessageBatch",
    "x-amz-security-token": "session",
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/sqs\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target, Signature=[0-9a-f]{64}$/,
    ),
  });
  expect(one?.body).toEqual({
    QueueUrl: sqs.queue,
    Entries: [{ Id: "0", MessageBody: '{"id":1}' }],
  });
  expect(text?.body.Entries).toEqual([
    {
      Id: "0",
      MessageBody: "7",
      DelaySeconds: 5,
      MessageAttributes: { "content-type": { DataType: "String", StringValue: "text" } },
    },
  ]);
  expect(sqs.taken.filter(({ signed }) => !signed)).toEqual([]);
  expect(many.slice(0, 3).map(({ body }) => body.Entries.length)).toEqual([10, 10, 3]);
});

test("a text comes as the text that was sent; without an address nothing is sent", async () => {
  const record = {
    messageId: "a",
    receiptHandle: "handle",
    body: "7",
    attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0" },
    messageAttributes: { "content-type": { stringValue: "text", dataType: "String" } },
    eventSourceARN: "arn:aws:sqs:eu-west-1:123456789012:jobs",
  };
  const consumer = 'consume JOBS fn(messages) { print(messages[0].body + "!") }\n';
  const { log } = await invoke(program + consumer, [
    { Records: [record] },
    functionUrl({ method: "POST", path: "/one" }),
  ]);
  expect(log).toContain("7!");
  expect(log).toContain("JOBS has no address: set the variable JOBS to its URL.");
});

test("the template tells the worker where its queues are, and lets it send", () => {
  const source = `edge "api" { target: "lambda" queue JOBS queue OWN
consume OWN fn(messages) { print(messages) }
route GET "/" => async fn() { await JOBS.send(1) await OWN.send(2) } }`;
  const { workers } = compile(source, { fileName: "app.tova" });
  const { Properties } = parse(workers[0]?.config?.text ?? "").Resources.Worker;
  const pseudo = (name: string) => `\${AWS::${name}}`;
  expect(Properties.Environment.Variables).toMatchObject({
    JOBS: {
      "Fn::Sub": `https://sqs.${pseudo("Region")}.${pseudo("URLSuffix")}/${pseudo("AccountId")}/jobs`,
    },
    OWN: { Ref: "QueueOwn" },
  });
  expect(Properties.Policies).toEqual([
    { SQSSendMessagePolicy: { QueueName: "jobs" } },
    { SQSSendMessagePolicy: { QueueName: "own" } },
    {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["sqs:ChangeMessageVisibility"],
          Resource: [{ "Fn::GetAtt": ["QueueOwn", "Arn"] }],
        },
      ],
    },
  ]);
});
