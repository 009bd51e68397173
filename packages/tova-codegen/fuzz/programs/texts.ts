// Strings → the forms of their expressions (spec 1.5, 2, 14).
import { type Place, types } from "./context";
import { expression } from "./expression";
import { type Form, type Forms, of, small } from "./form";
import { hostTexts } from "./hosts";
import { lambda } from "./lambda";
import { lib } from "./names";
import { wordTexts } from "./words";

const n = of("number");
const s = of("string");
const xs = of("list");
const dict = of("dict");
const any: Form = (place) => expression(place, place.choices.pick(types));

const literals: readonly [string, ...string[]] = [
  ...(['"a"', '""', "'b{c}'", 'r"\\d"', '"x\\{y\\}"', '"$\\{1}`"', '"\\n"', '"é𝒳"'] as const),
  ...['"😀a𝒳"', '"e\u0301\u200D"', '"\\ta\\\\"', '"\\u0041\\x"', "'it\\'s \"q\"'"],
  ...['"Two words"', '" a-b_c "', '"12px"', '"""\n    a\n      b\n    """'],
];

const library =
  (name: string, ...args: Form[]): Form =>
  (place) =>
    `${lib(place, name)}(${args.map((arg) => arg(place)).join(", ")})`;

const written: readonly Form[] = [
  (place) => `"<{${n(place)}}>"`,
  (place) => `"{${s(place)}}{${n(place)}}"`,
  (place) => `f"{${s(place)}} \\{\\}"`,
  (place) => `"""\n  {${n(place)}}\n    {${s(place)}}"""`,
  (place) => `"{JSON.stringify(${any(place)})}"`,
  (place) => `"{"{${s(place)}}"}{'{'}{${n(place)}}"`,
  (place) => (place.mayAwait ? `(await Response.new(${s(place)}).text())` : s(place)),
  (place) => `(Headers.new({ "x-a": "{${n(place)}}" }).get("X-A") ?? ${s(place)})`,
  (place) =>
    `URL.new("http://h/p?q=1#" ++ ${s(place)}).${place.choices.pick(["hash", "pathname"])}`,
  (place) => `(URLSearchParams.new({ q: ${s(place)} }).get("q") ?? "")`,
  (place) => `("ab" * ${small(place)})`,
  (place) => `(${s(place)} ++ ${n(place)})`,
  (place) => `(${s(place)} + ${s(place)})`,
  (place) => `${s(place)}[${small(place)}:]`,
  (place) => `${s(place)}[:-1]`,
  (place) => `(${s(place)} or ${s(place)})`,
  (place) => `${expression(place, "record")}.s`,
  (place) => `${s(place)}?.length.toString(2)`,
];

/** Calls of the library; most throw where the text is nil. */
const called: readonly Form[] = [
  ...["upper", "lower", "trim", "capitalize", "reverse_str", "title_case"].map((name) =>
    library(name, s),
  ),
  (place) => `${s(place)}.${place.choices.pick(["lower()", "upper()", "capitalize()"])}`,
  (place) => `(${s(place)} |> ${place.choices.pick(["str.upper", lib(place, "upper")])})`,
  ...[library("join", xs, s), library("replace", s, s, s), library("to_string", any)],
  ...[library("pad_start", s, small, () => '"-"'), library("pad_end", s, small, () => '"xy"')],
  ...[library("repeat", s, small), library("substr", s, small, small), library("type_of", any)],
  ...[library("truncate", s, small), library("replace_first", s, () => '"a"', s)],
  (place) => `${lib(place, "join")}(${lib(place, "keys")}(${dict(place)}), ",")`,
  (place) => `${lib(place, "join")}(${pieces(place)}, "+")`,
  (place) =>
    `${lib(place, "join")}(${lib(place, "map")}(${xs(place)}, ${lambda(place, "string")}), "|")`,
  (place) => `P.__show(${expression(place, "record")})`,
  (place) => `show_shape(${expression(place, "shape")})`,
  (place) => `"{${expression(place, "result")}.mapErr(e => e ++ "!").context("c").unwrapOr("w")}"`,
];

const pieces: Form = (place: Place) => {
  const { choices } = place;
  const name = choices.pick(["words", "chars", "lines"]);
  return choices.once(3) ? library("split", s, () => '"a"')(place) : library(name, s)(place);
};

export const strings = (): Forms => ({
  simple: [({ choices }) => choices.pick(literals)],
  nested: [...written, ...called, ...wordTexts, ...hostTexts],
});
