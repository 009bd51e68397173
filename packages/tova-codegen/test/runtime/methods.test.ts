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
  ["len", "abc", [], 3],
  ["len", new Map([[1, 2]]), [], 1],
  ["is_empty", [], [], true],
  ["any", [0, 1], [Boolean], true],
  ["all", [0, 1], [Boolean], false],
  ["count", [0, 1], [Boolean], 1],
  ["enumerate", ["a"], [], [[0, "a"]]],
  ["zip", [1, 2], [["a"]], [[1, "a"]]],
  ["find_index", [0], [Boolean], null],
  ["flat_map", [1], [(n: number) => [n, n]], [1, 1]],
  ["min", [2, 1], [], 1],
  ["max", 2, [3], 3],
  ["avg", [1, 2], [], 1.5],
  ["pad_start", "a", [2, "0"], "0a"],
  ["pad_end", "a", [2], "a "],
  ["trim_start", " a ", [], "a "],
  ["trim_end", " a ", [], " a"],
  ["index_of", "ab", ["z"], null],
  ["char_at", "ab", [1], "b"],
  ["replace_first", "aa", ["a", "b"], "ba"],
  ["truncate", "abcdef", [5], "ab..."],
  ["slugify", "A b", [], "a-b"],
  ["kebab_case", "aB", [], "a-b"],
])("%s of %j", (name, receiver, args, result) => {
  expect(call(name, receiver, ...args)).toEqual(result);
});

test("nil has no methods", () => expect(() => call("upper", null)).toThrow(TypeError));
