// Calls of the program's own functions, in each of their spellings (spec 4, 5.4).
import { functionsOf, type KnownFunction, type Place, type Type } from "./context";
import { expression } from "./expression";

/** A call that gives the type; null where no function does. */
export function call(place: Place, type: Type): string | null {
  const known = functionsOf(place, type);
  const chosen = known[place.choices.below(Math.max(1, known.length))];
  if (!chosen) return null;
  if (chosen.costly) place.counter.costly = true;
  const text = spelled(place, chosen);
  return chosen.async ? `(await ${text})` : text;
}

function spelled(place: Place, { name, params, required }: KnownFunction): string {
  const { choices } = place;
  const count = required + choices.below(params.length - required + 1);
  const args = params.slice(0, count).map((type) => expression(place, type));
  const [first, ...others] = args;
  if (first === undefined) return `${name}()`;
  switch (choices.below(4)) {
    case 1:
      return `(${first} |> ${name}(${["_", ...others].join(", ")}))`;
    case 2:
      return `(${first} |> ${name}${others.length > 0 ? `(${others.join(", ")})` : ""})`;
    case 3:
      return `${name}(...[${args.join(", ")}])`;
    default:
      return `${name}(${args.join(", ")})`;
  }
}
