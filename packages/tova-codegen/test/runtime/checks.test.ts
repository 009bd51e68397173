// Forms of values, equality and assertions.
import * as checks from "../../src/runtime/checks";
import { Deque } from "../../src/runtime/deque";
import { Ok, Some } from "../../src/runtime/result";
import { Seq } from "../../src/runtime/seq";

const table: [string, (value: unknown) => boolean, unknown[], unknown[]][] = [
  [
    "is_email",
    checks.isEmail,
    ["a@b.co", "a.b+c@d-e.f.gh"],
    ["a@b", "a b@c.de", "@b.co", "a@", "a@b..co", "a@b.co,c@d.ef", "", null, 5],
  ],
  [
    "is_url",
    checks.isUrl,
    ["http://h", "HTTPS://h/p?q#f", "http://[::1]:80/"],
    ["h", "ftp://h", "javascript:alert(1)", "http://", "//h", null],
  ],
  [
    "is_numeric",
    checks.isNumeric,
    [1, "1", "-1.5e3", " 2 ", "0x10"],
    ["", " ", "1px", Number.NaN, Number.POSITIVE_INFINITY, "Infinity", null, []],
  ],
  [
    "is_uuid",
    checks.isUuid,
    ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"],
    ["123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400g", ""],
  ],
  ["is_alpha", checks.isAlpha, ["abc", "é", "日本"], ["", "a1", "a b", null]],
  ["is_alphanumeric", checks.isAlphanumeric, ["a1", "é2"], ["", "a_b", "a\n"]],
  ["is_hex", checks.isHex, ["0aF", "ff"], ["", "0x1", "g", "f\n", 12]],
];

describe.each(table)("%s", (_, check, good, bad) => {
  test.each(good)("%p has the form", (value) => expect(check(value)).toBe(true));
  test.each(bad)("%p has not", (value) => expect(check(value)).toBe(false));
});

test.each([
  [[1, { a: [2] }], [1, { a: [2] }], true],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: undefined }, { b: undefined }, false],
  [[1], { 0: 1 }, false],
  [Number.NaN, Number.NaN, true],
  ["1", 1, false],
  [null, undefined, true],
  [new Date(1), new Date(1), true],
  [new Date(1), new Date(2), false],
  [new Map([["a", [1]]]), new Map([["a", [1]]]), true],
  [new Set([1]), new Set([2]), false],
  [/a/, /a/, false],
])("%p and %p are equal in content: %p", (left, right, equal) => {
  expect(checks.deepEqual(left, right)).toBe(equal);
});

test("collections that show no fields are equal by their values", () => {
  expect(checks.deepEqual(Deque([1, [2]]), Deque([1, [2]]))).toBe(true);
  expect(checks.deepEqual(Deque([1]), Deque([2]))).toBe(false);
  const odd = () => Seq([1, 2, 3]).filter((n) => n % 2 === 1);
  expect(checks.deepEqual(odd(), Seq([1, 3]))).toBe(true);
  expect(checks.deepEqual(odd(), Seq([1, 2]))).toBe(false);
});

test("assertions pass silently and fail by throwing", () => {
  expect(checks.assert(1)).toBeUndefined();
  expect(() => checks.assert(0)).toThrow("Assertion failed");
  expect(() => checks.assert(null, "because")).toThrow("because");
  expect(checks.assertEq({ a: [1] }, { a: [1] })).toBeUndefined();
  expect(() => checks.assertEq([1], [2])).toThrow("Assertion failed: [1] is not [2]");
  expect(() => checks.assertEq(undefined, 1n, "sum")).toThrow("sum: undefined is not 1");
  expect(checks.assertNe(1, 2)).toBeUndefined();
  expect(() => checks.assertNe([1], [1])).toThrow("both are [1]");
});

test("equal in content: the same variant, nil as null or undefined, sets in any order", () => {
  const same = (left: unknown, right: unknown) => () => checks.assertEq(left, right);
  expect(same(Ok(1), Some(1))).toThrow("is not");
  expect(same({ __tag: "A" }, { __tag: "B" })).toThrow("is not");
  expect(same(Ok([Some(1)]), Ok([Some(1)]))).not.toThrow();
  expect(same(null, undefined)).not.toThrow();
  expect(same({ a: null }, { a: undefined })).not.toThrow();
  expect(same(0, -0)).not.toThrow();
  expect(same(new Set([1, [2]]), new Set([[2], 1]))).not.toThrow();
  expect(same(new Set([1, [2]]), new Set([[2], 3]))).toThrow("is not");
  expect(same(new Set([[1]]), new Set([[1], [2]]))).toThrow("is not");
});
