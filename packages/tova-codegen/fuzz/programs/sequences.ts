// Lazy sequences and queues → expressions and statements that use them (spec 14).
import type { Place } from "./context";
import { expression } from "./expression";
import { type Form, of, small } from "./form";
import { lambda } from "./lambda";
import { lib } from "./names";

const n = of("number");
const xs = of("list");

const steps: readonly [Form, ...Form[]] = [
  (place) => `.map(${lambda(place, "number")})`,
  (place) => `.filter(${lambda(place, "bool")})`,
  (place) => `.take(${small(place)})`,
  (place) => `.drop(${small(place)})`,
  (place) => `.flat_map(${lambda(place, "list")})`,
  (place) => `.take_while(${lambda(place, "bool")})`,
  (place) => `.drop_while(${lambda(place, "bool")})`,
  (place) => `.enumerate().map(([p, q]) => p * ${small(place)} + q)`,
];

function sequenceOf(place: Place): string {
  const { choices } = place;
  const source = choices.once(3) ? `upto(${small(place)})` : xs(place);
  const made = choices.pick(["Seq", "iter", "Seq.new"]);
  const count = 1 + choices.below(3);
  const all = Array.from({ length: count }, () => choices.pick(steps)(place));
  return `${made}(${source})${all.join("")}`;
}

export const sequenceLists: readonly Form[] = [
  (place) => `${sequenceOf(place)}.collect()`,
  (place) => `[...${sequenceOf(place)}]`,
  (place) =>
    `[...(Seq(${xs(place)}) |> ${lib(place, "map")}(${lambda(place, "number")}) |> ${lib(place, "take")}(2))]`,
];

export const sequenceNumbers: readonly Form[] = [
  (place) => `${sequenceOf(place)}.reduce((a, b) => a - b, ${n(place)})`,
  (place) => `${sequenceOf(place)}.first()`,
  (place) => `${sequenceOf(place)}.count()`,
  (place) => `${sequenceOf(place)}.find(${lambda(place, "bool")})`,
];

/** A queue that is filled and emptied at both ends; says what came out. */
export function queueing(place: Place): string {
  const { choices, counter } = place;
  counter.names++;
  const name = `d${counter.names}`;
  const forms: readonly [Form, ...Form[]] = [
    (inside) => `${name}.push_back(${n(inside)})`,
    (inside) => `${name}.push_front(${n(inside)}).push_back(${n(inside)})`,
    () => `print(${name}.pop_front(), ${name}.length)`,
    () => `print(${name}.pop_back(), ${name}.peek_front())`,
    () => `print(${name}.peek_back(), [...${name}])`,
    () => `print(JSON.stringify(${name}), ${name}.is_empty())`,
    () => `${name}.clear()`,
  ];
  const count = 2 + choices.below(4);
  const lines = Array.from({ length: count }, () => choices.pick(forms)(place));
  return [
    `${name} = Deque(${expression(place, "list")})`,
    ...lines,
    `print(${name}.to_list())`,
  ].join("\n");
}
