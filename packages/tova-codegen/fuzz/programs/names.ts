// A place → names that may be bound there: fresh ones, and those that are hard to compile.
import { isHidden, type Place } from "./context";

/** Words that JavaScript reserves, or that the emitted code may use itself. */
const hardNames = [
  ...["with$", "static", "package", "console", "value", "e"],
  ...[
    "args",
    "public",
    "$1",
    "x$1",
    "class",
    "new",
    "RangeError",
    "Symbol",
    "result",
    "undefined$",
  ],
];

/** Functions of the library that variables and functions of the program may hide. */
export const hideable = [
  ...["len", "sum", "map", "filter", "upper", "first", "join", "keys", "values", "sorted"],
  ...["range", "reduce", "type_of", "min", "max", "int", "all", "take"],
  ...["Array", "Object", "Number"],
] as const;

/** A name that may be bound here: a fresh one, or one that hides another thing. */
export function newName(place: Place): string {
  const { choices, counter, blocks } = place;
  counter.names++;
  if (choices.once(3)) {
    const taken = takenNames(place);
    const outer = blocks.flatMap(({ variables }) => variables).filter((v) => !v.mutable);
    const names = outer.map(({ name }) => name).filter((name) => /^[\w$]+$/.test(name));
    const hiding = blocks.at(-1)?.closed ? [] : [...names, choices.pick([...hideable])];
    const candidates = [...hiding, choices.pick(["x", ...hardNames])].filter(
      (name) => !taken.has(name),
    );
    const name = candidates[choices.below(Math.max(1, candidates.length))];
    if (name !== undefined) return name;
  }
  return `v${counter.names}`;
}

/** A name for a pattern of `match`, where a capital would make it that of a type. */
export function newPatternName(place: Place): string {
  const name = newName(place);
  return /^\p{Lu}/u.test(name) ? `v${place.counter.names}` : name;
}

/** Names that cannot be bound: those of this function, and mutable ones around it. */
export function takenNames(place: Place): Set<string> {
  const start = place.blocks.findLastIndex(({ frame }) => frame);
  const own = place.blocks.slice(start).flatMap(({ variables }) => variables);
  const mutable = place.blocks.flatMap(({ variables }) => variables).filter((v) => v.mutable);
  const functions = place.blocks.flatMap((block) => block.functions);
  return new Set(["self", ...[...own, ...mutable, ...functions].map(({ name }) => name)]);
}

/** A function of the library as it can be called here; by another name where its own is hidden. */
export function lib(place: Place, name: string): string {
  if (!isHidden(place, name)) return name;
  place.counter.hidden.add(name);
  return `real.${name}`;
}
