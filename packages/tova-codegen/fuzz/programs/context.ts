// Where in a program code is being written: names that are visible, and what may stand there.
import type { Choices } from "./choices";

/** What values a generated expression has; lists, and the values of dicts and counts, are numbers. */
export type Type = (typeof types)[number];

export const types = [
  ...(["number", "string", "bool", "list", "record", "shape", "result", "option", "dict"] as const),
  ...(["words", "counts", "level", "rows"] as const),
] as const;

export interface Variable {
  readonly name: string;
  /** Null for what is never read: it only hides another thing of that name. */
  readonly type: Type | null;
  readonly mutable: boolean;
}

export interface KnownFunction {
  /** As it is called: `f1`, or `P.make2`. */
  readonly name: string;
  /** The type a method is called on; null for functions. */
  readonly receiver: Type | null;
  readonly params: readonly Type[];
  /** How many of the parameters have no default. */
  readonly required: number;
  /** Names of the numbers that a last parameter takes out of an object. */
  readonly named: readonly string[];
  /** Whether more numbers may follow. */
  readonly rest: boolean;
  readonly result: Type;
  readonly async: boolean;
  /** Whether it gives numbers one by one. */
  readonly generator: boolean;
  /** Whether it loops or calls others, so that loops must not call it. */
  readonly costly: boolean;
}

interface Block {
  readonly variables: Variable[];
  readonly functions: KnownFunction[];
  /** Whether it is the outermost block of a function or of the module. */
  readonly frame: boolean;
  /**
   * Whether functions are written in it: they see all names of the block, also those to come, so
   * that none may be bound from then on that hides what they mean.
   */
  closed: boolean;
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
  readonly mayYield: boolean;
  /** Whether it is in a function, where `defer` means something. */
  readonly inside: boolean;
  /** What `return` gives back; null where there must be none. */
  readonly returns: Type | null;
  /** What all places of a program share. */
  readonly counter: {
    names: number;
    costly: boolean;
    /** Functions of the library that are called by another name, as theirs is hidden. */
    readonly hidden: Set<string>;
  };
}

const emptyBlock = (frame: boolean): Block => ({
  ...{ variables: [], functions: [], frame, closed: false },
});

function close(place: Place): void {
  for (const block of place.blocks) block.closed = true;
}

/** The module's own place. */
export function modulePlace(choices: Choices): Place {
  return {
    ...{ choices, blocks: [emptyBlock(true)], depth: 5, loops: 0, labels: [] },
    ...{ mayAwait: true, mayYield: false, inside: false, returns: null },
    counter: { names: 0, costly: false, hidden: new Set() },
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
  close(place);
  const blocks = [...place.blocks, emptyBlock(true)];
  return {
    ...{ ...deeper(place), blocks, returns, mayAwait, inside: true },
    ...{ mayYield: false, labels: [], loops: 0 },
  };
}

/** What is written into a function that the text around makes: nothing leaves it. */
export function quiet(place: Place): Place {
  close(place);
  return {
    ...{ ...place, mayAwait: false, mayYield: false, inside: false },
    ...{ returns: null, labels: [] },
  };
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

/** Whether the program has given a name another meaning than the library's. */
export const isHidden = (place: Place, name: string): boolean =>
  meaning(place, name) !== undefined ||
  place.blocks.some(({ functions }) => functions.some((each) => each.name === name));

/** The visible variables of a type. */
export function variablesOf(place: Place, type: Type): readonly Variable[] {
  const all = place.blocks.flatMap(({ variables }) => variables);
  return all.filter((each) => each.type === type && meaning(place, each.name) === each);
}

/** The functions that may be called here; loops call only cheap ones. */
export function functionsOf(place: Place, result: Type): readonly KnownFunction[] {
  return callable(place).filter(
    (each) => each.result === result && !(each.generator && each.async),
  );
}

/** The async generators that may be called here. */
export function tickersOf(place: Place): readonly KnownFunction[] {
  return callable(place).filter((each) => each.generator && each.async);
}

function callable(place: Place): readonly KnownFunction[] {
  return place.blocks
    .flatMap(({ functions }) => functions)
    .filter(
      (each) =>
        (place.mayAwait || !each.async) &&
        (place.loops === 0 || !each.costly) &&
        meaning(place, each.name) === undefined,
    );
}
