// Declarations of functions, generators and methods: defaults, patterns, named arguments, rest,
// implicit and explicit returns, async (spec 4, 6).
import { atStart, conditional, match, whole } from "./branch";
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
export function functionDeclaration(
  place: Place,
  { called, generator = place.choices.once(4), async }: Partial<Declared> = {},
): string {
  const { counter } = place;
  counter.names++;
  const name = called ?? `f${counter.names}`;
  addVariable(place, { name, type: null, mutable: false });
  const { text, known } = written(place, name, { generator, async, self: null });
  place.blocks.at(-1)?.variables.splice(-1, 1);
  addFunction(place, known);
  return text;
}

interface Declared {
  readonly called: string;
  readonly generator: boolean;
  /** By chance where nothing is said. */
  readonly async: boolean;
}

interface Wanted {
  readonly generator: boolean;
  readonly async?: boolean | undefined;
  /** Of what type `self` is; `any` in a trait, null where there is none. */
  readonly self: Type | "any" | null;
  /** Whether it takes nothing else and gives a number, at once. */
  readonly plain?: boolean;
}

/** A function or method, and how it is called. */
export function written(
  place: Place,
  name: string,
  { generator, self, plain: simple = false, ...wanted }: Wanted,
): { readonly text: string; readonly known: KnownFunction } {
  const { choices, counter } = place;
  const given = choices.pick([...types, "result", "option"] as const);
  const result = generator ? "list" : simple ? "number" : given;
  const async = wanted.async ?? (!simple && place.mayAwait && choices.once(4));
  const before = counter.costly;
  counter.costly = false;
  const body = inFunction(place, generator ? "number" : result, async);
  const type = self === "any" ? null : self;
  if (self) addVariable(body, { name: "self", type, mutable: false });
  const { texts, params, required, named, rest } = simple ? noParameters() : parameters(body);
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
      receiver: type,
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
      return `return ${whole(inside, result)}`;
    case 3:
      return inside.depth > 0 ? conditional(inside, result) : expression(inside, result);
    case 4:
      return inside.depth > 0 ? match(inside, result) : expression(inside, result);
    default:
      return atStart(expression(inside, result));
  }
}

const noParameters = (): Parameters => ({
  ...{ texts: [], params: [], required: 0, named: [], rest: false },
});

function parameters(inside: Place): Parameters {
  const { choices } = inside;
  const made = noParameters();
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
  return [`${nameOf(inside, type)}${annotated(inside, type)}`, type];
}

const annotations: Readonly<Record<Type, readonly [string, ...string[]]>> = {
  number: ["Num", "Float", "Any"],
  string: ["String", "Any"],
  bool: ["Bool"],
  list: ["[Num]", "List"],
  record: ["P", "Any"],
  shape: ["Shape"],
  result: ["Result<Num, String>", "Result"],
  option: ["Option<Num>"],
  dict: ["Object"],
  words: ["[String]"],
  counts: ["Map<Num, Num>"],
  level: ["Level"],
  rows: ["[P]", "List"],
};

/** A type is for checks and readers; it changes nothing. */
function annotated({ choices }: Place, type: Type): string {
  return choices.once(3) ? `: ${choices.pick(annotations[type])}` : "";
}

function defaulted(inside: Place): [string, Type] {
  const type = inside.choices.pick(types);
  const value = expression(quiet(inside), type);
  const name = nameOf(inside, type);
  return [`${name}${annotated(inside, type)} = ${value}`, type];
}

function pattern(inside: Place): [string, Type] {
  const name = nameOf(inside, "number");
  if (inside.choices.once(2)) return [`[${name}, ..._]`, "list"];
  return [`{ n: ${name} = 1 }`, "record"];
}
