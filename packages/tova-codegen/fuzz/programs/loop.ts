// Loops that end: over short lists, or counted by a variable that nothing else changes (spec 8).
import { callOf } from "./call";
import { addVariable, inLoop, type Place, type Type, tickersOf } from "./context";
import { expression } from "./expression";
import { functionDeclaration } from "./function";
import { lib, newName } from "./names";
import { statement, statements } from "./statement";

/** A loop, at most two deep; some with a label. */
export function loop(place: Place): string {
  if (place.loops >= 2) return statement({ ...place, depth: 0 });
  place.counter.names++;
  const label = `l${place.counter.names}`;
  const head = `${label}: `;
  return place.choices.pick([each, indexed, counted, endless, ofRows, ofEntries, ticking])(
    place,
    label,
    head,
  );
}

function each(place: Place, label: string, head: string): string {
  const source = place.choices.pick([
    `${place.choices.below(4)}..${place.choices.below(4)}`,
    `[${expression(place, "number")}, 2, 3]`,
    `Set.new(${expression(place, "list")}[:3])`,
    "upto(3)",
    `${place.choices.below(3)}..=${lib(place, "len")}("ab")`,
  ]);
  const inside = inLoop(place, label);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const when = place.choices.once(4)
    ? ` when ${expression({ ...inside, labels: place.labels }, "bool")}`
    : "";
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

/** Makes a name for what a loop takes out of a value. */
function named(inside: Place, type: Type): string {
  const name = newName(inside);
  addVariable(inside, { name, type, mutable: false });
  return name;
}

function ofRows(place: Place, label: string, head: string): string {
  const source = place.choices.once(2)
    ? `${expression(place, "rows")}[:3]`
    : `[${expression(place, "record")}, ${expression(place, "record")}]`;
  const inside = inLoop(place, label);
  const first = named(inside, "number");
  const fallback = expression({ ...inside, labels: place.labels }, "number");
  const pattern = `{ n: ${first}, missing: ${named(inside, "number")} = ${fallback} }`;
  return `${head}for ${pattern} in ${source} ${body(inside)}`;
}

function ofEntries(place: Place, label: string, head: string): string {
  const pairs = place.choices.once(2);
  const dict = place.choices.once(2);
  const source = pairs
    ? `[[${expression(place, "number")}, "p"], [1, ${expression(place, "string")}]]`
    : dict
      ? expression(place, "dict")
      : `OrderedDict(${expression(place, "counts")})`;
  const inside = inLoop(place, label);
  // The keys of a dictionary are numbers here.
  const key = pairs || dict ? "string" : "number";
  const [first, second] = [named(inside, "number"), named(inside, key)];
  const binding = pairs ? `[${first}, ${second}]` : `${second}, ${first}`;
  return `${head}for ${binding} in ${source} ${body(inside)}`;
}

/** `async for` over one of the program's generators. */
function ticking(place: Place, label: string, head: string): string {
  if (!place.mayAwait) return each(place, label, head);
  const before = tickersOf(place).length === 0 ? declaredTicker(place) : "";
  const [ticker] = tickersOf(place);
  if (!ticker) return before;
  const source = callOf(place, ticker);
  const inside = inLoop(place, label);
  return `${before}${head}async for ${named(inside, "number")} in ${source} ${body(inside)}`;
}

const declaredTicker = (place: Place): string =>
  `${functionDeclaration(place, { generator: true, async: true })}\n`;

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
