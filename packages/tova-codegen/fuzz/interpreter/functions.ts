// Functions of the program → JavaScript functions that interpret their bodies (spec 4).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { type AnyNode, factsOf } from "./inspect-tree";
import { bindTarget } from "./pattern";
import { callScope, define, type Scope } from "./scope";
import { execute, runBlock } from "./statement";
import { Returned, runAsync, runAsyncGenerator, runGenerator, runNow, type Steps } from "./steps";

/** What a function is made of. */
export interface Definition {
  /** The node whose own code tells whether it awaits or yields. */
  readonly node: AnyNode;
  readonly async: boolean;
  readonly params: readonly ast.Parameter[];
  readonly body: ast.Lambda["body"];
  /** Whether the first parameter is what the method is called on. */
  readonly method: boolean;
}

/** A function that closes over a scope, with the length that JavaScript gives it. */
export function makeFunction(outer: Scope, definition: Definition): unknown {
  const { params, method } = definition;
  const needed = params.findIndex(({ rest, fallback }) => rest || fallback);
  const length = (needed < 0 ? params.length : needed) - (method ? 1 : 0);
  const made = interpreted(outer, definition) as object;
  return Object.defineProperty(made, "length", { value: length, configurable: true });
}

function interpreted(outer: Scope, definition: Definition): unknown {
  const facts = factsOf(definition.node);
  const async = definition.async || facts.awaits;
  const start = (self: unknown, args: readonly unknown[]): Steps => {
    const scope = callScope(outer, async);
    return call(scope, definition, definition.method ? [self, ...args] : args);
  };
  // A generator takes its arguments when it is called, and starts when it is asked.
  const prepare = (self: unknown, given: readonly unknown[]): Steps => {
    const scope = callScope(outer, async);
    const args = definition.method ? [self, ...given] : given;
    runNow(bindParameters(scope, definition.params, args));
    return call(scope, { ...definition, params: [] }, []);
  };
  if (facts.yields && async) {
    return function (this: unknown, ...args: unknown[]) {
      return runAsyncGenerator(prepare(this, args));
    };
  }
  if (facts.yields) {
    return function (this: unknown, ...args: unknown[]) {
      return runGenerator(prepare(this, args));
    };
  }
  if (async) {
    return function (this: unknown, ...args: unknown[]) {
      return runAsync(start(this, args));
    };
  }
  return function (this: unknown, ...args: unknown[]) {
    return runNow(start(this, args));
  };
}

/** An argument with a free `it`. */
export function makeImplicit(outer: Scope, node: ast.Expression): unknown {
  const { awaits } = factsOf(node);
  const start = function* (it: unknown): Steps {
    const scope = callScope(outer, awaits);
    define(scope, "it", it, { from: -1, implicit: true });
    return yield* evaluate(scope, node);
  };
  return awaits ? (it: unknown) => runAsync(start(it)) : (it: unknown) => runNow(start(it));
}

function* call(scope: Scope, { params, body }: Definition, args: readonly unknown[]): Steps {
  return yield* withDeferred(scope, function* () {
    try {
      yield* bindParameters(scope, params, args);
      return yield* bodyValue(scope, body);
    } catch (left) {
      if (left instanceof Returned) return left.value;
      throw left;
    }
  });
}

function* bindParameters(
  scope: Scope,
  params: readonly ast.Parameter[],
  args: readonly unknown[],
): Steps<void> {
  for (const [i, { target, rest, fallback }] of params.entries()) {
    const given = rest ? args.slice(i) : args[i];
    const value = given === undefined && fallback ? yield* evaluate(scope, fallback) : given;
    yield* bindTarget(scope, target, value, false);
  }
}

function* bodyValue(scope: Scope, body: ast.Lambda["body"]): Steps {
  if (body.kind === "Block") return yield* runBlock(scope, body);
  if (body.kind !== "Assignment" && body.kind !== "CompoundAssignment") {
    return yield* evaluate(scope, body);
  }
  yield* execute(scope, body);
  return undefined;
}

/** Runs code, then what it deferred, the last first, all of it even when some throw. */
function* withDeferred(scope: Scope, code: () => Steps): Steps {
  try {
    return yield* code();
  } finally {
    yield* drain(scope.frame.deferred);
  }
}

function* drain(deferred: (() => Steps)[]): Steps<void> {
  const next = deferred.pop();
  if (!next) return;
  try {
    yield* next();
  } finally {
    yield* drain(deferred);
  }
}
