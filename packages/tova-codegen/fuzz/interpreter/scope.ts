// Names of a program while it runs: scopes of bindings, found by name and place (spec 3).
import type { Extension } from "./platform";
import type { Steps } from "./steps";

export interface Binding {
  value: unknown;
  readonly mutable: boolean;
  /** Where it is defined; code before that means an outer name, unless there is none. */
  readonly from: number;
  /** Whether it is the `it` of an argument, which arguments inside it may hide. */
  readonly implicit: boolean;
}

/** One call of a function, or the module. */
export interface Frame {
  /** What `defer` has collected, in order. */
  readonly deferred: (() => Steps)[];
  readonly async: boolean;
}

/** What all of a program shares. */
export interface World {
  print(values: readonly unknown[]): void;
  /** `console.log`, which shows a list as the platform does. */
  log(values: readonly unknown[]): void;
  /** Functions of the standard library by their names in Tova. */
  readonly library: ReadonlyMap<string, unknown>;
  /** What the program adds to types that are not its own, by their names. */
  readonly extensions: Map<string, Extension>;
}

export interface Scope {
  readonly names: Map<string, Binding>;
  readonly outer: Scope | null;
  readonly frame: Frame;
  readonly world: World;
  /** Around a function that runs when the code around has given all names their values. */
  readonly late?: true;
}

/** The outermost scope of a program. */
export function moduleScope(world: World): Scope {
  return { names: new Map(), outer: null, frame: { deferred: [], async: true }, world };
}

/** A block inside a scope. */
export function blockScope(outer: Scope): Scope {
  return { names: new Map(), outer, frame: outer.frame, world: outer.world };
}

/** The outermost block of a call of a function. */
export function callScope(outer: Scope, async: boolean): Scope {
  return { names: new Map(), outer, frame: { deferred: [], async }, world: outer.world };
}

/** The binding that a name means at an offset of the source. */
export function find(scope: Scope, name: string, at: number): Binding | null {
  let later: Binding | null = null;
  let late = false;
  for (let place: Scope | null = scope; place; place = place.outer) {
    late ||= place.late === true;
    const binding = place.names.get(name);
    if (!binding) continue;
    if (late || binding.from <= at) return binding;
    later ??= binding;
  }
  return later;
}

/** Lets a name mean what another module calls so or otherwise, whatever value that has. */
export function share(scope: Scope, name: string, current: () => unknown): void {
  const binding = { mutable: false, from: -1, implicit: false };
  scope.names.set(name, {
    ...binding,
    get value() {
      return current();
    },
  });
}

/** Defines a name in a scope; `from` is -1 for what is hoisted. */
export function define(
  scope: Scope,
  name: string,
  value: unknown,
  { from, mutable = false, implicit = false }: Partial<Binding> & { readonly from: number },
): void {
  if (name !== "_") scope.names.set(name, { value, mutable, from, implicit });
}
