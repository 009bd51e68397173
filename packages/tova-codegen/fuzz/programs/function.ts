// Declarations of functions, generators and methods: defaults, patterns, named arguments, rest,
// implicit and explicit returns, async (spec 4, 6).
import { atStart, conditional, match } from "./branch";
import {
  addFunction,
  addVariable,
  inFunction,
  type KnownFunction,
  type Place,
  quiet,
  type Type,
  types,
} from "./context";
import { expression } from "./expression";
import { newName } from "./names";
import { statements } from "./statement";

interface Parameters {
  readonly texts: string[];
  readonly params: Type[];
  required: number;
  named: readonly string[];
  rest: boolean;
}

/** A function that calls only what is defined before it, so that nothing recurs. */
export function functionDeclaration(place: Place, called?: string): string {
  const { choices, counter } = place;
  counter.names++;
  const name = called ?? `f${counter.names}`;
  addVariable(place, { name, type: null, mutable: false });
  const generator = choices.once(6);
  const { text, known } = written(place, name, { generator, self: null });
  place.blocks.at(-1)?.variables.splice(-1, 1);
  addFunction(place, known);
  return text;
}

interface Wanted {
  readonly generator: boolean;
  readonly self: Type | null;
}

function written(
  place: Place,
  name: string,
  { generator, self }: Wanted,
): { readonly text: string; readonly known: KnownFunction } {
  const { choices, counter } = place;
  const result = generator ? "list" : choices.pick(types);
  const async = place.mayAwait && choices.once(4);
  const before = counter.costly;
  counter.costly = false;
  const body = inFunction(place, generator ? null : result, async);
  if (self) addVariable(body, { name: "self", type: self, mutable: false });
  const { texts, params, required, named, rest } = parameters(body);
  const inside = { ...body, mayYield: generator };
  const lines = statements(inside, 4);
  const last = generator ? `yield ${expression(inside, "number")}` : ending(inside, result);
  const costly = counter.costly;
  counter.costly = before || costly;
  const waits = async ? "await Promise.resolve()\n" : "";
  const word = async && choices.once(2) ? "async fn" : "fn";
  const list = [...(self ? ["self"] : []), ...texts].join(", ");
  return {
    text: `${word} ${name}(${list}) {\n${waits}${lines.join("\n")}\n${last}\n}`,
    known: {
      name,
      receiver: self,
      params,
      required,
      named,
      rest,
      result,
      async,
      generator,
      costly,
    },
  };
}

/** The last statement of a body: what it gives is the function's value. */
function ending(inside: Place, result: Type): string {
  switch (inside.choices.below(6)) {
    case 1:
    case 2:
      return `return ${expression(inside, result)}`;
    case 3:
      return inside.depth > 0 ? conditional(inside, result) : expression(inside, result);
    case 4:
      return inside.depth > 0 ? match(inside, result) : expression(inside, result);
    default:
      return atStart(expression(inside, result));
  }
}

function parameters(inside: Place): Parameters {
  const { choices } = inside;
  const made: Parameters = { texts: [], params: [], required: 0, named: [], rest: false };
  for (let count = choices.below(4); count > 0; count--) {
    const optional = made.required < made.params.length || choices.once(4);
    const [text, type] = optional
      ? defaulted(inside)
      : choices.once(5)
        ? pattern(inside)
        : plain(inside);
    made.texts.push(text);
    made.params.push(type);
    if (!optional) made.required++;
  }
  if (made.required === made.params.length && choices.once(6)) addLast(inside, made);
  return made;
}

/** A last parameter for named arguments, or for all that follow. */
function addLast(inside: Place, made: Parameters): void {
  if (inside.choices.once(2)) {
    made.rest = true;
    made.texts.push(`...${nameOf(inside, "list")}`);
    return;
  }
  made.named = ["n", "type"];
  const [first, second] = [nameOf(inside, "number"), nameOf(inside, "number")];
  made.texts.push(`{ n: ${first} = 1, type: ${second} = 2 } = {}`);
}

function nameOf(inside: Place, type: Type): string {
  const name = newName(inside);
  addVariable(inside, { name, type, mutable: false });
  return name;
}

function plain(inside: Place): [string, Type] {
  const type = inside.choices.pick(types);
  return [nameOf(inside, type), type];
}

function defaulted(inside: Place): [string, Type] {
  const type = inside.choices.pick(types);
  const value = expression(quiet(inside), type);
  return [`${nameOf(inside, type)} = ${value}`, type];
}

function pattern(inside: Place): [string, Type] {
  const name = nameOf(inside, "number");
  if (inside.choices.once(2)) return [`[${name}, ..._]`, "list"];
  return [`{ n: ${name} = 1 }`, "record"];
}

const methodNames = ["first", "sum", "upper", "size", "map"] as const;

/** `impl` of a type of the module: methods, and a function of the type. */
export function implementation(place: Place): string {
  const { choices, counter } = place;
  const [type, self] = choices.pick<[string, Type]>([
    ["P", "record"],
    ["Shape", "shape"],
  ]);
  counter.names++;
  const fixed = choices.pick([...methodNames]);
  const used = place.blocks[0]?.functions.some(
    (each) => each.name === fixed && each.receiver === self,
  );
  const method = choices.once(3) && !used ? fixed : `m${counter.names}`;
  const { text, known } = written(place, method, { generator: choices.once(5), self });
  const made = written(place, `make${counter.names}`, { generator: false, self: null });
  addFunction(place, known);
  addFunction(place, { ...made.known, name: `${type}.${made.known.name}` });
  return `impl ${type} {\n${text}\n${made.text}\n}`;
}
