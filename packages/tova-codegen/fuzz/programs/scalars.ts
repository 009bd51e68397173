// Numbers, strings and truth values → the forms of their expressions (spec 1.4, 1.5, 2).
import { inFunction, type Place, type Type, types } from "./context";
import { expression, type Form, type Forms } from "./expression";

const small: Form = ({ choices }) => String(choices.below(6));

const of =
  (type: Type): Form =>
  (place) =>
    expression(place, type);
const n = of("number");
const s = of("string");
const b = of("bool");
const xs = of("list");

/** An operator between two operands of a type. */
const between =
  (operand: Form, ...operators: [string, ...string[]]): Form =>
  (place) => {
    const left = operand(place);
    return `(${left} ${place.choices.pick(operators)} ${operand(place)})`;
  };

export const numbers = (): Forms => ({
  simple: [small, ({ choices }) => choices.pick(["1.5", "0xF", "1_0", "2e1"])],
  nested: [
    between(n, "+", "-", "*", "/", "%"),
    between(n, "&", "|", "^", "<<", ">>", ">>>"),
    (place) => `(${n(place)} ** ${place.choices.below(3)})`,
    (place) => `(-${n(place)})`,
    (place) => `(~${n(place)})`,
    (place) => `len(${xs(place)})`,
    (place) => `len(${s(place)})`,
    (place) => `sum(${xs(place)})`,
    (place) => `${xs(place)}[${small(place)}]`,
    (place) => `(${xs(place)}[${small(place)}] ?? ${n(place)})`,
    between(n, "??", "or", "and"),
    (place) => `${expression(place, "record")}.n`,
    (place) => `${expression(place, "record")}?.missing?.n.deeper`,
    (place) => `(fn(a) a + ${n(inFunction(place, null, false))})(${n(place)})`,
    (place) => `(${n(place)} |> fn(p) p - 1)`,
    (place) => `(${xs(place)} |> .length)`,
    (place) => `reduce(${xs(place)}, fn(acc, x) acc + x, ${n(place)})`,
    (place) => `${expression(place, "result")}.unwrapOr(${n(place)})`,
    (place) => (place.mayAwait ? `(await Promise.resolve(${n(place)}))` : n(place)),
    propagated,
    (place) => `(${expression(place, "bool")} + ${n(place)})`,
  ],
});

/** `?` leaves the function, so that the function must give a result. */
function propagated(place: Place): string {
  if (place.returns === "result") return `${expression(place, "result")}?`;
  if (place.returns === "option") return `${expression(place, "option")}?`;
  return expression(place, "number");
}

const any: Form = (place) => expression(place, place.choices.pick(types));

const texts = [
  ...['"a"', '""', "'b{c}'", 'r"\\d"', '"x\\{y\\}"', '"$\\{1}`"', '"\\n"', '"é𝒳"'],
] as unknown as readonly [string, ...string[]];

export const strings = (): Forms => ({
  simple: [({ choices }) => choices.pick(texts)],
  nested: [
    between(s, "+", "++"),
    (place) => `"<{${n(place)}}>"`,
    (place) => `"{${s(place)}}{${n(place)}}"`,
    (place) => `"{JSON.stringify(${any(place)})}"`,
    (place) => `(${s(place)} ++ ${n(place)})`,
    (place) => `("ab" * ${small(place)})`,
    (place) => `upper(${s(place)})`,
    (place) => `${s(place)}.lower()`,
    (place) => `(${s(place)} |> upper)`,
    (place) => `${s(place)}[${small(place)}:]`,
    (place) => `${s(place)}[:-1]`,
    (place) => `join(${xs(place)}, ${s(place)})`,
    (place) => `${expression(place, "record")}.s`,
    (place) => `(${s(place)} or ${s(place)})`,
    (place) => `type_of(${any(place)})`,
  ],
});

const comparison: Form = (place) => between(n, "<", "<=", ">", ">=", "==", "!=")(place);

export const truths = (): Forms => ({
  simple: [() => "true", () => "false"],
  nested: [
    comparison,
    comparison,
    (place) => `(${n(place)} < ${n(place)} <= ${n(place)})`,
    (place) => `(${n(place)} != ${n(place)} > ${n(place)} >= ${n(place)})`,
    between(b, "and", "or"),
    (place) => `(not ${b(place)})`,
    (place) => `(${s(place)} == ${s(place)})`,
    (place) => `(${n(place)} in ${xs(place)})`,
    (place) => `(${n(place)} not in ${small(place)}..=${small(place)})`,
    (place) => `("n" in ${expression(place, "record")})`,
    (place) =>
      `(${expression(place, "shape")} is ${place.choices.pick(["Circle", "Box", "Dot", "Shape"])})`,
    (place) => `(${expression(place, "record")} is ${place.choices.pick(["P", "not P"])})`,
    (place) => `(${n(place)} is ${place.choices.pick(["Int", "Float", "String", "not Nil"])})`,
    (place) => `(${any(place)} == ${any(place)})`,
    (place) => `all(${xs(place)}, it > ${small(place)})`,
    (place) => `${expression(place, "option")}.isSome()`,
  ],
});
