// Functions that `?` leaves from every position, with what is deferred and finalized on the way (spec 5.6).
import { addVariable, inFunction, type Place } from "./context";
import { effect, propagated } from "./effects";
import { expression } from "./expression";
import type { Form } from "./form";
import { statements } from "./statement";

/** An expression that mostly goes on and sometimes leaves. */
const e: Form = (place) => propagated(place) ?? expression(place, "number");

const positions: readonly [Form, ...Form[]] = [
  (place) => `print(${e(place)}, ${e(place)})`,
  (place) => `print("{${e(place)}} and {${e(place)}}")`,
  (place) => `print([${e(place)}, ...[${e(place)}], ${e(place)}])`,
  (place) => `print({ a: ${e(place)}, ["k{${e(place)}}"]: ${e(place)}, ...{ b: ${e(place)} } })`,
  (place) => `if ${e(place)} > 1 { print("if") } elif ${e(place)} == ${e(place)} { print("elif") }`,
  (place) => `for y in [${e(place)}, 2] when ${e(place)} != y { print(y, ${e(place)}) }`,
  (place) => `for y in ${e(place)}..${e(place)} { if y > 3 { break } print(y) }`,
  (place) =>
    `print(match ${e(place)} { 0 => ${e(place)}, n if ${e(place)} > n => n, _ => ${e(place)} })`,
  (place) => `print([1, 2, 3][${e(place)}], "abcd"[${e(place)}:${e(place)}])`,
  (place) =>
    `print(${e(place)} < ${e(place)} <= ${e(place)}, ${e(place)} + ${e(place)} * ${e(place)})`,
  (place) => `print(nil ?? ${e(place)}, ${e(place)} or ${e(place)}, ${e(place)} and ${e(place)})`,
  (place) =>
    `print(${e(place)} |> seen |> fn(z) z + 1, ${e(place)} |> P(_, "{${e(place)}}") |> .n)`,
  (place) => `print([z + ${e(place)} for z in [1, ${e(place)}] if ${e(place)} != z])`,
  (place) => `print({ "k{z}": ${e(place)} for z in [1, 2] })`,
  (place) => `acc += ${e(place)}`,
  (place) => `acc = ${e(place)} - acc`,
  (place) => `held.n = ${e(place)}\nprint(held.n)`,
  (place) => `held["n"] += ${e(place)}`,
  (place) =>
    `guard ${e(place)} != 2 else { return ${expression(place, place.returns ?? "number")} }`,
  (place) => `try { print(${e(place)}) } catch _ { print("never") } finally { print("finally") }`,
  (place) => `try { throw ${e(place)} } catch caught { print(caught, ${e(place)}) }`,
  (place) => `with { close: fn() print("closed") } as _r { print(${e(place)}) }`,
  (place) => `defer print("deferred", acc)\nprint(${e(place)})`,
  (place) => `var turns = 0\nwhile turns < ${e(place)} { turns += 1 if turns > 2 { break } }`,
  (place) => `print((fn(z) Ok(z + ${e(place)}))(1))`,
  (place) => `print(P(s: "{${e(place)}}", n: ${e(place)}).n in [${e(place)}], ${e(place)} is Int)`,
  (place) => `print(-${e(place)}, ~${e(place)}, not ${e(place)})`,
  (place) => `[pa, ...po] = [${e(place)}, ${e(place)}]\nprint(pa, po)`,
  (place) => `{ n: pn, missing: pm = ${e(place)} } = { n: ${e(place)} }\nprint(pn, pm)`,
];

/** A function of such lines, each in a block of its own, and calls of it. */
export function propagation(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const [name, param] = [`q${counter.names}`, `given${counter.names}`];
  const returns = choices.pick(["result", "option"] as const);
  const async = place.mayAwait && choices.once(3);
  const body = { ...inFunction(place, returns, async), depth: 2 };
  addVariable(body, { name: param, type: "number", mutable: false });
  const lines = Array.from({ length: 1 + choices.below(4) }, () => {
    const line = choices.pick(positions)(body);
    return `if true {\n${line}\n}`;
  });
  const before = statements({ ...body, loops: 1 }, 1).join("\n");
  const end = returns === "result" ? `Ok(acc)` : `Some(acc)`;
  const waits = async ? "await Promise.resolve()\n" : "";
  const call = (value: string) => `${async ? "await " : ""}${name}(${value})`;
  const given = effect(place, "number") ?? "1";
  return `fn ${name}(${param}) {
${waits}var acc = 0
held = { n: 1 }
${before}
${lines.join("\n")}
${end}
}
print(JSON.stringify(${call(given)}))`;
}
