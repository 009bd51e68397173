// A place → expressions whose evaluation is seen or leaves the usual course: traces, `await`, `yield`, `?`.
import { deeper, type Place, type Type } from "./context";
import { expression } from "./expression";

/** A function that tells when its argument is evaluated, for the start of a program. */
export const seeing =
  'fn seen(value) { print("seen {if value is Int { value } else { "-" }}") value }\n';

/** By chance an expression around another one of the type; null else. */
export function effect(place: Place, type: Type): string | null {
  const { choices } = place;
  const inside = deeper(place);
  switch (choices.below(24)) {
    case 23:
    case 22:
      return `seen(${expression(inside, type)})`;
    case 21:
      return place.mayAwait ? `(await Promise.resolve(${expression(inside, type)}))` : null;
    case 20:
    case 19:
      return type === "number" && place.mayYield ? `(yield ${expression(inside, "number")})` : null;
    case 18:
    case 17:
    case 16:
      return type === "number" ? propagated(inside) : null;
    default:
      return null;
  }
}

/** `?` leaves the function, so that the function must give a result. */
export function propagated(place: Place): string | null {
  const { returns, choices } = place;
  if (returns !== "result" && returns !== "option") return null;
  const inner = choices.once(4)
    ? expression(place, returns)
    : `${returns === "result" ? "Ok" : "Some"}(${expression(place, "number")})`;
  return `${inner}?`;
}
