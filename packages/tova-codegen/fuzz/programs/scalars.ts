// Numbers and truth values → the forms of their expressions (spec 1.4, 2, 14).

import { addVariable, inFunction, type Place, type Type, types } from "./context";
import { countNumbers, countTruths } from "./counts";
import { propagated } from "./effects";
import { expression } from "./expression";
import { type Form, type Forms, of, small } from "./form";
import { hostNumbers, hostTruths } from "./hosts";
import { awaited, lambda } from "./lambda";
import { lib, newName } from "./names";
import { rowNumbers, rowTruths } from "./rows";
import { sequenceNumbers } from "./sequences";
import { wordNumbers, wordTruths } from "./words";

const n = of("number");
const s = of("string");
const b = of("bool");
const xs = of("list");
const dict = of("dict");

/** An operator between two operands of a type. */
const between =
  (operand: Form, ...operators: [string, ...string[]]): Form =>
  (place) => {
    const left = operand(place);
    return `(${left} ${place.choices.pick(operators)} ${operand(place)})`;
  };

/** A call of a function of the library. */
const library =
  (name: string, ...args: Form[]): Form =>
  (place) =>
    `${lib(place, name)}(${args.map((arg) => arg(place)).join(", ")})`;

const operations: readonly Form[] = [
  between(n, "+", "-", "*", "/", "%"),
  between(n, "+", "-", "*", "/", "%"),
  between(n, "&", "|", "^", "<<", ">>", ">>>"),
  between(n, "??", "or", "and"),
  (place) => `(${n(place)} ** ${place.choices.below(3)})`,
  (place) => `(-${n(place)})`,
  (place) => `(~${n(place)})`,
  (place) => `${xs(place)}[${small(place)}]`,
  (place) => `(${xs(place)}[${small(place)}] ?? ${n(place)})`,
  (place) => `${expression(place, "record")}.n`,
  (place) => `${expression(place, "record")}?.missing?.n.deeper(${n(place)})[1:2]`,
  (place) => `(${dict(place)}.a ?? ${n(place)})`,
  (place) => `{ f: ${lambda(place, "number")} }.f(${n(place)})`,
  (place) => `${place.choices.pick(["nil", "{ g: nil }.g"])}?.(${n(place)})`,
  (place) => `(fn(a) a + ${n(inFunction(place, null, false))})(${n(place)})`,
  (place) => `(${n(place)} |> ${lambda(place, "number")})`,
  (place) => `(${xs(place)} |> .length)`,
  (place) => `(${xs(place)} |> .slice(1).length)`,
  (place) => `${expression(place, "result")}.unwrapOr(${n(place)})`,
  (place) => `(${expression(place, "option")} |> .unwrapOr(${n(place)}))`,
  (place) => (place.mayAwait ? `(await Promise.resolve(${n(place)}))` : n(place)),
  (place) => (place.mayAwait ? awaited(place, "number") : n(place)),
  (place) => propagated(place) ?? n(place),
  (place) => `(${b(place)} + ${n(place)})`,
  (place) => `Response.new(nil, { status: 20${small(place)} }).status`,
  (place) =>
    `(match ${host(place)} { Response => ${n(place)}, Date | URL => 1, _ => ${n(place)} })`,
  (place) => (place.mayAwait ? `(await Response.json({ a: ${n(place)} }).json()).a` : n(place)),
  between(n, "&", "|", "^", ">>"),
];

