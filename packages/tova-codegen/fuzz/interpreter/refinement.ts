// `type Mail = String where { … }` → a function that gives its argument back or throws (spec 6).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { blockScope, callScope, define, type Scope } from "./scope";
import { execute } from "./statement";
import { runNow, type Steps } from "./steps";
import { isOfForm } from "./type-test";

const tests = new WeakMap<object, (value: unknown) => boolean>();

/** The test of a refinement; undefined for any other value. */
export const testOf = (value: unknown): ((value: unknown) => boolean) | undefined =>
  typeof value === "function" ? tests.get(value) : undefined;

/** The function that a refinement is. */
export function refinementOf(scope: Scope, node: ast.TypeDeclaration): unknown {
  const test = (value: unknown): boolean =>
    node.alias.every((form) => isOfForm(scope, form, value, true)) &&
    runNow(holds(scope, node, value));
  const make = (value: unknown): unknown => {
    if (test(value)) return value;
    const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
    throw new TypeError(`${shown} is not a valid ${node.name.name}.`);
  };
  tests.set(make, test);
  return make;
}

/** Whether all expressions of the block are true. */
function* holds(outer: Scope, { refinement }: ast.TypeDeclaration, it: unknown): Steps<boolean> {
  const scope = callScope(outer, false);
  define(scope, "it", it, { from: -1 });
  const inside = blockScope(scope);
  for (const statement of refinement?.body ?? []) {
    if (statement.kind !== "ExpressionStatement") yield* execute(inside, statement);
    else if (!(yield* evaluate(inside, statement.expression))) return false;
  }
  return true;
}
