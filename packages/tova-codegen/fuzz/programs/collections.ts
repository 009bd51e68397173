// Lists, records, variants, results, options and dicts → the forms of their expressions (spec 5, 6).
import { addVariable, inBlock, type Place, quiet, variablesOf } from "./context";
import { countLists } from "./counts";
import { expression } from "./expression";
import { type Form, type Forms, of, small, stepped } from "./form";
import { hostDicts, hostLists } from "./hosts";
import { attempted, awaited, lambda } from "./lambda";
import { lib, newName } from "./names";
import { rowLists, rowRecords } from "./rows";
import { sequenceLists } from "./sequences";

const n = of("number");
const s = of("string");
const b = of("bool");
const xs = of("list");
const dict = of("dict");

/** A comprehension; its variable is seen by the value and the condition only. */
function comprehension(place: Place): string {
  const source = place.choices.once(4) ? `upto(${small(place)})` : xs(place);
  const inside = inBlock(place);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const condition = place.choices.once(2) ? ` if ${b(inside)}` : "";
  return `[${n(inside)} for ${name} in ${source}${condition}]`;
}

/** A call of a function of the library. */
const library =
  (name: string, ...args: Form[]): Form =>
  (place) =>
    `${lib(place, name)}(${args.map((arg) => arg(place)).join(", ")})`;

const change: Form = (place) => lambda(place, "number");
const test: Form = (place) => lambda(place, "bool");
const size: Form = ({ choices }) => String(1 + choices.below(3));

const libraryLists: readonly Form[] = [
  ...[library("map", xs, change), library("filter", xs, test), library("sorted", xs)],
  ...[library("sorted", xs, change), library("reversed", xs), library("unique", xs)],
  ...[library("take", xs, small), library("drop", xs, small), library("values", dict)],
  ...[library("range", small), library("range", small, small), library("rotate", xs, small)],
  ...[library("intersperse", xs, n), library("compact", xs), library("scan", xs, adding, n)],
  ...[library("union", xs, xs), library("intersection", xs, xs), library("difference", xs, xs)],
  (place) => `${lib(place, "flatten")}(${lib(place, "chunk")}(${xs(place)}, ${size(place)}))`,
  (place) => `${lib(place, "flat_map")}(${xs(place)}, fn(y) [y, ${n(quiet(place))}])`,
  (place) => `${lib(place, "partition")}(${xs(place)}, ${test(place)})[${place.choices.below(2)}]`,
  (place) => `${lib(place, "zip")}(${xs(place)}, ${xs(place)}).map(([p, q]) => p + q)`,
  (place) => `${lib(place, "enumerate")}(${xs(place)}).map(([p, q]) => p - q)`,
  (place) => `${lib(place, "zip_with")}(${xs(place)}, ${xs(place)}, ${adding(place)})`,
  (place) => `${lib(place, "filter")}(${xs(place)}, it > ${small(place)} and it != 4)`,
  (place) => `${lib(place, "map")}(${xs(place)}, ${lib(place, "sum")}([it, ${n(quiet(place))}]))`,
  (place) =>
    `(${xs(place)} |> ${lib(place, "map")}(it * 2) |> ${lib(place, "filter")}(_, ${test(place)}))`,
  (place) =>
    `${xs(place)}.${place.choices.pick(["sorted()", "reversed()", "unique()", "take(2)"])}`,
];

function adding(place: Place): string {
  return place.choices.pick(["fn(a, b) a + b", "(a, b) => a - b", "(a, b = 1) -> b"]);
}

export const lists = (): Forms => ({
  simple: [() => "[]", (place) => `[${small(place)}, ${small(place)}]`],
  nested: [
    (place) => `[${n(place)}, ${n(place)}]`,
    (place) => `[...${xs(place)}, ${n(place)}]`,
    (place) => `(${small(place)}..${small(place)})`,
    (place) => `(${small(place)}..=${small(place)})`,
    ...[
      comprehension,
      comprehension,
      ...libraryLists,
      ...countLists,
      ...sequenceLists,
      ...hostLists,
      ...rowLists,
    ],
    (place) => `${xs(place)}[${small(place)}:]`,
    (place) => `${xs(place)}[::-1]`,
    (place) => `${xs(place)}[:${small(place)}:2]`,
    (place) => `${xs(place)}[-${small(place)}:]`,
    (place) => `${xs(place)}${stepped(place)}`,
    (place) => `${xs(place)}[${n(place)}:${n(place)}]`,
    (place) => `${xs(place)}.map(${lambda(place, "number")})`,
    (place) => `[...upto(${small(place)})]`,
    (place) => (place.mayAwait ? together(place) : xs(place)),
    (place) => `(${n(place)}, ${n(place)})`,
  ],
});

