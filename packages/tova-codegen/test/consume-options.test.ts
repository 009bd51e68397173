// The options of `consume` on targets that have them, and on those that do not.
import { compile } from "../src";

const program = (target: string, options: string) => `edge "jobs" {
  target: "${target}"
  queue JOBS
  consume JOBS { ${options} } fn(messages) { messages.length }
}`;
const found = (target: string, options: string) =>
  compile(program(target, options), { fileName: "a.tova" }).diagnostics.map(
    ({ code, message }) => `${code} ${message}`,
  );

test("stand in the outline", () => {
  const options =
    "retry_delay: 86400, max_concurrency: 250, max_retries: 100, max_batch_timeout: 0";
  const [worker] = compile(program("cloudflare", options), { fileName: "a.tova" }).workers;
  expect(worker?.outline.consumes).toMatchObject([
    { retryDelay: 86_400, maxConcurrency: 250, maxRetries: 100, maxBatchTimeout: 0 },
  ]);
});

test.each([
  ["retry_delay: 86401", "`retry_delay` must be a whole number from 0 to 86400."],
  ["max_concurrency: 0", "`max_concurrency` must be a whole number from 1 to 250."],
  ["max_concurrency: 1.5", "`max_concurrency` must be a whole number from 1 to 250."],
])("%s is refused", (options, message) => {
  expect(found("cloudflare", options)).toEqual([`E_CONSUME_OPTION ${message}`]);
});

test.each(["max_bath_size", "toString", "__proto__"])("%s is none of them", (name) => {
  expect(found("cloudflare", `${name}: 3`)).toEqual([
    `W_UNKNOWN_CONSUME_OPTION \`${name}\` is not an option of \`consume\` and does nothing.`,
  ]);
});

test("are refused where the platform has no such thing", () => {
  expect(found("lambda", "max_retries: 1, retry_delay: 5")).not.toContainEqual(
    expect.stringMatching(/OPTION/),
  );
  expect(found("lambda", "retry_delay: 5, max_concurrency: 2")).toEqual(
    expect.arrayContaining([
      "E_CONSUME_OPTION `max_concurrency` of `consume` does nothing on lambda.",
    ]),
  );
});
