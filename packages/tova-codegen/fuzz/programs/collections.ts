// Lists, records, variants, results and options → the forms of their expressions (spec 5, 6).
import {
  addVariable,
  inBlock,
  inFunction,
  newName,
  type Place,
  type Type,
  variablesOf,
} from "./context";
import { expression, type Form, type Forms } from "./expression";

const small: Form = ({ choices }) => String(choices.below(5));

const of =
  (type: Type): Form =>
  (place) =>
    expression(place, type);
const n = of("number");
const s = of("string");
const b = of("bool");
const xs = of("list");

/** A lambda of one number, in one of its spellings. */
function lambda(place: Place, result: Type): string {
  const inside = inFunction(place, null, false);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const body = expression(inside, result);
  return place.choices.pick([
    `fn(${name}) ${body}`,
    `${name} => ${body}`,
    `(${name}) => { ${body} }`,
    `fn(${name}) { return ${body} }`,
    `(${name} = 1) -> ${body}`,
  ]);
}

/** A comprehension; its variable is seen by the value and the condition only. */
function comprehension(place: Place): string {
  const source = expression(place, "list");
  const inside = inBlock(place);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const condition = place.choices.once(2) ? ` if ${expression(inside, "bool")}` : "";
  return `[${expression(inside, "number")} for ${name} in ${source}${condition}]`;
}

export const lists = (): Forms => ({
  simple: [() => "[]", (place) => `[${small(place)}, ${small(place)}]`],
  nested: [
    (place) => `[${n(place)}, ${n(place)}]`,
    (place) => `[...${xs(place)}, ${n(place)}]`,
    (place) => `(${small(place)}..${small(place)})`,
    (place) => `(${small(place)}..=${small(place)})`,
    comprehension,
    comprehension,
    (place) => `map(${xs(place)}, ${lambda(place, "number")})`,
    (place) => `filter(${xs(place)}, ${lambda(place, "bool")})`,
    (place) => `filter(${xs(place)}, it > ${small(place)} and it != 4)`,
    (place) => `(${xs(place)} |> map(it * 2) |> filter(_, fn(q) q > ${small(place)}))`,
    (place) => `${xs(place)}[${small(place)}:]`,
    (place) => `${xs(place)}[::-1]`,
    (place) => `${xs(place)}[:${small(place)}:2]`,
    (place) => `sorted(${xs(place)})`,
    (place) => `${xs(place)}.map(${lambda(place, "number")})`,
    (place) => `[...count(${small(place)})]`,
  ],
});

export const records = (): Forms => ({
  simple: [(place) => `P(${small(place)}, "p")`, (place) => `{ n: ${small(place)}, s: "o" }`],
  nested: [
    (place) => `P(${n(place)}, ${s(place)})`,
    (place) => `P(s: ${s(place)}, n: ${n(place)})`,
    (place) => `P(${n(place)})`,
    (place) => `{ n: ${n(place)}, s: ${s(place)}, [${s(place)}]: ${n(place)} }`,
    (place) => `{ ...${expression(place, "record")}, n: ${n(place)} }`,
    shorthand,
  ],
});

/** `{ name }`, where a variable is called so. */
function shorthand(place: Place): string {
  const [first] = variablesOf(place, "number");
  return first ? `{ ${first.name}, n: ${n(place)}, s: "h" }` : `{ n: 0, s: "h" }`;
}

export const shapes = (): Forms => ({
  simple: [() => "Dot", (place) => `Circle(${small(place)})`],
  nested: [
    (place) => `Circle(${n(place)})`,
    (place) => `Box(${n(place)}, ${n(place)})`,
    (place) => `Box(h: ${n(place)}, w: ${n(place)})`,
  ],
});

export const results = (): Forms => ({
  simple: [(place) => `Ok(${small(place)})`, () => 'Err("e")'],
  nested: [
    (place) => `Ok(${n(place)})`,
    (place) => `Err(${s(place)})`,
    (place) => `${expression(place, "result")}.map(${lambda(place, "number")})`,
  ],
});

export const options = (): Forms => ({
  simple: [() => "None", (place) => `Some(${small(place)})`],
  nested: [
    (place) => `Some(${n(place)})`,
    (place) => `(if ${b(place)} { Some(${n(place)}) } else { None })`,
  ],
});
