// The name of a worker's module in, the module that hands it events as Lambda's own runtime does out.

/**
 * Calls at the same time, each of which Lambda would give a process of its own: a worker that calls
 * itself gets an answer.
 */
const atOnce = 32;

/** Makes the module; it ends with its standard input: whatever ends `tova` ends its workers. */
export const clientOf = (entry: string): string => `
import process from "node:process";
const root = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime";
const send = (path, value) =>
  fetch(root + path, { method: "POST", body: value === undefined ? "" : JSON.stringify(value) });
const failure = (error) => ({
  errorType: error?.name ?? "Error",
  errorMessage: String(error?.message ?? error),
  stackTrace: String(error?.stack ?? error).split("\\n"),
});
process.stdin.on("close", () => process.exit(0)).resume();
let handler;
try {
  ({ handler } = await import(${JSON.stringify(entry)}));
} catch (error) {
  await send("/init/error", failure(error));
  process.exit(1);
}
async function work() {
  for (;;) {
    // A request that has waited for too long is made again.
    const next = await fetch(root + "/invocation/next").catch(() => null);
    if (next === null) {
      await new Promise((done) => setTimeout(done, 100));
      continue;
    }
    const awsRequestId = next.headers.get("lambda-runtime-aws-request-id");
    const deadline = Number(next.headers.get("lambda-runtime-deadline-ms"));
    const context = { awsRequestId, getRemainingTimeInMillis: () => deadline - Date.now() };
    try {
      const value = await handler(await next.json(), context);
      await send("/invocation/" + awsRequestId + "/response", value);
    } catch (error) {
      console.error(error?.stack ?? error);
      await send("/invocation/" + awsRequestId + "/error", failure(error));
    }
  }
}
for (let count = 0; count < ${atOnce}; count++) work();
`;