/** Promises that settle together. */
function together(place: Place): string {
  return place.choices.once(2)
    ? `(await ${lib(place, "parallel")}([() => ${n(quiet(place))}, 1]))`
    : `(await Promise.all(${xs(place)}.map(async fn(y) y + 1)))`;
}

export const records = (): Forms => ({
  simple: [(place) => `P(${small(place)}, "p")`, (place) => `{ n: ${small(place)}, s: "o" }`],
  nested: [
    (place) => `P(${n(place)}, ${s(place)})`,
    (place) => `P(s: ${s(place)}, n: ${n(place)})`,
    (place) => `P(${n(place)})`,
    (place) => `P.new(${n(place)}, ${s(place)})`,
    (place) => `(${n(place)} |> P(_, ${s(place)}))`,
    (place) => `{ n: ${n(place)}, s: ${s(place)}, [${s(place)}]: ${n(place)} }`,
    (place) => `{ n: ${n(place)}, "s": ${s(place)}, type: ${n(place)}, "k{${n(place)}}": 1 }`,
    (place) => `{ ...${expression(place, "record")}, n: ${n(place)} }`,
    (place) => `${lib(place, "merge")}(${expression(place, "record")}, { s: ${s(place)} })`,
    (place) => `${lib(place, "clone")}(${expression(place, "record")})`,
    (place) => `P.fromJSON(P.toJSON(${expression(place, "record")}))`,
    shorthand,
    ...rowRecords,
  ],
});

/** `{ name }`, where a variable is called so. */
function shorthand(place: Place): string {
  const first = variablesOf(place, "number").find(({ name }) => /^[\w$]+$/.test(name));
  return first ? `{ ${first.name}, n: ${n(place)}, s: "h" }` : `{ n: 0, s: "h" }`;
}

export const shapes = (): Forms => ({
  simple: [() => "Dot", (place) => `Circle(${small(place)})`],
  nested: [
    (place) => `Circle(${n(place)})`,
    (place) => `Shape.Circle(${n(place)})`,
    (place) => `Box(${n(place)}, ${n(place)})`,
    (place) => `Box(h: ${n(place)}, w: ${n(place)})`,
    (place) => `[${n(place)}].map(Circle)[0]`,
  ],
});

export const results = (): Forms => ({
  simple: [(place) => `Ok(${small(place)})`, () => 'Err("e")'],
  nested: [
    (place) => `Ok(${n(place)})`,
    (place) => `Err(${s(place)})`,
    (place) => `${expression(place, "result")}.map(${lambda(place, "number")})`,
    (place) => `${expression(place, "result")}.andThen(${lambda(place, "result")})`,
    (place) => `(${expression(place, "result")} |> .or(${expression(place, "result")}))`,
    (place) => `${lib(place, "try_fn")}(() => ${n(quiet(place))})`,
    (place) => attempted(place, "result"),
    (place) => (place.mayAwait ? awaited(place, "result") : expression(place, "result")),
  ],
});

export const options = (): Forms => ({
  simple: [() => "None", (place) => `Some(${small(place)})`],
  nested: [
    (place) => `Some(${n(place)})`,
    (place) => `(if ${b(place)} { Some(${n(place)}) } else { None })`,
    (place) => `${expression(place, "option")}.filter(${lambda(place, "bool")})`,
    (place) => `${expression(place, "option")}.flatMap(${lambda(place, "option")})`,
    (place) => attempted(place, "option"),
  ],
});

/** `{ key: value for … }`. */
function collected(place: Place): string {
  const source = xs(place);
  const pairs = place.choices.once(3) ? `${lib(place, "enumerate")}(${source})` : null;
  const inside = inBlock(place);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const names = pairs ? `q${place.counter.names}, ${name}` : name;
  const condition = place.choices.once(3) ? ` if ${b(inside)}` : "";
  return `{ "k{${n(inside)}}": ${n(inside)} for ${names} in ${pairs ?? source}${condition} }`;
}

export const dicts = (): Forms => ({
  simple: [(place) => `{ a: ${small(place)} }`, () => "{ b: 1, if: 2 }"],
  nested: [
    (place) => `{ a: ${n(place)}, b: ${n(place)} }`,
    (place) => `{ ...${dict(place)}, c: ${n(place)} }`,
    collected,
    ...hostDicts,
    ...[library("merge", dict, dict), library("map_values", dict, change)],
    ...[library("frequencies", xs), library("omit", dict, () => '["a"]')],
    (place) => `${lib(place, "pick")}(${dict(place)}, ["a", "z"])`,
    (place) => `${lib(place, "from_entries")}(${lib(place, "entries")}(${dict(place)}))`,
    (place) =>
      `${lib(place, "map_values")}(${lib(place, "group_by")}(${xs(place)}, it % 2), ${lib(place, "len")})`,
  ],
});
