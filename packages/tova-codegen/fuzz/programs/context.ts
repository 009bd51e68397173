// Where in a program code is being written: names that are visible, and what may stand there.
import type { Choices } from "./choices";

/** What values a generated expression has; lists are of numbers. */
export type Type = "number" | "string" | "bool" | "list" | "record" | "shape" | "result" | "option";

export const types = [
  ...(["number", "string", "bool", "list", "record", "shape", "result", "option"] as const),
] as const satisfies readonly Type[];

export interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly mutable: boolean;
}

export interface KnownFunction {
  readonly name: string;
  readonly params: readonly Type[];
  /** How many of the parameters have no default. */
  readonly required: number;
  readonly result: Type;
  readonly async: boolean;
  /** Whether it loops or calls others, so that loops must not call it. */
  readonly costly: boolean;
}

interface Block {
  readonly variables: Variable[];
  readonly functions: KnownFunction[];
  /** Whether it is the outermost block of a function or of the module. */
  readonly frame: boolean;
}

export interface Place {
  readonly choices: Choices;
  readonly blocks: readonly Block[];
  /** Levels of expressions and statements that may still nest. */
  readonly depth: number;
  readonly loops: number;
  /** Labels of loops around, of this function. */
  readonly labels: readonly string[];
  readonly mayAwait: boolean;
  /** What the function around gives back; null outside functions. */
  readonly returns: Type | null;
  readonly counter: { names: number; costly: boolean };
}

const emptyBlock = (frame: boolean): Block => ({ variables: [], functions: [], frame });

/** The module's own place. */
export function modulePlace(choices: Choices): Place {
  return {
    ...{ choices, blocks: [emptyBlock(true)], depth: 5, loops: 0, labels: [] },
    ...{ mayAwait: true, returns: null, counter: { names: 0, costly: false } },
  };
}

/** A place one level deeper, for what an expression or statement is made of. */
export const deeper = (place: Place): Place => ({ ...place, depth: place.depth - 1 });

/** A block inside, with names of its own. */
export function inBlock(place: Place): Place {
  return { ...deeper(place), blocks: [...place.blocks, emptyBlock(false)] };
}

/** The body of a function inside. */
export function inFunction(place: Place, returns: Type | null, mayAwait: boolean): Place {
  const blocks = [...place.blocks, emptyBlock(true)];
  return { ...deeper(place), blocks, returns, mayAwait, labels: [], loops: 0 };
}

/** The body of a loop inside. */
export function inLoop(place: Place, label: string): Place {
  place.counter.costly = true;
  return { ...inBlock(place), loops: place.loops + 1, labels: [...place.labels, label] };
}

/** Makes a name visible from here on. */
export function addVariable(place: Place, variable: Variable): void {
  place.blocks.at(-1)?.variables.push(variable);
}

export function addFunction(place: Place, known: KnownFunction): void {
  place.blocks.at(-1)?.functions.push(known);
}

/** What a name means here: the innermost, latest variable. */
function meaning(place: Place, name: string): Variable | undefined {
  for (const { variables } of [...place.blocks].reverse()) {
    const found = variables.findLast((variable) => variable.name === name);
    if (found) return found;
  }
  return undefined;
}

/** The visible variables of a type. */
export function variablesOf(place: Place, type: Type): readonly Variable[] {
  const all = place.blocks.flatMap(({ variables }) => variables);
  return all.filter((each) => each.type === type && meaning(place, each.name) === each);
}

/** The functions that may be called here; loops call only cheap ones. */
export function functionsOf(place: Place, result: Type): readonly KnownFunction[] {
  return place.blocks
    .flatMap(({ functions }) => functions)
    .filter(
      (each) =>
        each.result === result &&
        (place.mayAwait || !each.async) &&
        (place.loops === 0 || !each.costly),
    );
}

/** Words that JavaScript reserves, or that the emitted code may use itself. */
const hardNames = [
  ...["with$", "static", "package", "Array", "Object", "Number", "console", "value", "e"],
  ...["args", "public", "$1", "x$1"],
];

/** A name that may be bound here: a fresh one, or one that hides a name of an outer function. */
export function newName(place: Place): string {
  const { choices, counter, blocks } = place;
  counter.names++;
  if (choices.once(4)) {
    const taken = takenNames(place);
    const outer = blocks.flatMap(({ variables }) => variables).filter((v) => !v.mutable);
    const free = outer.map(({ name }) => name).filter((name) => !taken.has(name));
    const hard = choices.pick(["x", ...hardNames]);
    const candidates = [...free, ...(taken.has(hard) ? [] : [hard])];
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
function takenNames(place: Place): Set<string> {
  const start = place.blocks.findLastIndex(({ frame }) => frame);
  const own = place.blocks.slice(start).flatMap(({ variables }) => variables);
  const mutable = place.blocks.flatMap(({ variables }) => variables).filter((v) => v.mutable);
  const functions = place.blocks.flatMap((block) => block.functions);
  return new Set([...own, ...mutable, ...functions].map(({ name }) => name));
}
