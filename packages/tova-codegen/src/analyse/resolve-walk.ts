// Statements and expressions, walked in the order in which they define and use names.
import type { ast, SourceRange } from "tova-parser";
import { codes } from "../diagnostics/registry";
import { eachChild, type Node } from "./children";
import { noteInterfaces } from "./define-import";
import { hoist } from "./hoist";
import { startOf } from "./pipe-start";
import { defineTarget, walkAssignment, walkUpdate, walkVar } from "./resolve-assignment";
import { checkDecorators, isStyled, walkStyled } from "./resolve-hints";
import { walkPattern } from "./resolve-pattern";
import {
  becomesFunction,
  countMentions,
  define,
  enterTop,
  later,
  named,
  type Place,
  use,
  useCalled,
  type Walk,
} from "./resolve-state";
import { walkImpl, walkMethods, walkType } from "./resolve-types";
import { type FunctionScope, functionScope, Scope } from "./scope";
import { reportStatement } from "./unsupported";

const inner = (place: Place): Place => ({
  scope: new Scope(place.scope, place.scope.owner),
  loops: place.loops,
});

const inLoop = (place: Place, label: string | null): Place => ({
  scope: new Scope(place.scope, place.scope.owner),
  loops: [...place.loops, label],
});

/** Module-level statements, each noted as the one that uses what its code uses. */
export function walkTopLevel(walk: Walk, place: Place, statements: readonly ast.Statement[]): void {
  hoist(walk, place.scope, statements);
  for (const statement of statements) {
    enterTop(walk, statement);
    walkStatement(walk, place, statement);
  }
}

/** The statements of a block whose scope is already made. */
export function walkBody(walk: Walk, place: Place, block: ast.Block): void {
  hoist(walk, place.scope, block.body);
  for (const statement of block.body) walkStatement(walk, place, statement);
}

function walkBlock(walk: Walk, place: Place, block: ast.Block): void {
  walkBody(walk, inner(place), block);
}

// ── Statements ─────────────────────────────────────────────────────

function walkStatement(walk: Walk, place: Place, node: ast.Statement): void {
  switch (node.kind) {
    case "ExpressionStatement":
      return walkExpression(walk, place, node.expression);
    case "Assignment":
      return walkAssignment(walk, place, node);
    case "CompoundAssignment":
      return walkUpdate(walk, place, node);
    case "Var":
      return walkVar(walk, place, node);
    case "Function":
      checkDecorators(walk, node);
      return walkFunction(walk, place, node, walk.functions.get(node) as FunctionScope);
    case "TypeDeclaration":
      return walkType(walk, place, node);
    case "Trait":
      return walkMethods(walk, place, node.methods);
    case "Impl":
      return walkImpl(walk, place, node);
    case "Return":
      if (!place.scope.owner.parent) walk.findings.report(node, codes.returnOutsideFunction({}));
      place.scope.owner.returns.push(node);
      if (node.value) walkExpression(walk, place, node.value);
      return;
    case "Throw":
      return walkExpression(walk, place, node.value);
    case "Break":
    case "Continue":
      return checkJump(walk, place, node);
    case "For":
      return walkFor(walk, place, node);
    case "While":
      if (node.test) walkExpression(walk, place, node.test);
      return walkBody(walk, inLoop(place, node.label), node.body);
    case "Guard":
      walkExpression(walk, place, node.test);
      return walkBlock(walk, place, node.otherwise);
    case "Try":
      return walkTry(walk, place, node);
    case "Defer":
      return walkDefer(walk, place, node);
    case "With": {
      walkExpression(walk, place, node.resource);
      const body = inner(place);
      define(walk, body.scope, node.name, named(node.name, "const", node.name.from));
      return walkBlock(walk, body, node.body);
    }
    case "Export":
      return walkExport(walk, place, node);
    case "Unsupported":
      countMentions(place.scope, node);
      return reportStatement(node, walk.inWorker, walk.findings);
    case "Import":
      if (walk.top !== node) walk.findings.report(node, codes.nestedImport({}));
      return;
    default:
  }
}

function walkExport(walk: Walk, place: Place, node: ast.Export): void {
  if (node.declaration) {
    walkStatement(walk, place, node.declaration);
    const type = node.declaration.kind === "TypeDeclaration" ? node.declaration.name : null;
    if (type) useValue(walk, place.scope, type, type.name);
  }
  if (node.fallback) walkExpression(walk, place, node.fallback);
  if (node.from_) return noteInterfaces(walk, place.scope, node);
  later(walk, () => {
    for (const { local } of node.names) useValue(walk, place.scope, local, local.name);
  });
}

