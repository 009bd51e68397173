// `impl` and `trait` → methods of the values of a type, and functions of the type (spec 6).
import type { ast } from "tova-parser";
import { makeFunction } from "./functions";
import { type Extension, extensionOf } from "./platform";
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
  if (!Object.hasOwn(Object(found), "prototype")) throw new Unknown(`impl of ${type.name}`);
  return found as Constructor;
}

/** Types of the platform, unless the program has one of that name. */
const platformType = (scope: Scope, { type }: ast.Impl) =>
  find(scope, type.name, type.from) ? null : extensionOf(scope.world, type.name);

/** Adds methods to the values of a type, and functions to the type itself. */
export function defineMethods(scope: Scope, node: ast.Impl): void {
  const platform = platformType(scope, node);
  if (platform) {
    for (const method of node.methods) extend(platform, method, scope);
  } else addAll(typeOf(scope, node), node.methods, scope);
}

/** Adds what a trait has and the type does not. */
export function defineDefaults(scope: Scope, node: ast.Impl): void {
  const trait = node.trait && find(scope, node.trait.name, node.from)?.value;
  if (!(trait instanceof Defaults)) return;
  const platform = platformType(scope, node);
  if (platform) {
    for (const method of trait.methods) {
      const { methods, functions } = platform;
      const place = isMethod(method) ? methods : functions;
      if (!place.has(method.name.name)) extend(platform, method, trait.scope);
    }
    return;
  }
  const type = typeOf(scope, node);
  // What JavaScript gives every function is not the program's.
  const own = (method: ast.Method) => Object.keys(placeOf(type, method)).includes(method.name.name);
  addAll(
    type,
    trait.methods.filter((method) => !own(method)),
    trait.scope,
  );
}

const isMethod = ({ params: [self] }: ast.Method): boolean =>
  self?.target.kind === "Name" && self.target.name === "self";

const placeOf = (type: Constructor, method: ast.Method): object =>
  isMethod(method) || typeof type !== "function" ? type.prototype : type;

function extend(platform: Extension, node: ast.Method, scope: Scope): void {
  const { name, params, body, async } = node;
  const { methods, functions } = platform;
  if (!body) return;
  const made = makeFunction(scope, { node, params, body, async, method: isMethod(node) });
  (isMethod(node) ? methods : functions).set(name.name, made);
}

function addAll(type: Constructor, methods: readonly ast.Method[], scope: Scope): void {
  for (const node of methods) {
    const { name, params, body, async } = node;
    if (!body) continue;
    const value = makeFunction(scope, { node, params, body, async, method: isMethod(node) });
    const all = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(placeOf(type, node), name.name, all);
  }
}
