// A place and a type → the text of an expression of that type.
import { branchOf } from "./branch";
import { call } from "./call";
import { dicts, lists, options, records, results, shapes } from "./collections";
import { deeper, type Place, type Type, variablesOf } from "./context";
import { dictionaries } from "./counts";
import { effect } from "./effects";
import type { Forms } from "./form";
import { recordLists } from "./rows";
import { numbers, truths } from "./scalars";
import { strings } from "./texts";
import { levels, wordLists } from "./words";

const forms: Readonly<Record<Type, () => Forms>> = {
  number: numbers,
  string: strings,
  bool: truths,
  list: lists,
  record: records,
  shape: shapes,
  result: results,
  option: options,
  dict: dicts,
  words: wordLists,
  counts: dictionaries,
  level: levels,
  rows: recordLists,
};

/** An expression of the type; what is not a literal or a name stands in parentheses of its own. */
export function expression(place: Place, type: Type): string {
  const { choices } = place;
  const { simple, nested } = forms[type]();
  const variable = variablesOf(place, type);
  if (place.depth <= 0 || choices.below(3) === 0) {
    const chosen = choices.below(simple.length + variable.length);
    const known = variable[chosen - simple.length];
    return known ? known.name : choices.pick(simple)(place);
  }
  const effected = effect(place, type);
  if (effected) return effected;
  const inside = deeper(place);
  switch (choices.below(5)) {
    case 3:
      return call(inside, type) ?? choices.pick(simple)(inside);
    case 4:
      return branchOf(inside, type);
    default: {
      const form = nested[choices.below(nested.length)];
      return form ? form(inside) : choices.pick(simple)(inside);
    }
  }
}
