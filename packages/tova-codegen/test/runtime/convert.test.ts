// Conversions between types.
import { float, int } from "../../src/runtime/convert";

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
