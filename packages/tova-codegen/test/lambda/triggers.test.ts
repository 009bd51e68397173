// Schedules of EventBridge and batches of SQS, as a Lambda worker takes them (spec 11.4).
import { invoke } from "./invoke";
import { credentials, startSqs } from "./sqs";

const message = (id: string, body: string, attempts = 1, queue = "jobs") => ({
  messageId: id,
  receiptHandle: `handle-${id}`,
  body,
  attributes: { ApproximateReceiveCount: String(attempts), SentTimestamp: "1796000000000" },
  messageAttributes: {},
  eventSource: "aws:sqs",
  eventSourceARN: `arn:aws:sqs:eu-west-1:123456789012:${queue}`,
  awsRegion: "eu-west-1",
});
const batch = (...Records: ReturnType<typeof message>[]) => ({ Records });
const failed = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

const schedules = `
schedule "nightly sweep" cron("0 3 * * *") { print("sweep") }
schedule "second" cron("0 3 * * *") { print("second") throw Error.new("broken") }
schedule "hourly" cron("0 * * * *") { print("hourly") }
`;
const rule = (name: string) => ({
  source: "aws.events",
  "detail-type": "Scheduled Event",
  resources: [`arn:aws:events:eu-west-1:123456789012:rule/${name}`],
});

test("a rule made by hand runs the schedule with the longest name that it ends in", async () => {
  const source = `
    schedule "report" cron("0 1 * * *") { print("report") }
    schedule "daily report" cron("0 2 * * *") { print("daily") }
    schedule "日次" cron("0 3 * * *") { print("third") }
    schedule "weekly!" cron("0 4 * * *") { print("weekly") }
    schedule "weekly" cron("0 5 * * *") { print("other") }`;
  const rules = ["app-daily-report", "report", "app-third", "app-", "app-weekly"];
  const { outcomes, log } = await invoke(source, rules.map(rule));
  expect(log.match(/^(report|daily|third|weekly|other)$/gm)).toEqual(["daily", "report"]);
  const none = expect.stringMatching(/^No schedule for the rule /);
  expect(outcomes.map(({ error }) => error)).toEqual([undefined, undefined, none, none, none]);
});

test("the template's event and rules made by hand run the schedules of their expression", async () => {
  const { outcomes, log } = await invoke(schedules, [
    { source: "tova.schedule", cron: "0 * * * *" },
    { source: "tova.schedule", cron: "0 3 * * *" },
    rule("app-hourly"),
    {
      ...rule("x"),
      source: "aws.scheduler",
      resources: ["arn:aws:scheduler:eu-west-1:1:schedule/default/nightly-sweep"],
    },
    rule("other"),
    { source: "tova.schedule", cron: "1 1 1 1 *" },
  ]);
  expect(outcomes.map(({ error }) => error)).toEqual([
    undefined,
    "broken",
    undefined,
    "broken",
    expect.stringMatching(/^No schedule for the rule .*other/),
    "No schedule for 1 1 1 1 *",
  ]);
  expect(log.match(/^(sweep|second|hourly)$/gm)?.sort()).toEqual([
    "hourly",
    "hourly",
    "second",
    "second",
    "sweep",
    "sweep",
  ]);
});

test("the one schedule runs for any rule", async () => {
  const { outcomes, log } = await invoke('schedule "only" cron("0 3 * * *") { print("ran") }', [
    rule("made-by-hand"),
  ]);
  expect(outcomes).toEqual([{}]);
  expect(log).toBe("ran\n");
});

const consumer = `
queue JOBS
consume JOBS async fn(messages) {
  for m in messages {
    print("{m.id} {m.body?.kind ?? m.body} {m.attempts} {m.timestamp.toISOString()}")
    if m.body == "again" { m.retry({ delaySeconds: 60 }) }
    if m.body == "first wins" { m.ack() m.retry() }
    if m.body == "stop" { throw Error.new("stopped") }
    if m.body == "done" { m.ack() }
  }
}`;

