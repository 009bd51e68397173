// Secrets, health checks and scheduled jobs.
import { envValue, healthMemory, healthOk, missingSecrets, runAll } from "../../src/runtime/worker";

let log: jest.SpyInstance;
beforeEach(() => {
  log = jest.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

test("env falls back only where the platform supplies nothing", () => {
  const env = { EMPTY: "", SIZE: "5" };
  expect([envValue(env, "EMPTY", "x"), envValue(env, "SIZE"), envValue(env, "NO", "x")]).toEqual([
    "",
    "5",
    "x",
  ]);
  expect(envValue(env, "NO")).toBeNull();
});

test("secrets are missing when absent or empty; the error names them, not what is there", () => {
  const env = { A: "s3cret", B: "", D: null, E: undefined, F: { get() {} } };
  const error = missingSecrets(env, ["A", "B", "C", "D", "E", "F"]);
  expect(error?.message).toBe("Secrets are not set: B, C, D, E");
  expect(missingSecrets(env, ["A", "F"])).toBeNull();
  expect(missingSecrets(env, [])).toBeNull();
});

test("health without checks", async () => {
  expect(await healthOk().json()).toEqual({ status: "ok" });
});

describe("health with check_memory", () => {
  const use = (memory: object | null) =>
    jest.replaceProperty(globalThis as { process?: unknown }, "process", {
      ...process,
      ...(memory ? { memoryUsage: () => memory } : { memoryUsage: undefined }),
    });
  const health = async () => (await healthMemory().json()) as Record<string, unknown>;

  test("healthy below 90 % of the heap", async () => {
    use({ heapUsed: 90, heapTotal: 100 });
    const { timestamp, ...rest } = await health();
    expect(rest).toEqual({
      status: "healthy",
      checks: { memory: { status: "healthy", heapUsed: 90, heapTotal: 100 } },
    });
    expect(new Date(timestamp as string).toISOString()).toBe(timestamp);
  });

  test("degraded above", async () => {
    use({ heapUsed: 91, heapTotal: 100 });
    expect(await health()).toMatchObject({
      status: "degraded",
      checks: { memory: { status: "degraded" } },
    });
  });

  test.each([null, { heapUsed: 0, heapTotal: 0 }, { heapUsed: 0, heapTotal: 1 }])(
    "says so when the runtime tells %j",
    async (memory) => {
      use(memory);
      const { checks, status } = await health();
      expect(status).toBe("healthy");
      expect(checks).toEqual({ memory: { status: "unavailable" } });
    },
  );
});

describe("runAll", () => {
  test("waits for all", async () => {
    const done: number[] = [];
    await runAll([async () => void done.push(1), () => done.push(2)]);
    expect(done).toEqual([1, 2]);
    await expect(runAll([])).resolves.toBeUndefined();
  });

  test("one failure does not stop the others, and is what it rejects with", async () => {
    const ran = jest.fn();
    const error = new Error("first");
    const throws = () => {
      throw error;
    };
    await expect(runAll([throws, async () => ran()])).rejects.toBe(error);
    expect(ran).toHaveBeenCalled();
    expect(log.mock.calls).toEqual([[error.stack]]);
  });

  test("several failures reject together", async () => {
    const failing = (name: string) => async () => Promise.reject(new Error(name));
    const result = runAll([failing("a"), () => 1, failing("b")]);
    await expect(result).rejects.toBeInstanceOf(AggregateError);
    await expect(result).rejects.toMatchObject({ errors: [{ message: "a" }, { message: "b" }] });
    expect(log).toHaveBeenCalledTimes(2);
  });
});
