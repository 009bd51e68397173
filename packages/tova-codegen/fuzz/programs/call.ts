// Calls of the program's own functions and methods, in each of their spellings (spec 4, 5.4).
import { functionsOf, type KnownFunction, type Place, type Type } from "./context";
import { expression } from "./expression";

/** A call that gives the type; null where no function does. */
export function call(place: Place, type: Type): string | null {
  const known = functionsOf(place, type);
  const chosen = known[place.choices.below(Math.max(1, known.length))];
  if (!chosen) return null;
  const text = callOf(place, chosen);
  if (chosen.generator) return `[...${text}]`;
  return chosen.async ? `(await ${text})` : text;
}

/** A call of a certain function. */
export function callOf(place: Place, chosen: KnownFunction): string {
  if (chosen.costly) place.counter.costly = true;
  return spelled(place, chosen);
}

/** Records of methods are made here: others are plain objects. */
const receiverOf = (place: Place, type: Type): string =>
  type === "record"
    ? `P(${expression(place, "number")}, ${expression(place, "string")})`
    : expression(place, type);

function spelled(place: Place, known: KnownFunction): string {
  const { name, params, required, receiver, named, rest } = known;
  const { choices } = place;
  const self = receiver ? receiverOf(place, receiver) : null;
  const count = required + choices.below(params.length - required + 1);
  const args = params.slice(0, count).map((type) => expression(place, type));
  const whole = count === params.length;
  if (whole && rest && choices.once(2)) args.push(expression(place, "number"), "1");
  const fields = whole ? named.filter(() => choices.once(2)) : [];
  const last = fields.map((field) => `${field}: ${expression(place, "number")}`);
  if (self) return `${self}.${name}(${[...args, ...last].join(", ")})`;
  const [first, ...others] = args;
  if (first === undefined || last.length > 0) return `${name}(${[...args, ...last].join(", ")})`;
  switch (choices.below(5)) {
    case 1:
      return `(${first} |> ${name}(${["_", ...others].join(", ")}))`;
    case 2:
      return `(${first} |> ${name}${others.length > 0 ? `(${others.join(", ")})` : ""})`;
    case 3:
      return `${name}(...[${args.join(", ")}])`;
    case 4:
      return placeholderLast(name, args);
    default:
      return `${name}(${args.join(", ")})`;
  }
}

/** The last argument comes through a pipe; it is evaluated first then. */
function placeholderLast(name: string, args: readonly string[]): string {
  return `(${args.at(-1)} |> ${name}(${[...args.slice(0, -1), "_"].join(", ")}))`;
}
