// Random numbers → the text of a valid program that ends.
import fc from "fast-check";
import { choicesOf } from "./choices";
import { modulePlace, type Place } from "./context";
import { seeing } from "./effects";
import { statements } from "./statement";

/** What every program may use. */
export const prelude = `type P { n: Int, s: String } derive [Eq, Show, JSON]
type Shape { Circle(r: Int) Box(w: Int, h: Int) Dot } derive [Show]
type Level = Low | Mid | High
type Num = Int | Float
type Even = Int where { it % 2 == 0 }
type Small = Even where { it < 10 it > -10 }
type Word = String where { it != "" }
type Pair<T> { first: T, second: T }
impl Pair {
  fn new(both) { Pair(both, both) }
  fn swap(self) { Pair(self.second, self.first) }
}
extern fn encodeURI(text: String) -> String
extern fn structuredClone(value) -> Any
interface Told { fn told() -> String }
fn show_shape(shape) { __show_Shape(shape) }
fn upto(n) { for i in 0..n { yield i } }
`;

/** A program for a list of numbers. */
export function programOf(numbers: readonly number[]): string {
  const place = modulePlace(choicesOf(numbers));
  const lines = statements(place, 16);
  return `${prelude}${seeing}${hiddenNames(place)}${lines.join("\n")}\n`;
}

/** The library's functions that a program calls by another name, since it hides theirs. */
export function hiddenNames({ counter }: Place): string {
  const entries = [...counter.hidden].map((name) => `${name}: ${name}`);
  return entries.length > 0 ? `real = { ${entries.join(", ")} }\n` : "";
}

/** What programs are made from; of all lengths, and the numbers without preference. */
export const choiceNumbers: fc.Arbitrary<number[]> = fc.noBias(
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 800, size: "max" }),
);
