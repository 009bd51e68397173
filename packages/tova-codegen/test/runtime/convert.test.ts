// Conversions between types.
import { asText, float, int, isEmpty, len, toBool, typeOf } from "../../src/runtime/convert";
import { None, Ok } from "../../src/runtime/result";

test.each([
  ["12", 12],
  ["12px", 12],
  ["-7.9", -7],
  ["08", 8],
  ["0x10", 0],
  ["", null],
  ["x", null],
  [3.9, 3],
  [-3.9, -3],
  [true, 1],
  [false, 0],
  [Number.NaN, null],
  [null, null],
  [undefined, null],
  [5n, 5],
  [{}, null],
  ["10485760", 10485760],
])("int(%p) is %p", (value, number) => expect(int(value)).toBe(number));

test.each([
  ["1.5", 1.5],
  ["1.5px", null],
  ["x", null],
  [true, 1],
  [null, null],
  [undefined, null],
  [2, 2],
])("float(%p) is %p", (value, number) => expect(float(value)).toBe(number));

test.each([
  [null, "nil"],
  [undefined, "nil"],
  [1.5, "1.5"],
  [true, "true"],
  ["", ""],
  [Ok([1]), "Ok(1)"],
  [None, "None"],
  [{ __tag: "Box", w: 1, h: null }, "Box(1, nil)"],
  [{ __tag: "Some", value: { __tag: "Dot" } }, "Some(Dot)"],
])("to_string(%j) is %p", (value, text) => expect(asText(value)).toBe(text));

test.each([
  ["", false],
  ["0", false],
  ["false", false],
  ["no", true],
  [0, false],
  [[], true],
  [null, false],
])("to_bool(%j) is %p", (value, truth) => expect(toBool(value)).toBe(truth));

test.each([
  [null, "Nil"],
  [undefined, "Nil"],
  [[], "List"],
  [1, "Int"],
  [1.5, "Float"],
  [Number.NaN, "Float"],
  ["", "String"],
  [true, "Bool"],
  [() => 1, "Function"],
  [{}, "Object"],
  [{ __tag: 5 }, "Object"],
  [Ok(1), "Ok"],
  [None, "None"],
])("type_of(%p) is %p", (value, name) => expect(typeOf(value)).toBe(name));

test.each([
  ["héé", 3],
  [[1, 2], 2],
  [{ a: 1, length: 9 }, 2],
  [null, 0],
  [undefined, 0],
  [new Map([[1, 2]]), 1],
  [new Set(), 0],
  [new Uint8Array(4), 4],
  [7, 0],
])("len(%p) is %p", (value, length) => {
  expect(len(value)).toBe(length);
  expect(isEmpty(value)).toBe(length === 0);
});
