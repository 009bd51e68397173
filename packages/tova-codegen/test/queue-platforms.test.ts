// Queues between workers of several platforms: which messages arrive, and what is said of others.
import { compile } from "../src";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" })
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, line, message }) => `${line} ${code} ${message}`);

const sends = (target: string, queue = "JOBS") =>
  `edge "sends-${target}" { target: "${target}" queue ${queue} route POST "/" => fn() { await ${queue}.send(1) } }\n`;
const takes = (target: string, queue = "JOBS", options = "") =>
  `edge "takes-${queue}" { target: "${target}" consume ${queue} ${options} fn(messages) { print(messages) } }\n`;

test("what is sent on another platform than its consumer's is an error of who sends it", () => {
  const never = (target: string, other: string, queue = "JOBS") =>
    `E_QUEUE_PLATFORMS What is sent to \`${queue}\` on ${target} never reaches its consumer, which is on ${other}.`;
  expect(found(sends("cloudflare") + takes("lambda"))).toEqual([
    `1 ${never("cloudflare", "lambda")}`,
  ]);
  expect(found(sends("lambda") + sends("deno") + takes("deno"))).toEqual([
    `1 ${never("lambda", "deno")}`,
  ]);
  const dead = takes("lambda", "JOBS", '{ dead_letter_queue: "failed-jobs" }');
  expect(found(sends("lambda") + dead + takes("cloudflare", "FAILED_JOBS"))).toEqual([
    `2 ${never("lambda", "cloudflare", "FAILED_JOBS")}`,
  ]);
});

test.each(["cloudflare", "lambda", "deno"])("on %s alone all arrives", (target) => {
  const dead = takes(target, "JOBS", '{ dead_letter_queue: "FAILED" }');
  expect(found(sends(target) + dead + takes(target, "FAILED"))).toEqual([]);
});

test("a queue with two consumers is told once, whatever their targets", () => {
  const other = takes("deno").replace("takes-JOBS", "takes-too");
  expect(found(sends("cloudflare") + takes("cloudflare") + other)).toEqual([
    "3 E_DUPLICATE_CONSUMER The queue `JOBS` is consumed twice in this file.",
  ]);
});

test("a queue that the file does not consume is another program's business", () => {
  const both = sends("cloudflare") + sends("lambda");
  expect(found(both)).toEqual([]);
});

test("where there are no queues that is said, and nothing else", () => {
  const codes = found(sends("vercel") + takes("cloudflare")).map((text) => text.split(" ")[1]);
  expect(codes).toEqual(["W_UNSUPPORTED_QUEUE"]);
});
