// `if` and `match` as expressions, with blocks that may leave the function or loop (spec 5.3, 7).
import { inBlock, type Place, type Type, types } from "./context";
import { expression } from "./expression";
import { patternOf } from "./pattern";
import { statements } from "./statement";

/** An `if` or `match` in parentheses. */
export function branchOf(place: Place, type: Type): string {
  return `(${place.choices.once(2) ? match(place, type) : conditional(place, type)})`;
}

/** A value where it ends by itself, so that an `if` or `match` needs no parentheses. */
export function whole(place: Place, type: Type): string {
  if (place.depth <= 0 || !place.choices.once(4)) return expression(place, type);
  const inside = { ...place, depth: place.depth - 1 };
  return place.choices.once(2) ? match(inside, type) : conditional(inside, type);
}

/** An `if` with an `else`, whose blocks give values of the type. */
export function conditional(place: Place, type: Type): string {
  const test = expression(place, "bool");
  const elif = place.choices.once(3)
    ? ` elif ${expression(place, "bool")} { ${block(place, type)} }`
    : "";
  return `if ${test} { ${block(place, type)} }${elif} else { ${block(place, type)} }`;
}

/** The inside of a block that gives a value: perhaps statements first. */
export function block(place: Place, type: Type): string {
  const inside = inBlock(place);
  const before = place.choices.once(4) ? `${statements(inside, 2).join("\n")}\n` : "";
  return `${before}${atStart(expression(inside, type))}`;
}

/** At the start of a line a `{` would open a block, and `-` and `/` would go on the line before. */
export const atStart = (text: string): string => (/^[-{/]/.test(text) ? `(${text})` : text);

/** A match over a value of any type, or over two at once. */
export function match(place: Place, type: Type): string {
  const pair = place.choices.once(4);
  const subjects = [place.choices.pick(types), ...(pair ? [place.choices.pick(types)] : [])];
  const values = subjects.map((each) => expression(place, each));
  const value = pair ? `[${values.join(", ")}]` : values[0];
  const count = 1 + place.choices.below(3);
  const arms = Array.from({ length: count }, () => arm(place, subjects, type));
  const last = `_ => ${braced(expression(inBlock(place), type))}`;
  return `match ${value} {\n${separated([...arms, last], place.choices.pick(["\n", ", "]))}\n}`;
}

/** A pattern that starts with `-` at the start of a line would go on the result before it. */
const separated = (arms: readonly string[], between: string): string =>
  arms.reduce((text, each) => `${text}${each.startsWith("-") ? ",\n" : between}${each}`);

function arm(place: Place, subjects: readonly Type[], type: Type): string {
  const inside = inBlock(place);
  const patterns = subjects.map((each) => patternOf({ ...inside, depth: 2 }, each));
  const pattern = patterns.length > 1 ? `(${patterns.join(", ")})` : patterns[0];
  const guard = place.choices.once(3) ? ` if ${expression(inside, "bool")}` : "";
  const body = place.choices.once(3)
    ? `{\n${block(inside, type)}\n}`
    : braced(expression(inside, type));
  return `${pattern}${guard} => ${body}`;
}

/** A `{` after the arrow would open a block. */
const braced = (text: string): string => (text.startsWith("{") ? `(${text})` : text);
