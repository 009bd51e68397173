// `impl` and `trait` → methods of the values of a type, and functions of the type (spec 6).
import type { ast } from "tova-parser";
import { makeFunction } from "./functions";
import { define, find, type Scope } from "./scope";
import { Unknown } from "./steps";
import type { Constructor } from "./types";

/** A trait with bodies of its own, and where they are. */
class Defaults {
  constructor(
    readonly methods: readonly ast.Method[],
    readonly scope: Scope,
  ) {}
}

/** Makes a trait known to the `impl`s that name it. */
export function defineTrait(scope: Scope, { name, methods }: ast.Trait): void {
  define(scope, name.name, new Defaults(methods, scope), { from: -1 });
}

function typeOf(scope: Scope, { type }: ast.Impl): Constructor {
  const found = find(scope, type.name, type.from)?.value;
  if (typeof found !== "function") throw new Unknown(`impl of ${type.name}`);
  return found as Constructor;
}

/** Adds methods to the values of a type, and functions to the type itself. */
export function defineMethods(scope: Scope, node: ast.Impl): void {
  addAll(typeOf(scope, node), node.methods, scope);
}

/** Adds what a trait has and the type does not. */
export function defineDefaults(scope: Scope, node: ast.Impl): void {
  const trait = node.trait && find(scope, node.trait.name, node.from)?.value;
  if (!(trait instanceof Defaults)) return;
  const type = typeOf(scope, node);
  const own = (method: ast.Method) => Object.hasOwn(placeOf(type, method), method.name.name);
  addAll(
    type,
    trait.methods.filter((method) => !own(method)),
    trait.scope,
  );
}

const isMethod = ({ params: [self] }: ast.Method): boolean =>
  self?.target.kind === "Name" && self.target.name === "self";

const placeOf = (type: Constructor, method: ast.Method): object =>
  isMethod(method) ? type.prototype : type;

function addAll(type: Constructor, methods: readonly ast.Method[], scope: Scope): void {
  for (const node of methods) {
    const { name, params, body, async } = node;
    if (!body) continue;
    const value = makeFunction(scope, { node, params, body, async, method: isMethod(node) });
    const all = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(placeOf(type, node), name.name, all);
  }
}
