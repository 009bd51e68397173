// Random numbers → the text of a valid program that ends.
import fc from "fast-check";
import { choicesOf } from "./choices";
import { modulePlace } from "./context";
import { statements } from "./statement";

/** What every program may use. */
const prelude = `type P { n: Int, s: String }
type Shape { Circle(r: Int) Box(w: Int, h: Int) Dot }
fn count(n) { for i in 0..n { yield i } }
`;

/** A program for a list of numbers. */
export function programOf(numbers: readonly number[]): string {
  const lines = statements(modulePlace(choicesOf(numbers)), 16);
  return `${prelude}${lines.join("\n")}\n`;
}

/** What programs are made from; of all lengths, and the numbers without preference. */
export const choiceNumbers: fc.Arbitrary<number[]> = fc.noBias(
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 1200, size: "max" }),
);
