// Values kept in the memory of an isolate for a while.
import { cacheClear, cacheGet, cacheHas, cacheRemember, cacheSet } from "../../src/runtime/cache";

afterEach(() => {
  jest.restoreAllMocks();
  cacheClear();
});

test("what is over is forgotten, also where nobody asks for it again", () => {
  const now = jest.spyOn(Date, "now").mockReturnValue(0);
  for (let i = 0; i < 900; i++) cacheSet(`short ${i}`, i, 1);
  cacheSet("long", "kept", 100);
  now.mockReturnValue(2000);
  const forgotten = jest.spyOn(Map.prototype, "delete");
  for (let i = 0; i < 200; i++) cacheSet(`late ${i}`, i, 1);
  expect(forgotten).toHaveBeenCalledTimes(900);
  expect([cacheGet("long"), cacheGet("late 0"), cacheHas("short 5")]).toEqual(["kept", 0, false]);
});

test("a promise that fails is forgotten, and not what has taken its place", async () => {
  const failing = Promise.reject(new Error("no"));
  cacheRemember("a", () => failing);
  cacheRemember("b", () => failing);
  cacheSet("b", 2);
  await failing.catch(() => {});
  expect([cacheHas("a"), cacheGet("b")]).toEqual([false, 2]);
});
