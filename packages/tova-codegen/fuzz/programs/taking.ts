// Parameters in all their forms, and calls with spread, named, piped and missing arguments (spec 4, 5.4).
import { inFunction, type Place, quiet } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 1) }, "number");
const s: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 1) }, "string");

interface Parameter {
  readonly text: string;
  readonly names: readonly string[];
}

type Made = (place: Place, id: number) => Parameter;

const fallback: Form = (place) => {
  const inside = { ...inFunction(place, null, false), inside: false };
  return place.choices.pick([`seen(${n(inside)})`, n(inside), `(fn() ${n(inside)})()`]);
};

const parameters: readonly [Made, ...Made[]] = [
  (_, id) => ({ text: `p${id}`, names: [`p${id}`] }),
  (_, id) => ({ text: `p${id}: Int`, names: [`p${id}`] }),
  (place, id) => ({ text: `p${id} = ${fallback(place)}`, names: [`p${id}`] }),
  (place, id) => ({ text: `p${id}: Float = ${fallback(place)}`, names: [`p${id}`] }),
  (_, id) => ({ text: `{ n: p${id}, s: q${id} }`, names: [`p${id}`, `q${id}`] }),
  (place, id) => ({
    text: `{ n: p${id} = ${fallback(place)}, type: q${id} = p${id}, ...r${id} } = { n: ${fallback(place)} }`,
    names: [`p${id}`, `q${id}`, `r${id}`],
  }),
  (place, id) => ({
    text: `[p${id}, q${id} = ${fallback(place)}] = [1]`,
    names: [`p${id}`, `q${id}`],
  }),
  (_, id) => ({ text: `[p${id}, _, ...q${id}]: [Int]`, names: [`p${id}`, `q${id}`] }),
];

const value: Form = (place) =>
  place.choices.pick<Form>([
    (at) => `seen(${n(at)})`,
    (at) => `[${n(at)}, 2, ${n(at)}]`,
    (at) => `{ n: ${n(at)}, s: ${s(at)} }`,
    (at) => `P(${n(at)}, ${s(at)})`,
    () => "undefined",
    () => "nil",
    (at) => `{ n: undefined, type: ${n(at)}, more: 1 }`,
  ])(place);

type Call = (place: Place, name: string) => string;

const calls: readonly [Call, ...Call[]] = [
  (place, name) => `${name}(${value(place)}, ${value(place)}, ${value(place)})`,
  (place, name) => `${name}(${value(place)})`,
  (_, name) => `${name}()`,
  (place, name) => `${name}(...[${value(place)}, ${value(place)}], ${value(place)})`,
  (place, name) =>
    `${name}(${value(place)}, ...upto(seen(1)), ${value(place)}, ...[${value(place)}])`,
  (place, name) => `${name}(${value(place)}, n: ${value(place)}, type: ${value(place)})`,
  (place, name) => `${name}(n: ${value(place)}, s: ${s(place)})`,
  (place, name) => `(${value(place)} |> ${name}(${value(place)}))`,
  (place, name) => `(${value(place)} |> ${name}(${value(place)}, _, ${value(place)}))`,
  (place, name) => `(${value(place)} |> ${name}(_, _))`,
  (place, name) => `(${value(place)} |> ${name}(n: _, type: ${value(place)}))`,
  (place, name) => `(${value(place)} |> ${name}(${value(place)}, s: _, n: 2))`,
  (place, name) => `(${value(place)} |> ${name})`,
  (place, name) => `({ f: ${name} }.f(${value(place)}, ${value(place)}))`,
  (place, name) => `(${value(place)} |> { f: ${name} }.f(${value(place)}, _))`,
  (place, name) => `([${name}][0](${value(place)}))`,
  (place, name) => `(${value(place)} |> [${name}][seen(0)])`,
  (place, name) => `(${value(place)} |> (fn(x, ...more) ${name}(x, ...more)))`,
  (place, name) => `(${name}?.(${value(place)}))`,
  (place, name) => `([${value(place)}, ${value(place)}] |> map(fn(x, i) ${name}(x, i)))`,
  (place, name) => `[${value(place)}, ${value(place)}].map(${name})`,
  (place, name) => `(${value(place)} |> (if ${n(place)} > 1 { ${name} } else { fn(x) x }))`,
  (place, name) => `(${value(place)} |> ${name}(_, seen(1)))`,
  (place, name) => `(${name} |> fn(f) f(${value(quiet(place))}))`,
  (place, name) => `(${value(place)} |> match ${n(place)} { 0 => ${name}, _ => fn(x) [x] })`,
];

/** A function, as a declaration or a lambda of some spelling. */
function declared(place: Place, name: string, texts: readonly string[], body: string): string {
  const list = texts.join(", ");
  return place.choices.pick([
    `fn ${name}(${list}) { ${body} }`,
    `fn ${name}<T>(${list}) -> [T] { return ${body} }`,
    `${name} = fn(${list}) ${body}`,
    `${name} = (${list}) => ${body}`,
    `${name} = fn(${list}) {\n${body}\n}`,
    `${name} = (${list}) -> Any => { ${body} }`,
    `@fast\nfn ${name}(${list},) {\n// told\nif true { ${body} } else { nil }\n}`,
  ]);
}

/** A function with some parameters, called in some ways; a call that fails is told of. */
export function taking(place: Place): string {
  const { counter, choices } = place;
  counter.names++;
  const name = `taking${counter.names}`;
  const made = Array.from({ length: 1 + choices.below(3) }, (_, i) =>
    choices.pick(parameters)(place, i),
  );
  const rest = choices.once(3) ? [{ text: "...rest", names: ["rest"] }] : [];
  const all = [...made, ...rest];
  const body = `[${all.flatMap(({ names }) => names).join(", ")}]`;
  const text = declared(
    place,
    name,
    all.map((each) => each.text),
    body,
  );
  const used = Array.from(
    { length: 1 + choices.below(3) },
    () =>
      `try { print(JSON.stringify(${choices.pick(calls)(place, name)})) } catch e { print(e is TypeError) }`,
  );
  return `if true {\n${text}\n${used.join("\n")}\n}`;
}
