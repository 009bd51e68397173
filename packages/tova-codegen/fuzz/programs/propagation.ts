// Functions that `?` leaves from every position, with what is deferred and finalized on the way (spec 5.6).
import { addVariable, inFunction, type Place } from "./context";
import { effect, propagated } from "./effects";
import { expression } from "./expression";
import type { Form } from "./form";
import { linesWith, severalOf, usedByLines } from "./positions";
import { statements } from "./statement";

/** An expression that mostly goes on and sometimes leaves. */
const e: Form = (place) => propagated(place) ?? expression(place, "number");

const lines: readonly [Form, ...Form[]] = [
  ...linesWith(e),
  (place) => `print((fn(z) Ok(z + ${e(place)}))(1))`,
];

/** A function of such lines, and a call of it. */
export function propagation(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const [name, param] = [`q${counter.names}`, `given${counter.names}`];
  const returns = choices.pick(["result", "option"] as const);
  const async = place.mayAwait && choices.once(3);
  const body = { ...inFunction(place, returns, async), depth: 2 };
  addVariable(body, { name: param, type: "number", mutable: false });
  const before = statements({ ...body, loops: 1 }, 1).join("\n");
  const several = severalOf(body, lines);
  const end = returns === "result" ? `Ok(acc)` : `Some(acc)`;
  const waits = async ? "await Promise.resolve()\n" : "";
  const call = (value: string) => `${async ? "await " : ""}${name}(${value})`;
  const given = effect(place, "number") ?? "1";
  return `fn ${name}(${param}) {
${waits}${usedByLines}${before}
${several}
${end}
}
print(JSON.stringify(${call(given)}))`;
}