const libraryNumbers: readonly Form[] = [
  ...[library("len", xs), library("len", s), library("len", dict), library("sum", xs)],
  ...[library("first", xs), library("last", xs), library("min", xs), library("max", xs)],
  ...[library("avg", xs), library("product", xs), library("abs", n), library("floor", n)],
  ...[library("round", n), library("int", s), library("float", s), library("int", n)],
  ...[library("clamp", n, small, small), library("gcd", small, small), library("sign", n)],
  ...[library("index_of", xs, n), library("count_of", s, () => '"a"')],
  (place) => `${lib(place, "reduce")}(${xs(place)}, ${folding(place)}, ${n(place)})`,
  (place) => `${lib(place, "find")}(${xs(place)}, ${lambda(place, "bool")})`,
  (place) => `(${lib(place, "find")}(${xs(place)}, it > ${small(place)}) ?? ${n(place)})`,
  (place) => `${lib(place, "count")}(${xs(place)}, it != ${small(place)})`,
  (place) => `${lib(place, "get")}(${dict(place)}, "a", ${n(place)})`,
  (place) => `${lib(place, "sum_by")}(${xs(place)}, ${lambda(place, "number")})`,
  (place) => `${lib(place, "max_by")}(${xs(place)}, ${lambda(place, "number")})`,
  (place) => `${xs(place)}.${place.choices.pick(["sum()", "first()", "max_val()"])}`,
  (place) => `(${xs(place)} |> ${lib(place, "map")}(it + 1) |> ${lib(place, "sum")})`,
];

/** A lambda of two numbers; its names may hide others. */
function folding(place: Place): string {
  const inside = inFunction(place, "number", false);
  const first = newName(inside);
  addVariable(inside, { name: first, type: "number", mutable: false });
  return `fn(${first}, ${first}2) ${first} + ${first}2 * ${n(inside)}`;
}

export const numbers = (): Forms => ({
  simple: [small, ({ choices }) => choices.pick(["1.5", "0xF", "1_0", "2e1"])],
  nested: [
    ...operations,
    ...libraryNumbers,
    ...countNumbers,
    ...sequenceNumbers,
    ...wordNumbers,
    ...hostNumbers,
    ...rowNumbers,
  ],
});

const any: Form = (place) => expression(place, place.choices.pick(types));

const isOf =
  (type: Type, ...names: [string, ...string[]]): Form =>
  (place) =>
    `(${expression(place, type)} is ${place.choices.pick(names)})`;

/** A value of a class of the platform. */
const host: Form = ({ choices }) =>
  choices.pick([
    ...(["Response.new(nil)", "Date.new(0)", 'URL.new("http://h")', "Headers.new()"] as const),
    ...["Map.new()", 'RegExp.new("a")', "[1]", "nil", 'Error.new("x")'],
  ]);

const comparison = between(n, "<", "<=", ">", ">=", "==", "!=");

export const truths = (): Forms => ({
  simple: [() => "true", () => "false"],
  nested: [
    comparison,
    comparison,
    (place) => `(${n(place)} < ${n(place)} <= ${n(place)})`,
    (place) => `(${n(place)} != ${n(place)} > ${n(place)} >= ${n(place)})`,
    (place) =>
      `(seen(${n(place)}) < seen(${n(place)}) ${place.choices.pick(["<", "<=", "==", "!="])} seen(${n(place)}))`,
    between(b, "and", "or", "&&", "||"),
    (place) => `(${place.choices.pick(["not ", "!"])}${b(place)})`,
    (place) => `(${s(place)} == ${s(place)})`,
    (place) => `(${n(place)} in ${xs(place)})`,
    (place) => `(${n(place)} not in ${small(place)}..=${small(place)})`,
    (place) => `("n" in ${expression(place, "record")})`,
    (place) => `("a" in ${dict(place)})`,
    isOf("shape", "Circle", "Box", "Dot", "Shape", "not Dot"),
    isOf("record", "P", "not P"),
    isOf("number", "Int", "Float", "String", "not Nil"),
    (place) =>
      `(${host(place)} is ${place.choices.pick(["Response", "Date", "not URL", "Map", "Array"])})`,
    isOf("result", "Ok", "Err", "Result", "Option"),
    (place) => `(${any(place)} == ${any(place)})`,
    (place) => `${lib(place, "all")}(${xs(place)}, it > ${small(place)})`,
    (place) => `${lib(place, "any")}(${xs(place)}, ${lambda(place, "bool")})`,
    (place) => `${expression(place, "option")}.isSome()`,
    ...[library("is_empty", xs), library("includes", xs, n), library("has_key", dict, s)],
    ...[library("starts_with", s, s), library("contains", s, s), library("to_bool", any)],
    ...[...countTruths, ...wordTruths, ...hostTruths, ...rowTruths],
    (place) => `P.__eq(${expression(place, "record")}, ${expression(place, "record")})`,
  ],
});
