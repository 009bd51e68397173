// Assignments and declarations of variables → changed scopes and objects (spec 3).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { calculate, times } from "./operators";
import { bindTarget } from "./pattern";
import { define, find, type Scope } from "./scope";
import { type Steps, Unknown } from "./steps";

type Target = ast.Assignment["targets"][number];

/** `a = 1`, `a, b = b, a`, `{ id } = row`, `cfg.mode = "x"`. */
export function* assign(scope: Scope, node: ast.Assignment): Steps<void> {
  const { targets, values } = node;
  const [target] = targets;
  const [value] = values;
  if (targets.length === 1 && target && value) {
    if (isPattern(target)) {
      return yield* bindTarget(scope, target, yield* evaluate(scope, value), false);
    }
    // Functions in a value mean what its name hides; a function that is the value calls itself.
    const store = yield* placeOf(scope, target, value.kind === "Lambda" ? target.to : node.to);
    return store(yield* evaluate(scope, value));
  }
  const ready: unknown[] = [];
  for (const each of values) ready.push(yield* evaluate(scope, each));
  for (const [i, each] of targets.entries()) {
    if (isPattern(each)) throw new Unknown("a pattern among several targets");
    const store = yield* placeOf(scope, each, node.to);
    store(ready[i]);
  }
}

const isPattern = (target: Target): target is ast.BindingPattern =>
  target.kind === "ObjectPattern" || target.kind === "ArrayPattern";

/** Where a value goes; object and index of a member are evaluated at once. */
function* placeOf(
  scope: Scope,
  target: ast.Expression,
  from: number,
): Steps<(value: unknown) => void> {
  if (target.kind !== "Identifier") return (yield* memberOf(scope, target)).set;
  return (value) => {
    const binding = find(scope, target.name, target.from);
    if (binding?.mutable) binding.value = value;
    else define(scope, target.name, value, { from });
  };
}

interface Place {
  get(): unknown;
  set(value: unknown): void;
}

function* memberOf(scope: Scope, target: ast.Expression): Steps<Place> {
  if (target.kind !== "Member" && target.kind !== "Index") throw new Unknown(target.kind);
  if (!target.object) throw new Unknown("a member of nothing");
  const object = (yield* evaluate(scope, target.object)) as Record<PropertyKey, unknown>;
  const key =
    target.kind === "Member"
      ? target.property.name
      : ((yield* evaluate(scope, target.index)) as PropertyKey);
  return {
    get: () => object[key],
    set: (value) => {
      object[key] = value;
    },
  };
}

/** `x += 1`: the old value is read before the new operand is evaluated. */
export function* assignCompound(scope: Scope, node: ast.CompoundAssignment): Steps<void> {
  const { target, value } = node;
  const operator = node.operator.slice(0, -1);
  if (target.kind !== "Identifier") {
    const place = yield* memberOf(scope, target);
    const old = place.get();
    place.set(changed(operator, old, yield* evaluate(scope, value), node));
    return;
  }
  const binding = find(scope, target.name, target.from);
  if (!binding?.mutable) throw new Unknown(`assignment to ${target.name}`);
  const old = binding.value;
  binding.value = changed(operator, old, yield* evaluate(scope, value), node);
}

function changed(
  operator: string,
  old: unknown,
  operand: unknown,
  { value }: ast.CompoundAssignment,
): unknown {
  if (operator !== "*") return calculate(operator, old, operand);
  return times(old, operand, [false, value.kind === "String"]);
}

/** `var x = 1`. */
export function* declare(scope: Scope, { targets, values }: ast.VarDeclaration): Steps<void> {
  const ready: unknown[] = [];
  for (const value of values) ready.push(yield* evaluate(scope, value));
  for (const [i, target] of targets.entries()) {
    yield* bindTarget(scope, target, ready[i], true);
  }
}
