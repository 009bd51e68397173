// Calls of methods that only Tova has.
import { methods } from "../../src/generated/runtime";
import * as helpers from "../../src/runtime/methods";

type Call = (receiver: unknown, ...args: unknown[]) => unknown;
const call = (name: string, receiver: unknown, ...args: unknown[]) =>
  (helpers as unknown as Record<string, Call>)[methods[name] as string]?.(receiver, ...args);

test.each(Object.keys(methods))("a receiver's own %s is called, on the receiver", (name) => {
  const receiver = {
    [name](...args: unknown[]) {
      return [this, args];
    },
  };
  expect(call(name, receiver, 1, 2)).toEqual([receiver, [1, 2]]);
});

test.each([
  ["upper", "a", [], "A"],
  ["lower", "A", [], "a"],
  ["contains", "abc", ["b"], true],
  ["contains", [1], [2], false],
  ["starts_with", "abc", ["a"], true],
  ["ends_with", "abc", ["a"], false],
  ["chars", "ab", [], ["a", "b"]],
  ["words", "a b", [], ["a", "b"]],
  ["lines", "a\nb", [], ["a", "b"]],
  ["capitalize", "ab", [], "Ab"],
  ["title_case", "a b", [], "A B"],
  ["snake_case", "aB", [], "a_b"],
  ["camel_case", "a_b", [], "aB"],
  ["sorted", [2, 1], [], [1, 2]],
  ["sorted", [1, 2], [(n: number) => -n], [2, 1]],
  ["reversed", [1, 2], [], [2, 1]],
  ["unique", [1, 1], [], [1]],
  ["chunk", [1, 2, 3], [2], [[1, 2], [3]]],
  ["flatten", [[1], [[2]]], [], [1, 2]],
  ["first", [1, 2], [], 1],
  ["last", [1, 2], [], 2],
  ["take", [1, 2], [1], [1]],
  ["drop", [1, 2], [1], [2]],
  ["compact", [null, 1], [], [1]],
  ["sum", [1, 2], [], 3],
  ["min_val", [1, 2], [], 1],
  ["max_val", [1, 2], [], 2],
  ["group_by", [1], [String], { 1: [1] }],
  ["partition", [1, 0], [Boolean], [[1], [0]]],
  ["zip_with", [1], [[2], (a: number, b: number) => a + b], [3]],
  ["frequencies", ["a"], [], { a: 1 }],
])("%s of %j", (name, receiver, args, result) => {
  expect(call(name, receiver, ...args)).toEqual(result);
});

test("nil has no methods", () => expect(() => call("upper", null)).toThrow(TypeError));
