// Functions made of functions.
import * as functions from "../../src/runtime/functions";

const add = (a: number, b: number) => a + b;
const double = (n: number) => n * 2;

test("compose and pipe_fn run in opposite orders", () => {
  expect(functions.compose(String, double, add)(1, 2)).toBe("6");
  expect(functions.pipeFn(add, double, String)(1, 2)).toBe("6");
  expect([functions.compose()(5), functions.identity("x")]).toEqual([5, "x"]);
});

test("memoize asks once for the same arguments", () => {
  const run = jest.fn((...args: unknown[]) => args.length || undefined);
  const remembered = functions.memoize(run);
  expect([remembered(1, 2), remembered(1, 2), remembered(2), remembered(), remembered()]).toEqual([
    2,
    2,
    1,
    undefined,
    undefined,
  ]);
  expect(run).toHaveBeenCalledTimes(3);
  const byFirst = functions.memoize(run, (first) => first);
  expect([byFirst("k", 1), byFirst("k", 2, 3)]).toEqual([2, 2]);
});

test("once remembers, even nothing, and tries again after a failure", () => {
  const run = jest.fn().mockImplementationOnce(() => {
    throw new Error("first");
  });
  const only = functions.once(run);
  expect(() => only()).toThrow("first");
  expect([only(), only()]).toEqual([undefined, undefined]);
  expect(run).toHaveBeenCalledTimes(2);
});

test("debounce and throttle", () => {
  jest.useFakeTimers();
  const run = jest.fn(double);
  const quiet = functions.debounce(run, 10);
  quiet(1);
  jest.advanceTimersByTime(9);
  quiet(2);
  jest.advanceTimersByTime(9);
  expect(run).not.toHaveBeenCalled();
  jest.advanceTimersByTime(1);
  expect(run.mock.calls).toEqual([[2]]);

  const slow = functions.throttle(run, 10);
  expect([slow(5), slow(6)]).toEqual([10, 10]);
  jest.advanceTimersByTime(10);
  expect(slow(7)).toBe(14);
  jest.useRealTimers();
});

test("negate, partial, curry and flip", () => {
  expect([functions.negate(Boolean)(0), functions.partial(add, 1)(2)]).toEqual([true, 3]);
  const three = functions.curry((a: string, b: string, c: string) => a + b + c);
  expect([
    three("a")("b")("c"),
    three("a", "b")("c"),
    three("a")("b", "c"),
    three("a", "b", "c"),
  ]).toEqual(["abc", "abc", "abc", "abc"]);
  expect(functions.curry(Math.max, 2)(1)(2)).toBe(2);
  expect(functions.flip((a: string, b: string, c: string) => a + b + c)("a", "b", "c")).toBe("bac");
});
