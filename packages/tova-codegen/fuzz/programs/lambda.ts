// Functions without a name, in each of their spellings (spec 4).
import { block, conditional } from "./branch";
import { addVariable, inFunction, type Place, type Type } from "./context";
import { expression } from "./expression";
import { newName } from "./names";
import { statements } from "./statement";

/** A lambda of one number. */
export function lambda(place: Place, result: Type): string {
  const inside = inFunction(place, result, false);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const body = () => expression(inside, result);
  switch (place.choices.below(8)) {
    case 1:
      return `${name} => ${body()}`;
    case 2:
      return `(${name}) => { ${block(inside, result)} }`;
    case 3:
      return `fn(${name}) { return ${body()} }`;
    case 4:
      return `(${name} = 1) -> ${body()}`;
    case 5:
      return `fn(${name}) {\n${statements(inside, 2).join("\n")}\n${conditional(inside, result)}\n}`;
    case 6:
      return `(${name}: Int) => ${body()}`;
    default:
      return `fn(${name}) ${body()}`;
  }
}

/** The result of an async lambda; it may leave itself by `return` and `?`. */
export function awaited(place: Place, type: Type): string {
  const inside = inFunction(place, type, true);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const start = place.choices.pick(["fn", "async fn"]);
  const waits = "await Promise.resolve()";
  const body = `{\n${waits}\n${block(inside, type)}\n}`;
  return `(await (${start}(${name}) ${body})(${expression(place, "number")}))`;
}

/** What a lambda gives that a `?` may leave. */
export function attempted(place: Place, type: "result" | "option"): string {
  const inside = inFunction(place, type, false);
  const wrap = type === "result" ? "Ok" : "Some";
  const before = place.choices.once(2) ? `${statements(inside, 2).join("\n")}\n` : "";
  const value = expression(inside, "number");
  return `(fn() {\n${before}${wrap}(${value})\n})()`;
}