function checkJump(walk: Walk, place: Place, node: ast.Jump): void {
  if (node.label === null && place.loops.length > 0) return;
  if (node.label !== null && place.loops.includes(node.label)) return;
  if (node.label !== null) {
    const label = { from: node.to - node.label.length, to: node.to };
    walk.findings.report(label, codes.unknownLabel({ label: node.label }));
    return;
  }
  const word = node.kind === "Break" ? "break" : "continue";
  walk.findings.report(node, codes.jumpOutsideLoop({ word }));
}

function walkFor(walk: Walk, place: Place, node: ast.For): void {
  walkExpression(walk, place, node.iterable);
  if (node.async) place.scope.owner.async = true;
  const body = inLoop(place, node.label);
  for (const target of node.binding) defineTarget(walk, body, target, "const");
  if (node.condition) walkExpression(walk, body, node.condition);
  walkBlock(walk, body, node.body);
  if (node.otherwise) walkBlock(walk, place, node.otherwise);
}

function walkTry(walk: Walk, place: Place, node: ast.Try): void {
  walkBlock(walk, place, node.body);
  if (node.handler) {
    const handler = inner(place);
    if (node.error) {
      define(walk, handler.scope, node.error, named(node.error, "const", node.error.from));
    }
    walkBlock(walk, handler, node.handler);
  }
  if (node.finalizer) walkBlock(walk, place, node.finalizer);
}

/** A deferred body is a function of its own that the enclosing function runs at its end. */
function walkDefer(walk: Walk, place: Place, node: ast.Defer): void {
  const { owner } = place.scope;
  if (!owner.parent) walk.findings.report(node, codes.deferOutsideFunction({}));
  owner.defers = true;
  const body = functionScope(owner, false, false);
  walk.functions.set(node, body);
  const inside = { scope: new Scope(place.scope, body), loops: [] };
  if (node.body.kind === "Block") walkBody(walk, inside, node.body);
  else walkExpression(walk, inside, node.body);
  if (body.async) owner.async = true;
}

// ── Functions ──────────────────────────────────────────────────────

type FunctionNode = ast.FunctionDeclaration | ast.Lambda | ast.Method;

/** Walks the inside of a function later. */
export function walkFunction(
  walk: Walk,
  place: Place,
  node: FunctionNode,
  owner: FunctionScope,
): void {
  walk.functions.set(node, owner);
  later(walk, () => {
    const scope = new Scope(place.scope, owner);
    const inside = { scope, loops: [] };
    // Only a default can still mean an outer variable that a parameter hides.
    const since = node.params.some(({ fallback }) => fallback !== null) ? undefined : null;
    for (const parameter of node.params) walkParameter(walk, inside, parameter, since);
    const { body } = node;
    if (!body) return;
    if (body.kind === "Block") walkBody(walk, inside, body);
    else if (body.kind === "Assignment" || body.kind === "CompoundAssignment") {
      walkStatement(walk, inside, body);
    } else walkExpression(walk, inside, body);
  });
}

function walkParameter(
  walk: Walk,
  place: Place,
  parameter: ast.Parameter,
  since: null | undefined,
): void {
  if (parameter.fallback) walkParameterDefault(walk, place, parameter.fallback);
  defineTarget(walk, place, parameter.target, "parameter", since);
}

/** The default of a parameter, or of a name that its pattern takes out of it. */
export function walkParameterDefault(walk: Walk, place: Place, fallback: ast.Expression): void {
  const { owner } = place.scope;
  const { async, generator } = owner;
  owner.async = false;
  owner.generator = false;
  walkExpression(walk, place, fallback);
  if (owner.async) walk.findings.report(fallback, codes.awaitInDefault({}));
  if (owner.generator) walk.findings.report(fallback, codes.yieldInDefault({}));
  owner.async ||= async;
  owner.generator ||= generator;
}

// ── Expressions ────────────────────────────────────────────────────

export function walkExpression(walk: Walk, place: Place, node: ast.Expression): void {
  switch (node.kind) {
    case "Identifier":
      if (node.name !== "_") useValue(walk, place.scope, node, node.name);
      return;
    case "Lambda":
      return walkFunction(walk, place, node, functionScope(place.scope.owner, node.async));
    case "Await":
      place.scope.owner.async = true;
      return walkExpression(walk, place, node.argument);
    case "Yield":
      if (!place.scope.owner.parent) walk.findings.report(node, codes.yieldOutsideFunction({}));
      else if (!place.scope.owner.yields) walk.findings.report(node, codes.yieldInside({}));
      place.scope.owner.generator = true;
      if (node.argument) walkExpression(walk, place, node.argument);
      return;
    case "Propagate":
      return walkExpression(walk, place, node.operand);
    case "If":
      for (const { test, body } of node.branches) {
        walkExpression(walk, place, test);
        walkBlock(walk, place, body);
      }
      if (node.otherwise) walkBlock(walk, place, node.otherwise);
      return;
    case "Match":
      return walkMatch(walk, place, node);
    case "Comprehension":
      return walkComprehension(walk, place, node);
    case "Object":
      return walkObject(walk, place, node);
    case "TypeTest":
      walkExpression(walk, place, node.value);
      if (place.scope.find(node.type)) use(walk, place.scope, node, node.type);
      return;
    case "Member":
      if (node.object) walkExpression(walk, place, node.object);
      return useCompanion(walk, node);
    case "Pipe":
      if (walk.mentionsIt) walk.piped.add(startOf(node.right).from);
      walkExpression(walk, place, node.left);
      if (node.right.kind === "Identifier") return walkCallee(walk, place, node.right);
      return walkRun(walk, place, node.right);
    case "Binary":
      walkExpression(walk, place, node.left);
      return walkExpression(walk, place, node.right);
    case "Number":
      return;
    case "Call":
      walkCallee(walk, place, node.callee);
      for (const argument of node.args) walkArgument(walk, place, node, argument);
      return;
    default:
      eachChild(node, walkChild, { walk, place });
  }
}

