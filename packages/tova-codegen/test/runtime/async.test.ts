// Outcomes of functions and promises.
import { parallel, race, retry, sleep, timeout, tryAsync, tryFn } from "../../src/runtime/async";
import { Err, Ok } from "../../src/runtime/result";

const failing = (error: unknown) => () => {
  throw error;
};
const never = new Promise<never>(() => {});

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("try_fn", () => {
  expect(tryFn(() => 1)).toEqual(Ok(1));
  expect(tryFn(failing(new Error("bad")))).toEqual(Err("bad"));
  expect(tryFn(failing({ code: 1 }))).toEqual(Err({ code: 1 }));
});

test("try_async of functions and promises", async () => {
  expect(await tryAsync(async () => 1)).toEqual(Ok(1));
  expect(await tryAsync(Promise.resolve(2))).toEqual(Ok(2));
  expect(await tryAsync(Promise.reject(new Error("late")))).toEqual(Err("late"));
  expect(await tryAsync(failing(new Error("at once")))).toEqual(Err("at once"));
});

test("parallel keeps the order and rejects with the first failure", async () => {
  expect(await parallel([async () => 1, Promise.resolve(2), () => 3])).toEqual([1, 2, 3]);
  await expect(parallel([never, failing(new Error("x"))])).rejects.toThrow("x");
  expect(await parallel([])).toEqual([]);
});

test("race", async () => {
  expect(await race([never, async () => "first"])).toBe("first");
  await expect(race([never, failing(new Error("x"))])).rejects.toThrow("x");
});

test("sleep ends when its time has come", async () => {
  const done = jest.fn();
  const slept = sleep(50).then(done);
  await jest.advanceTimersByTimeAsync(49);
  expect(done).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(1);
  await slept;
  expect(done).toHaveBeenCalled();
});

test("timeout gives the outcome, or fails, and leaves no timer behind", async () => {
  expect(await timeout(Promise.resolve(1), 10)).toBe(1);
  await expect(timeout(failing(new Error("x")), 10)).rejects.toThrow("x");
  expect(jest.getTimerCount()).toBe(0);
  const late = expect(timeout(never, 10)).rejects.toThrow("Timed out after 10 ms");
  await jest.advanceTimersByTimeAsync(10);
  await late;
});

test("retry waits longer each time, then gives the last error", async () => {
  const calls: number[] = [];
  const run = jest.fn(async () => {
    calls.push(Date.now());
    throw new Error(`call ${calls.length}`);
  });
  const failed = expect(retry(run, { times: 3, delay: 10, backoff: true })).rejects.toThrow(
    "call 3",
  );
  await jest.runAllTimersAsync();
  await failed;
  expect(calls.map((at) => at - (calls[0] ?? 0))).toEqual([0, 10, 30]);
});

test("retry stops at the first success", async () => {
  const run = jest.fn().mockImplementationOnce(failing("once")).mockReturnValue("ok");
  const outcome = retry(run, { delay: 0 });
  await jest.runAllTimersAsync();
  expect(await outcome).toBe("ok");
  expect(run).toHaveBeenCalledTimes(2);
});
