// Lists of texts, regular expressions, dates and enums → the forms of their expressions (spec 1.6, 6, 14).
import { addVariable, inBlock, inFunction, type Place } from "./context";
import { expression } from "./expression";
import { type Form, type Forms, of, small, stepped } from "./form";
import { lib, newName } from "./names";
import { rowWords } from "./rows";

const n = of("number");
const s = of("string");
const ws = of("words");

/** A call of a function of the library. */
const library =
  (name: string, ...args: Form[]): Form =>
  (place) =>
    `${lib(place, name)}(${args.map((arg) => arg(place)).join(", ")})`;

const regex: Form = ({ choices }) =>
  choices.pick([
    ...(["/a/", "/[a-c]+/", "/\\d/g", "/(\\w)(x)?/i", "/^$/", "/[/]|b{1,2}/", "/\\s+/"] as const),
    ...['/\\{|\\}|"/', "/é|./u", "/(?<a>[a-z])(?<b>\\d)?/", "/$/m"],
  ]);

export const wordLists = (): Forms => ({
  simple: [() => '["a", "b c"]', () => "[]"],
  nested: [
    (place) => `[${s(place)}, ${s(place)}]`,
    (place) => `[...${ws(place)}, ${s(place)}]`,
    ...[library("words", s), library("lines", s), library("split", s, () => '"a"')],
    ...[library("keys", of("dict")), library("sorted", ws), library("unique", ws)],
    ...[library("regex_split", s, regex), library("reversed", ws)],
    (place) => `${lib(place, "map")}(${ws(place)}, ${textLambda(place)})`,
    (place) => `(${ws(place)} |> ${lib(place, "map")}(it ++ ${s({ ...place, depth: 0 })}))`,
    (place) =>
      `${lib(place, "map")}(${lib(place, "regex_find_all")}(${s(place)}, ${regex(place)}), it.match)`,
    (place) => `${ws(place)}[${small(place)}:]`,
    (place) => `${s(place)}${stepped(place)}`,
    written,
    ...rowWords,
  ],
});

function textLambda(place: Place): string {
  const inside = inFunction(place, "string", false);
  return `fn(${newText(inside)}) ${s(inside)}`;
}

function newText(inside: Place): string {
  const name = newName(inside);
  addVariable(inside, { name, type: "string", mutable: false });
  return name;
}

function written(place: Place): string {
  const source = place.choices.once(3) ? s(place) : ws(place);
  const inside = inBlock(place);
  const name = newText(inside);
  const condition = place.choices.once(2) ? ` if ${expression(inside, "bool")}` : "";
  return `[${s(inside)} for ${name} in ${source}${condition}]`;
}

const unit: Form = ({ choices }) =>
  choices.pick(["day", "month", "years", "hours", "week", "minutes", "second", "ms"]);
const dates = [
  ...["2026-01-31", "2024-02-29T23:59:30Z", "1969-12-31T12:00:00.250Z", "2000-03-01"],
] as const;
const date: Form = (place) =>
  place.depth > 0 && place.choices.once(2)
    ? `${lib(place, "date_add")}("${place.choices.pick([...dates] as [string, ...string[]])}", ${place.choices.pick(["", "-"])}${small(place)}, "${unit(place)}")`
    : `"${place.choices.pick([...dates] as [string, ...string[]])}"`;
const part: Form = ({ choices }) =>
  choices.pick(["year", "month", "day", "hours", "minute", "seconds", "ms", "weekday"]);

export const wordTexts: readonly Form[] = [
  ...[library("regex_replace", s, regex, s), library("join", ws, s)],
  (place) => `(${lib(place, "regex_match")}(${s(place)}, ${regex(place)})?.match ?? ${s(place)})`,
  (place) => `${lib(place, "regex_capture")}(${s(place)}, /(?<a>[a-z])(?<b>\\d)?/)?.a`,
  (place) => `${s(place)}.replace(${regex(place)}, fn(found) "<" ++ found ++ ">")`,
  (place) => `${lib(place, "date_format")}(${date(place)}, "YYYY-MM-DD HH:mm:ss.SSS")`,
  (place) => `(${ws(place)}[${small(place)}] ?? ${s(place)})`,
];

export const wordNumbers: readonly Form[] = [
  (place) => `${lib(place, "date_part")}(${date(place)}, "${part(place)}")`,
  (place) => `${lib(place, "date_diff")}(${date(place)}, ${date(place)}, "${unit(place)}")`,
  (place) => `(${lib(place, "regex_match")}(${s(place)}, ${regex(place)})?.index ?? ${n(place)})`,
  ...[library("len", ws)],
  (place) => `(${n(place)}, ${n(place)}).${place.choices.below(2)}`,
  (place) => `Pair.new(${n(place)}).swap().second`,
  (place) => `Pair(first: ${n(place)}, second: 1).swap().second`,
];

export const wordTruths: readonly Form[] = [
  ...[library("regex_test", s, regex), library("includes", ws, s)],
  (place) => `(${regex(place)}).test(${s(place)})`,
  (place) => `(${s(place)} in ${ws(place)})`,
  (place) => `(${n(place)} is ${place.choices.pick(["Even", "Small", "not Small", "Num"])})`,
  (place) => `(${s(place)} is ${place.choices.pick(["Word", "not Num"])})`,
  (place) =>
    `(${expression(place, "level")} is ${place.choices.pick(["Low", "Level", "not High"])})`,
  (place) => `(${expression(place, "level")} == ${expression(place, "level")})`,
  (place) => `${lib(place, "date_parse")}(${date(place)}).isOk()`,
];

export const levels = (): Forms => ({
  simple: [() => "Low", () => "High"],
  nested: [
    () => "Level.Mid",
    (place) => `(if ${expression(place, "bool")} { Mid } else { ${expression(place, "level")} })`,
    (place) => `[Low, Mid, High][${small(place)}]`,
  ],
});
