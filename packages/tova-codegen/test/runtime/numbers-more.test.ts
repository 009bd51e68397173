// Geometry, whole numbers, chance and other bases.
import * as numbers from "../../src/runtime/numbers-more";

test("the platform's functions under Tova's names", () => {
  expect([numbers.pi, numbers.euler, numbers.infinity]).toEqual([Math.PI, Math.E, 1 / 0]);
  expect([
    numbers.sin(0),
    numbers.cos(0),
    numbers.tan(0),
    numbers.asin(0),
    numbers.acos(1),
  ]).toEqual([0, 1, 0, 0, 0]);
  expect([
    numbers.atan(0),
    numbers.atan2(0, 1),
    numbers.ln(1),
    numbers.log2(8),
    numbers.log10(100),
  ]).toEqual([0, 0, 0, 3, 2]);
  expect([numbers.exp(0), numbers.sign(-3), numbers.trunc(-1.5), numbers.hypot(3, 4)]).toEqual([
    1, -1, -1, 5,
  ]);
  expect([numbers.finite(1), numbers.finite("1"), numbers.finite(1 / 0)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("lerp, divmod and is_close", () => {
  expect([numbers.lerp(10, 20, 0.5), numbers.lerp(0, 1, 2)]).toEqual([15, 2]);
  expect([numbers.divmod(7, 2), numbers.divmod(-7, 2), numbers.divmod(7, -2)]).toEqual([
    [3, 1],
    [-4, 1],
    [-4, -1],
  ]);
  expect([
    numbers.isClose(0.1 + 0.2, 0.3),
    numbers.isClose(1, 1.1),
    numbers.isClose(1 / 0, 1 / 0),
  ]).toEqual([true, false, true]);
  expect(numbers.isClose(1, 1.1, 0.2)).toBe(true);
});

test("angles", () => {
  expect([numbers.toRadians(180), numbers.toDegrees(Math.PI)]).toEqual([Math.PI, 180]);
});

test("gcd, lcm and factorial", () => {
  expect([numbers.gcd(12, -18), numbers.gcd(0, 5), numbers.gcd(0, 0)]).toEqual([6, 5, 0]);
  expect([numbers.lcm(4, 6), numbers.lcm(-4, 6), numbers.lcm(0, 3)]).toEqual([12, 12, 0]);
  expect([numbers.factorial(0), numbers.factorial(5), numbers.factorial(1e9)]).toEqual([
    1,
    120,
    1 / 0,
  ]);
  expect(() => numbers.factorial(-1)).toThrow(RangeError);
  expect(() => numbers.factorial(1.5)).toThrow(RangeError);
});

test("chance stays within its bounds", () => {
  const random = jest.spyOn(Math, "random").mockReturnValue(0.5);
  expect([numbers.randomFloat(), numbers.randomFloat(10, 20)]).toEqual([0.5, 15]);
  expect(numbers.choice([1, 2, 3])).toBe(2);
  random.mockRestore();
  expect(numbers.choice([])).toBeNull();
  const list = Object.freeze([1, 2, 3, 4]);
  expect(numbers.shuffle(list).sort()).toEqual([1, 2, 3, 4]);
  expect(new Set(numbers.sample(list, 3)).size).toBe(3);
  expect([numbers.sample(list, 9).length, numbers.sample(list, -1)]).toEqual([4, []]);
});

test("shuffle gives every order about as often", () => {
  const seen = new Map<string, number>();
  let state = 1;
  const random = jest.spyOn(Math, "random").mockImplementation(() => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
  for (let i = 0; i < 6000; i++) {
    const order = numbers.shuffle("abc").join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  random.mockRestore();
  expect(seen.size).toBe(6);
  for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
});

test("other bases and decimals", () => {
  expect([numbers.toHex(255), numbers.toBinary(5), numbers.toOctal(8)]).toEqual([
    "ff",
    "101",
    "10",
  ]);
  expect([numbers.toFixed(1.005, 1), numbers.toFixed(2.5)]).toEqual(["1.0", "3"]);
});