test("messages that a consumer asks for again are reported, and only those; SQS hides them for as long as it says", async () => {
  const sqs = await startSqs();
  const events = [
    batch(message("a", '{"kind":"json"}', 3), message("b", "again"), message("c", "first wins")),
    batch(message("d", "done"), message("e", "stop"), message("f", "never seen")),
    batch(message("g", "stop"), message("h", "x")),
    batch(message("i", "fine", 1, "any-name-will-do")),
  ];
  const env = { ...credentials, AWS_ENDPOINT_URL_SQS: sqs.url };
  const { outcomes, log } = await invoke(consumer, events, env);
  sqs.close();
  expect(outcomes).toEqual([
    { value: failed("b") },
    { value: failed("e", "f") },
    // Throwing fails the batch where nobody reads reports, too.
    { error: "stopped" },
    { value: failed() },
  ]);
  expect(log).toContain("a json 3 2026-11-30T00:53:20.000Z\n");
  expect(log).toContain("Error: stopped");
  const Entries = [{ Id: "b", ReceiptHandle: "handle-b", VisibilityTimeout: 60 }];
  expect(sqs.taken.map(({ action, signed, body }) => [action, signed, body])).toEqual([
    ["ChangeMessageVisibilityBatch", true, { QueueUrl: sqs.queue, Entries }],
  ]);
});

test("`retry_delay` is for all that say nothing themselves, those of a consumer that throws too", async () => {
  const sqs = await startSqs();
  const members = `queue JOBS
consume JOBS { retry_delay: 30 } fn(messages) {
  for m in messages {
    if m.body == "now" { m.retry({ delaySeconds: 0 }) }
    if m.body == "later" { m.retry() }
    if m.body == "stop" { throw Error.new("stopped") }
  }
}`;
  const events = [
    batch(message("a", "now"), message("b", "later"), message("c", "fine")),
    batch(...Array.from({ length: 12 }, (_, at) => message(`m${at}`, at === 0 ? "stop" : "x"))),
  ];
  const env = { ...credentials, AWS_ENDPOINT_URL_SQS: `${sqs.url}/` };
  const { outcomes } = await invoke(members, events, env);
  sqs.close();
  expect(outcomes).toEqual([{ value: failed("a", "b") }, { error: "stopped" }]);
  const hidden = sqs.taken.map(({ body }) =>
    body.Entries.map(({ Id, VisibilityTimeout }) => [Id, VisibilityTimeout]),
  );
  expect(hidden[0]).toEqual([
    ["a", 0],
    ["b", 30],
  ]);
  expect(hidden.slice(1).flat()).toEqual(Array.from({ length: 12 }, (_, at) => [`m${at}`, 30]));
});

test("a delay that SQS does not take is logged, and the message comes again all the same", async () => {
  const sqs = await startSqs();
  sqs.close();
  const env = { ...credentials, AWS_ENDPOINT_URL_SQS: sqs.url };
  const { outcomes, log } = await invoke(consumer, [batch(message("a", "again"))], env);
  expect(outcomes).toEqual([{ value: failed("a") }]);
  expect(log).toContain("SQS did not delay a message: ");
});

test("after `max_retries` without a queue for dead letters a message is given up, and the log says so", async () => {
  const { outcomes, log } = await invoke(
    'queue JOBS\nconsume JOBS { max_retries: 2 } fn(messages) { throw Error.new("no") }',
    [batch(message("a", "x", 2), message("b", "x", 3))],
  );
  expect(outcomes).toEqual([{ value: failed("a") }]);
  expect(log).toContain("Gave up message b");
});

test("several consumers are told apart by the queue's name; a strange queue is refused", async () => {
  const { outcomes, log } = await invoke(
    `queue LEFT
queue RIGHT_SIDE
consume LEFT fn(messages) { print("left {messages.length}") }
consume RIGHT_SIDE fn(messages) { print("right {messages.length}") }
route GET "/" => fn() { "ok" }`,
    ["left", "right-side", "strange"].map((name) => batch(message("a", "x", 1, name))),
  );
  expect(log).toBe("left 1\nright 1\n");
  expect(outcomes[2]?.error).toBe("No consumer for the queue strange");
});

test("without a secret neither schedules nor consumers run", async () => {
  const { outcomes } = await invoke(`secret TOKEN\n${schedules}\n${consumer}`, [
    { source: "tova.schedule", cron: "0 * * * *" },
    batch(message("a", "x")),
  ]);
  expect(outcomes.map(({ error }) => error)).toEqual(Array(2).fill("Secrets are not set: TOKEN"));
});
