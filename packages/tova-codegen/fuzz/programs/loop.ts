// Loops that end: over short lists, or counted by a variable that nothing else changes (spec 8).
import { addVariable, inLoop, newName, type Place } from "./context";
import { expression } from "./expression";
import { statement, statements } from "./statement";

/** A loop, at most two deep; some with a label. */
export function loop(place: Place): string {
  if (place.loops >= 2) return statement({ ...place, depth: 0 });
  place.counter.names++;
  const label = `l${place.counter.names}`;
  const head = `${label}: `;
  return place.choices.pick([each, indexed, counted, endless])(place, label, head);
}

function each(place: Place, label: string, head: string): string {
  const source = place.choices.pick([
    `${place.choices.below(4)}..${place.choices.below(4)}`,
    `[${expression(place, "number")}, 2, 3]`,
    "count(3)",
    `${place.choices.below(3)}..=len("ab")`,
  ]);
  const inside = inLoop(place, label);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const when = place.choices.once(4) ? ` when ${expression(inside, "bool")}` : "";
  const otherwise = place.choices.once(4) ? ` else { print("empty") }` : "";
  return `${head}for ${name} in ${source}${when} ${body(inside)}${otherwise}`;
}

function indexed(place: Place, label: string, head: string): string {
  const source = `[${expression(place, "number")}, ${expression(place, "number")}]`;
  const inside = inLoop(place, label);
  const i = `i${place.counter.names}`;
  const x = `x${place.counter.names}`;
  addVariable(inside, { name: i, type: "number", mutable: false });
  addVariable(inside, { name: x, type: "number", mutable: false });
  return `${head}for ${i}, ${x} in ${source} ${body(inside)}`;
}

function counted(place: Place, label: string, head: string): string {
  const counter = `c${place.counter.names}`;
  const inside = inLoop(place, label);
  const test = place.choices.once(3) ? ` and ${expression(place, "bool")}` : "";
  return `var ${counter} = 0\n${head}while ${counter} < 3${test} ${body(inside, `${counter} += 1`)}`;
}

function endless(place: Place, label: string, head: string): string {
  const counter = `c${place.counter.names}`;
  const inside = inLoop(place, label);
  const first = `${counter} += 1\nif ${counter} > 3 { break }`;
  return `var ${counter} = 0\n${head}loop ${body(inside, first)}`;
}

function body(inside: Place, first = ""): string {
  const lines = statements(inside, 3);
  return `{\n${[...(first ? [first] : []), ...lines].join("\n")}\n}`;
}
