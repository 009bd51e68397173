// What the forms of expressions are, and those that every file of them needs.
import type { Place, Type } from "./context";
import { expression } from "./expression";

/** Makes the text of one form of expression; never one that needs outer parentheses. */
export type Form = (place: Place) => string;

/** A small whole number. */
export const small: Form = ({ choices }) => String(choices.below(5));

/** A slice of what stands before it, with bounds on either side of its ends and steps both ways. */
export const stepped: Form = ({ choices }) => {
  const bound = () => choices.pick(["", "0", "1", "-1", "2", "-2", "9", "-9", "1.5"]);
  return `[${bound()}:${bound()}:${choices.pick(["1", "2", "-1", "-2", "3", "-3"])}]`;
};

/** An expression of a type, as a form. */
export const of =
  (type: Type): Form =>
  (place) =>
    expression(place, type);

/** The forms of each type: what needs no operands first. */
export interface Forms {
  readonly simple: readonly [Form, ...Form[]];
  readonly nested: readonly Form[];
}
