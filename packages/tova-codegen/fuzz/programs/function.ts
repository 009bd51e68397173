// Declarations of functions: defaults, patterns, implicit and explicit returns, async (spec 4).
import {
  addFunction,
  addVariable,
  inFunction,
  newName,
  type Place,
  type Type,
  types,
} from "./context";
import { expression } from "./expression";
import { statements } from "./statement";

interface Written {
  readonly text: string;
  readonly type: Type;
  readonly optional: boolean;
}

/** A function that calls only what is defined before it, so that nothing recurs. */
export function functionDeclaration(place: Place): string {
  const { choices, counter } = place;
  counter.names++;
  const name = `f${counter.names}`;
  const result = choices.pick(types);
  const async = place.mayAwait && choices.once(4);
  const before = counter.costly;
  counter.costly = false;
  const inside = inFunction(place, result, async);
  const params = parameters(inside);
  const lines = statements(inside, 4);
  const last = choices.once(3)
    ? `return ${expression(inside, result)}`
    : expression(inside, result);
  const costly = counter.costly;
  counter.costly = before || costly;
  const waits = async ? "await Promise.resolve()\n" : "";
  const word = async && choices.once(2) ? "async fn" : "fn";
  const text = params.map((each) => each.text).join(", ");
  const start = parenthesised(last);
  addFunction(place, {
    ...{ name, params: params.map(({ type }) => type), result, async, costly },
    required: params.filter(({ optional }) => !optional).length,
  });
  return `${word} ${name}(${text}) {\n${waits}${lines.join("\n")}\n${start}\n}`;
}

/** A bracket at the start of a line would go on nothing, and `-` would go on the line before. */
const parenthesised = (text: string): string => (/^[-{]/.test(text) ? `(${text})` : text);

function parameters(inside: Place): readonly Written[] {
  const { choices } = inside;
  const count = choices.below(4);
  const written: Written[] = [];
  for (let i = 0; i < count; i++) {
    const optional = written.some((each) => each.optional) || choices.once(4);
    written.push(optional ? defaulted(inside) : choices.once(5) ? pattern(inside) : plain(inside));
  }
  return written;
}

function plain(inside: Place): Written {
  const type = inside.choices.pick(types);
  const name = newName(inside);
  addVariable(inside, { name, type, mutable: false });
  return { text: name, type, optional: false };
}

function defaulted(inside: Place): Written {
  const type = inside.choices.pick(types);
  const value = expression({ ...inside, mayAwait: false, returns: null }, type);
  const name = newName(inside);
  addVariable(inside, { name, type, mutable: false });
  return { text: `${name} = ${value}`, type, optional: true };
}

function pattern(inside: Place): Written {
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  if (inside.choices.once(2)) return { text: `[${name}, ..._]`, type: "list", optional: false };
  return { text: `{ n: ${name} = 1 }`, type: "record", optional: false };
}
