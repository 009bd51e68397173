// Lists of records, the most usual data of programs → forms of their expressions, and loops over them (spec 5, 8).
import { addVariable, inBlock, inFunction, type Place, type Type } from "./context";
import { expression } from "./expression";
import { type Form, type Forms, of, small } from "./form";
import { lib, newName } from "./names";

const n = of("number");
const s = of("string");
const record = of("record");
const rows = of("rows");

function named(inside: Place, type: Type): string {
  const name = newName(inside);
  addVariable(inside, { name, type, mutable: false });
  return name;
}

/** A function of one record. */
function ofRecord(place: Place, result: "number" | "string" | "bool" | "record"): string {
  const inside = inFunction(place, result, false);
  const { choices } = place;
  if (choices.once(3)) {
    const [first, second] = [named(inside, "number"), named(inside, "string")];
    return `fn({ n: ${first} = 0, s: ${second} }) ${expression(inside, result)}`;
  }
  const name = named(inside, "record");
  return choices.once(2)
    ? `fn(${name}) ${expression(inside, result)}`
    : `(${name}) => { return ${expression(inside, result)} }`;
}

const calling =
  (name: string, result: "number" | "string" | "bool" | "record"): Form =>
  (place) => {
    const list = rows(place);
    const given = place.choices.pick<Form>([
      (at) => ofRecord(at, result),
      result === "bool"
        ? ({ choices }) => choices.pick(["it.n > 1", "it?.n != nil", 'it.s == "p" or it.n == 0'])
        : result === "number"
          ? ({ choices }) => choices.pick(["it.n", "it.n * -1", "it.s.length"])
          : result === "string"
            ? ({ choices }) => choices.pick(["it.s", '"{it.n}-{it.s}"', "it.s ++ it.n"])
            : ({ choices }) => choices.pick(["P(it.n, it.s)", "{ ...it, n: 1 }"]),
    ])(place);
    const called = lib(place, name);
    return place.choices.once(2)
      ? `(${list} |> ${called}(${given}))`
      : `${called}(${list}, ${given})`;
  };

/** A comprehension over records, taken apart or whole. */
const collected =
  (result: "number" | "string" | "record"): Form =>
  (place) => {
    const source = rows(place);
    const inside = inBlock(place);
    const binding = place.choices.once(2)
      ? named(inside, "record")
      : `{ n: ${named(inside, "number")}, s: ${named(inside, "string")} = "none" }`;
    const condition = place.choices.once(2) ? ` if ${expression(inside, "bool")}` : "";
    return `[${expression(inside, result)} for ${binding} in ${source}${condition}]`;
  };

export const recordLists = (): Forms => ({
  simple: [() => "[]", (place) => `[P(${small(place)}, "p"), { n: ${small(place)}, s: "o" }]`],
  nested: [
    (place) => `[${record(place)}, ${record(place)}]`,
    (place) => `[...${rows(place)}, ${record(place)}]`,
    ...[calling("filter", "bool"), calling("map", "record"), calling("sorted", "number")],
    ...[calling("sorted", "string"), collected("record"), calling("filter", "bool")],
    (place) => `${lib(place, "map")}(${of("list")(place)}, P)`,
    (place) => `${lib(place, "reversed")}(${rows(place)})`,
    (place) =>
      `${rows(place)}.filter(${ofRecord(place, "bool")}).map(${ofRecord(place, "record")})`,
    (place) => `${rows(place)}[${small(place)}:]`,
    (place) =>
      `${lib(place, "flatten")}(${lib(place, "values")}(${calling("group_by", "string")(place)}))`,
    (place) => `${lib(place, "partition")}(${rows(place)}, it.n > ${small(place)})[0]`,
    (place) =>
      `${lib(place, "zip")}(${of("list")(place)}, ${of("words")(place)}).map(([n, s]) => P(n, s))`,
    (place) =>
      `(${rows(place)} |> ${lib(place, "filter")}(it.n != ${small(place)}) |> ${lib(place, "map")}({ ...it, s: "m" }) |> ${lib(place, "take")}(2))`,
  ],
});

export const rowNumbers: readonly Form[] = [
  (place) => `${lib(place, "len")}(${rows(place)})`,
  ...[calling("sum_by", "number"), calling("count", "bool"), calling("find_index", "bool")],
  (place) => `(${rows(place)} |> ${lib(place, "map")}(it.n) |> ${lib(place, "sum")})`,
  (place) => `${lib(place, "reduce")}(${rows(place)}, fn(a, { n }) a + n, ${n(place)})`,
  (place) => `(${rows(place)}[${small(place)}]?.n ?? ${n(place)})`,
];

export const rowLists: readonly Form[] = [calling("map", "number"), collected("number")];

export const rowWords: readonly Form[] = [calling("map", "string"), collected("string")];

export const rowRecords: readonly Form[] = [
  ...[calling("max_by", "number"), calling("min_by", "number")],
  (place) => `(${calling("find", "bool")(place)} ?? ${record(place)})`,
  (place) => `(${lib(place, "first")}(${rows(place)}) ?? P(0, ${s(place)}))`,
  (place) => `(${rows(place)}[${small(place)}] ?? ${record(place)})`,
];

export const rowTruths: readonly Form[] = [calling("any", "bool"), calling("all", "bool")];
