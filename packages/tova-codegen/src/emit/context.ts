// What the emission of one worker carries: names, helpers used, and where statements go.
import type { ast, SourceRange } from "tova-parser";
import type { Resolution } from "../analyse/resolve";
import type { Findings } from "../diagnostics/diagnostic";
import { type HelperName, runtime } from "../generated/runtime";
import type { Code } from "./writer";

/** The function being emitted, or the module. */
export interface Frame {
  readonly async: boolean;
  /** True for the module itself, which nothing can return from. */
  readonly isModule: boolean;
  /** Names that expressions assign on the way, declared at the function's start. */
  readonly temps: string[];
  /** Temporaries are numbered on from the enclosing function's, so that none hides another. */
  count: number;
  /** Name of the list of deferred functions, once one is deferred. */
  deferred: string | null;
  /** The loops around the place of emission, outer first. */
  readonly loops: Loop[];
  /** Labels given in this function. */
  readonly labels: Set<string>;
}

/** A JavaScript loop being emitted. */
export interface Loop {
  /** Its label in Tova; null without one. */
  readonly name: string | null;
  /** Its label in JavaScript, given when something needs it. */
  label: string | null;
  /** False for one that the program did not write, and while its condition is emitted. */
  own: boolean;
}

/** One worker or program being emitted. */
export interface Unit {
  readonly resolution: Resolution;
  /** Runtime helpers used. */
  readonly helpers: Set<HelperName>;
  readonly findings: Findings;
  /** True when a bundler joins the module with those it imports and with its helpers. */
  readonly bundled: boolean;
  /** What `env(name)` reads. */
  readonly environment: string;
  /** What answers a health check of the memory. */
  memoryHealth: HelperName;
  /** What answers where no route does. */
  unrouted: HelperName;
  /** Names of the module given to what the program does not name, so that none is given twice. */
  readonly names: Set<string>;
  /** By what a name was made of: the number of the last. */
  readonly counts: Map<string, number>;
  /** Whether an expression needs statements before it; filled as asked. */
  readonly hoisting: Map<object, boolean>;
  /** What stands for a value that is evaluated already. */
  readonly given: Map<object, Code>;
  /**
   * By a parameter of which only members are read, or the pattern in its place: what stands for each
   * of them, by member.
   */
  readonly spread: Map<object, ReadonlyMap<string, Code>>;
  /** Names of constants that the entry made, by their code. */
  readonly constants: Map<string, string>;
  /** Whether the entry has to keep the environment that the platform hands it. */
  readsEnv: boolean;
  /** By imported type: the name of the schema that bodies are checked against; filled as asked. */
  readonly bodies: Map<string, string>;
}

/** Where emission stands: in a function, writing the statements of a block. */
export interface Context {
  readonly unit: Unit;
  readonly frame: Frame;
  /** Statements of the block so far; expressions put there what must run before them. */
  readonly out: Code[];
}

/** What becomes of a value. */
export type Destination =
  | { readonly kind: "none" }
  | { readonly kind: "return" }
  | { readonly kind: "variable"; readonly name: string };

export const discard: Destination = { kind: "none" };
export const toReturn: Destination = { kind: "return" };
export const toVariable = (name: string): Destination => ({ kind: "variable", name });

/** A context for the inside of a function. */
export function enterFunction(cx: Context, async = false): Context {
  const { count } = cx.frame;
  const labels = new Set<string>();
  const frame = { async, isModule: false, temps: [], count, deferred: null, loops: [], labels };
  return { unit: cx.unit, frame, out: [] };
}

/** A context for a nested block of the same function. */
export function enterBlock(cx: Context): Context {
  return { unit: cx.unit, frame: cx.frame, out: [] };
}

/** A fresh name that no variable of the program can have. */
export function freshName(cx: Context): string {
  cx.frame.count++;
  return `$${cx.frame.count}`;
}

const helperNames: ReadonlySet<string> = new Set(Object.keys(runtime));

/** A name of the module that no variable or helper has, made of the words of a title. */
export function moduleName(cx: Context, title: string): string {
  const words = (title.match(/[A-Za-z0-9]+/g) ?? []).join("_");
  const { names, counts } = cx.unit;
  // Names are taken in order, so that the next is looked for where the last was found.
  let count = counts.get(words) ?? 1;
  let bare = count === 1 ? words : `${words}_${count}`;
  while (names.has(`$${bare}`) || helperNames.has(bare)) bare = `${words}_${++count}`;
  const name = `$${bare}`;
  names.add(name);
  counts.set(words, count);
  return name;
}

/** A fresh variable that an expression may assign; declared at the start of the function. */
export function temporary(cx: Context): string {
  const name = freshName(cx);
  cx.frame.temps.push(name);
  return name;
}

/** Evaluates a value now, into a constant; returns its name. */
export function spill(cx: Context, value: Code): string {
  const name = freshName(cx);
  cx.out.push(["const ", name, " = ", value, ";"]);
  return name;
}

/** An expression that stands for a value evaluated already; its code is a name that never changes. */
export function given(cx: Context, code: Code, { from, to }: SourceRange): ast.Identifier {
  const node: ast.Identifier = { kind: "Identifier", from, to, name: "_" };
  cx.unit.given.set(node, code);
  return node;
}

/** Uses a runtime helper; returns its name in the worker. */
export function helper(cx: Context, name: HelperName): string {
  cx.unit.helpers.add(name);
  return `$${name}`;
}

/** The environment as the program reads it, for code of the entry. */
export function workerEnv({ unit }: Context): string {
  unit.readsEnv = true;
  return unit.environment;
}

/** The declaration of a function's temporaries, first in its body. */
export function declareTemporaries(frame: Frame): readonly Code[] {
  return frame.temps.length > 0 ? [["let ", frame.temps.join(", "), ";"]] : [];
}

/** Gives a value to its destination. */
export function deliver(cx: Context, value: Code, destination: Destination): void {
  if (destination.kind === "return") cx.out.push(["return ", value, ";"]);
  else if (destination.kind === "variable") cx.out.push([destination.name, " = ", value, ";"]);
  else cx.out.push([value, ";"]);
}

/** The JavaScript name of a variable used or defined by a node; null when the program has none. */
export function variableName(cx: Context, node: object): string | null {
  return cx.unit.resolution.variables.get(node)?.js ?? null;
}

/** The name that a node defines. */
export function definedName(cx: Context, node: ast.Name | ast.NamePattern): string {
  return variableName(cx, node) ?? node.name;
}