/** The expressions inside one that needs no more than a walk of them. */
function walkChild(child: Node, { walk, place }: { walk: Walk; place: Place }): void {
  walkExpression(walk, place, child.kind === "Spread" ? child.argument : (child as ast.Expression));
}

function useValue(walk: Walk, scope: Scope, node: SourceRange, name: string): void {
  const variable = use(walk, scope, node, name);
  if (variable) variable.asValue = true;
}

/** `Shape.Circle` uses the variant, also where only `Shape` is imported. */
function useCompanion(walk: Walk, node: ast.Member): void {
  const type = node.object ? walk.variables.get(node.object) : undefined;
  const variant = type ? walk.companions.get(type)?.get(node.property.name) : undefined;
  if (variant) variant.reads++;
}

function walkCallee(walk: Walk, place: Place, node: ast.Expression): void {
  if (node.kind !== "Identifier" || node.name === "_") walkExpression(walk, place, node);
  else useCalled(walk, place.scope, node);
}

function walkObject(walk: Walk, place: Place, node: ast.ObjectLiteral): void {
  for (const property of node.properties) {
    if (property.kind === "Spread") walkExpression(walk, place, property.argument);
    else {
      if (property.computed) walkExpression(walk, place, property.key as ast.Expression);
      if (property.value) walkExpression(walk, place, property.value);
      else if (property.key.kind === "Name")
        use(walk, place.scope, property.key, property.key.name);
    }
  }
}

function walkArgument(walk: Walk, place: Place, call: ast.Call, argument: ast.Argument): void {
  if (argument.kind === "Spread") return walkExpression(walk, place, argument.argument);
  const value = argument.kind === "NamedArgument" ? argument.value : argument;
  if (isStyled(place.scope, call, value)) return walkStyled(walk, place, value);
  if (!becomesFunction(walk, place.scope, call, value)) {
    return isKept(place, call) ? walkExpression(walk, place, value) : walkRun(walk, place, value);
  }
  const owner = functionScope(place.scope.owner, false, false, value.from);
  walk.implicit.add(value);
  walk.functions.set(value, owner);
  later(walk, () => {
    const scope = new Scope(place.scope, owner);
    define(walk, scope, owner, { name: "it", kind: "parameter", range: value });
    walkExpression(walk, { scope, loops: [] }, value);
  });
}

/** Calls that keep the functions they are given until the code around has gone on. */
const keeping = new Set(
  "setTimeout setInterval setImmediate queueMicrotask debounce throttle memoize once".split(" "),
);

const isKept = ({ scope }: Place, { callee }: ast.Call): boolean =>
  callee.kind === "Identifier" && keeping.has(callee.name) && !scope.find(callee.name);

/** An expression that is called where it stands, or by what it is given to, if it is a function. */
function walkRun(walk: Walk, place: Place, node: ast.Expression): void {
  if (node.kind !== "Lambda") return walkExpression(walk, place, node);
  walkFunction(walk, place, node, functionScope(place.scope.owner, node.async, true, node.from));
}

function walkMatch(walk: Walk, place: Place, node: ast.Match): void {
  walkExpression(walk, place, node.subject);
  for (const arm of node.arms) {
    const inside = inner(place);
    walkPattern(walk, inside, arm.pattern);
    if (arm.guard) walkExpression(walk, inside, arm.guard);
    if (arm.body.kind === "Block") walkBlock(walk, inside, arm.body);
    else walkExpression(walk, inside, arm.body);
  }
}

function walkComprehension(walk: Walk, place: Place, node: ast.Comprehension): void {
  walkExpression(walk, place, node.iterable);
  const inside = inner(place);
  // They stand behind what they are for.
  for (const target of node.binding) defineTarget(walk, inside, target, "const", node.from);
  if (node.condition) walkExpression(walk, inside, node.condition);
  if (node.key) walkExpression(walk, inside, node.key);
  walkExpression(walk, inside, node.value);
}
