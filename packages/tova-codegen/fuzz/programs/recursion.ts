// Functions that call themselves or each other, and functions that are called before they stand (spec 4).
import { atStart, whole } from "./branch";
import { addVariable, inBlock, inFunction, type Place } from "./context";
import { expression } from "./expression";
import { newName } from "./names";
import { statements } from "./statement";

/** Two functions that call each other three times, and a call of the first. */
export function recursion(place: Place): string {
  const { counter, choices } = place;
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  counter.names++;
  const names = [`even${counter.names}`, `odd${counter.names}`] as const;
  for (const name of names) addVariable(place, { name, type: null, mutable: false });
  const async = place.mayAwait && choices.once(4);
  const bodies = [turn(place, names[0], names[1], async), turn(place, names[1], names[0], async)];
  const call = `print(${async ? "await " : ""}${names[0]}(3, ${expression(place, "number")}))`;
  // A function may be called before it stands.
  return (choices.once(2) ? [call, ...bodies] : [...bodies, call]).join("\n");
}

function turn(place: Place, name: string, other: string, async: boolean): string {
  const body = { ...inFunction(place, "number", async), loops: 1 };
  const left = `k${place.counter.names}`;
  const given = newName(body);
  for (const each of [left, given])
    addVariable(body, { name: each, type: "number", mutable: false });
  const inside = inBlock(body);
  const lines = statements({ ...inside, returns: "number" }, 2);
  const next = `${async ? "await " : ""}${other}(${left} - 1, ${expression(body, "number")})`;
  const stop = place.choices.pick([
    `if ${left} <= 0 { return ${given} }`,
    `guard ${left} > 0 else { return ${whole(body, "number")} }`,
  ]);
  const result = place.choices.pick([
    atStart(next),
    `return ${next}`,
    `if ${expression(body, "bool")} { ${next} } else { ${atStart(expression(body, "number"))} }`,
    `match ${next} { 0 => 1, other => other }`,
  ]);
  return `fn ${name}(${left}, ${given}) {\n${stop}\nif true {\n${lines.join("\n")}\n}\n${result}\n}`;
}
