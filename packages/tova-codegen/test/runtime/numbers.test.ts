// Numbers of the library.
import * as numbers from "../../src/runtime/numbers";

test("what the platform has", () => {
  expect([numbers.abs(-1), numbers.floor(1.5), numbers.ceil(1.5), numbers.sqrt(9)]).toEqual([
    1, 1, 2, 3,
  ]);
  expect([numbers.pow(2, 10), numbers.round(2.5), numbers.round(-2.5)]).toEqual([1024, 3, -2]);
  expect([numbers.isNan(Number.NaN), numbers.isNan("x"), numbers.isNan(0)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("clamp", () => {
  expect([-1, 5, 11].map((n) => numbers.clamp(n, 0, 10))).toEqual([0, 5, 10]);
});

test("random_int reaches both ends and no further", () => {
  const random = jest.spyOn(Math, "random");
  random.mockReturnValueOnce(0).mockReturnValueOnce(1 - Number.EPSILON);
  expect([numbers.randomInt(1, 6), numbers.randomInt(1, 6)]).toEqual([1, 6]);
  random.mockRestore();
  expect(numbers.random()).toBeLessThan(1);
});
