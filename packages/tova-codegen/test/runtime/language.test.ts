// Tova's operators and statements at run time.
import { Counter } from "../../src/runtime/collections";
import { Deque } from "../../src/runtime/deque";
import {
  close,
  contains,
  entriesOf,
  fieldAt,
  isA,
  isFailure,
  rangeArray,
  repeatOr,
  runDeferred,
  runDeferredAsync,
  slice,
  unwrapped,
} from "../../src/runtime/language";
import { Seq } from "../../src/runtime/seq";

test.each([
  [2, [1, 2], true],
  [Number.NaN, [Number.NaN], true],
  ["b", "abc", true],
  [1, "a1", true],
  ["d", "abc", false],
  [1, new Set([1]), true],
  ["k", new Map([["k", 0]]), true],
  ["v", new Map([["k", "v"]]), false],
  ["a", { a: undefined }, true],
  ["toString", {}, true],
  ["b", { a: 1 }, false],
  [1, 5, false],
  ["a", null, false],
  ["a", undefined, false],
])("%p in %p is %p", (value, collection, result) => {
  expect(contains(value, collection)).toBe(result);
});

test.each([
  [1, 4, false, [1, 2, 3]],
  [1, 4, true, [1, 2, 3, 4]],
  [3, 0, false, [3, 2, 1]],
  [3, 0, true, [3, 2, 1, 0]],
  [2, 2, false, []],
  [2, 2, true, [2]],
  [-1, 1, false, [-1, 0]],
  [0.5, 3, false, [0.5, 1.5, 2.5]],
  [0.5, 3, true, [0.5, 1.5, 2.5]],
])("%p to %p, inclusive %p", (from, to, inclusive, values) => {
  expect(rangeArray(from, to, inclusive)).toEqual(values);
});

test.each([
  [1, Number.POSITIVE_INFINITY],
  [Number.NaN, 3],
  [1, undefined as unknown as number],
])("a range from %p to %p has no end", (from, to) =>
  expect(() => rangeArray(from, to)).toThrow(RangeError),
);

describe("slice", () => {
  const list = [0, 1, 2, 3, 4];
  test.each([
    [1, 3, undefined, [1, 2]],
    [-2, undefined, undefined, [3, 4]],
    [null, -1, null, [0, 1, 2, 3]],
    [undefined, undefined, undefined, list],
    [undefined, undefined, 2, [0, 2, 4]],
    [undefined, undefined, -1, [4, 3, 2, 1, 0]],
    [3, 0, -1, [3, 2, 1]],
    [-2, undefined, -2, [3, 1]],
    [10, -10, -1, [4, 3, 2, 1, 0]],
    [-10, 10, 3, [0, 3]],
    [3, 1, 1, []],
    [1, 3, -1, []],
    [Number.NaN, undefined, 1, []],
  ])("[%p:%p:%p]", (start, end, step, values) => {
    expect(slice(list, start, end, step)).toEqual(values);
  });

  test("strings", () => {
    expect(slice("héllo", 1, -1)).toBe("éll");
    expect(slice("abc", undefined, undefined, -1)).toEqual(["c", "b", "a"]);
    expect(slice("", undefined, undefined, -1)).toEqual([]);
  });

  test.each([0, 0.5, Number.NaN, "x" as unknown as number])("a step of %p is refused", (step) =>
    expect(() => slice(list, 0, 2, step)).toThrow(RangeError),
  );
});

test.each([
  [2, 3, 6],
  ["ab", 2, "abab"],
  [2, "ab", "abab"],
  ["5", 2, 10],
  ["ab", -1, ""],
  ["ab", 2.9, "abab"],
  ["a", "b", Number.NaN],
  [undefined, 2, Number.NaN],
  ["x", undefined, Number.NaN],
  [2n, 3n, 6n],
])("%p * %p is %p", (left, right, product) => expect(repeatOr(left, right)).toEqual(product));

test("is: a tag, or a class of the host", () => {
  expect(isA({ __tag: "Circle" }, "Circle")).toBe(true);
  expect(isA({ __tag: "Circle" }, "Box")).toBe(false);
  expect(isA(new TypeError(), "Error")).toBe(true);
  expect(isA({}, "NoSuchThing")).toBe(false);
  expect(isA(null, "Circle")).toBe(false);
});

test.each([
  [
    ["a", "b"],
    [
      [0, "a"],
      [1, "b"],
    ],
  ],
  [
    { a: 1, b: 2 },
    [
      ["a", 1],
      ["b", 2],
    ],
  ],
  [new Map([["k", 1]]), [["k", 1]]],
  [new Set(["x"]), [[0, "x"]]],
  [
    "é😀",
    [
      [0, "é"],
      [1, "😀"],
    ],
  ],
  [
    new URLSearchParams("a=1&a=2"),
    [
      ["a", "1"],
      ["a", "2"],
    ],
  ],
  [{ entries: 1 }, [["entries", 1]]],
  [[], []],
])("for key, value in %p", (values, entries) => expect([...entriesOf(values)]).toEqual(entries));

test("for index, value in a generator stays lazy", () => {
  function* forever() {
    for (;;) yield "v";
  }
  for (const [index, value] of entriesOf(forever())) {
    expect(value).toBe("v");
    if (index === 2) break;
  }
});

test("patterns take fields by position, without the tag", () => {
  const box = { __tag: "Box", w: 1, h: 2 };
  expect([fieldAt(box, 0), fieldAt(box, 1), fieldAt(box, 2)]).toEqual([1, 2, undefined]);
});

test("propagation", () => {
  expect([{ __tag: "Err", error: 1 }, { __tag: "None" }].map(isFailure)).toEqual([true, true]);
  expect([{ __tag: "Ok", value: 1 }, null, undefined, 0, "Err"].some(isFailure)).toBe(false);
  expect(unwrapped({ __tag: "Ok", value: 1 })).toBe(1);
  expect(unwrapped({ __tag: "Some", value: null })).toBeNull();
  expect(unwrapped({ value: 1 })).toEqual({ value: 1 });
  expect(unwrapped(null)).toBeNull();
});

test("with closes by close, dispose or Symbol.dispose", () => {
  expect(close({ close: () => "c", dispose: () => "d" } as never)).toBe("c");
  expect(close({ dispose: () => "d" } as never)).toBe("d");
  const { dispose } = Symbol as { dispose?: symbol };
  if (!dispose) throw new Error("this Node has Symbol.dispose");
  expect(close({ [dispose]: () => "s" } as never)).toBe("s");
  expect([close({} as never), close(null)]).toEqual([undefined, undefined]);
});

test("deferred functions run last first, all of them, and the error comes out", async () => {
  const order: number[] = [];
  const steps = () => [
    () => order.push(1),
    () => {
      throw new Error("two");
    },
    () => order.push(3),
  ];
  expect(() => runDeferred(steps())).toThrow("two");
  await expect(runDeferredAsync(steps().map((step) => async () => step()))).rejects.toThrow("two");
  expect(order).toEqual([3, 1, 3, 1]);
});

test("`in` looks for a value in deques, sequences and generators, for a key in what has keys", () => {
  function* endless() {
    for (let n = 0; ; n++) yield n;
  }
  const evens = Seq(endless()).filter((n) => n % 2 === 0);
  expect([contains(4, evens), contains(3, Seq([1, 2])), contains(2, endless())]).toEqual([
    true,
    false,
    true,
  ]);
  expect([contains(3, Deque([3])), contains(0, Deque([3]))]).toEqual([true, false]);
  expect([contains("a", { a: 1 }), contains("a", Counter("a"))]).toEqual([true, true]);
});
