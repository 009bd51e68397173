// Promises, generators and objects of the platform in what becomes JSON: results of handlers,
// `JSON.stringify(…)` (W_MISSING_AWAIT, W_GENERATOR_IN_JSON, W_EMPTY_IN_JSON, spec 4.1, 11.2).
import type { ast, SourceRange } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Answering, FunctionOf } from "../handler-function";
import type { Variable } from "../scope";
import { emptyInJson } from "./empty-in-json";
import { type Checks, constantValue, type Facts, isGlobal, variableOf } from "./facts";
import { endsOf } from "./flow";
import { calledScope, infer } from "./infer";
import { nameOf } from "./promises";

/** Checks what handlers give, once all names are known. */
export function checkAnswers(facts: Facts, handlers: readonly Answering[]): void {
  // One function may answer several routes.
  const answering = new Set(handlers.map(facts.functionOf));
  for (const node of answering) {
    if (!node || node.body.kind === "Assignment" || node.body.kind === "CompoundAssignment")
      continue;
    if (node.body.kind !== "Block") {
      checkResult(facts, node.body);
      continue;
    }
    for (const value of endsOf(node.body).values) checkResult(facts, value);
    const returns = facts.resolution.functions.get(node)?.returns ?? [];
    for (const { value } of returns) if (value) checkResult(facts, value);
  }
}

/** A promise itself is waited for, and a generator sent in pieces; neither inside the value. */
function checkResult(facts: Facts, node: ast.Expression): void {
  const empty = emptyInJson(facts, node);
  const isSent = empty === null || ["Response", "Iterator"].includes(empty.name);
  if (!isSent) facts.findings.report(node, codes.emptyInJson(empty));
  else if (infer(facts, node)?.kind !== "promise") checkInside(facts, node);
}

/** What an object, list, record or variant is made of. */
function checkInside(facts: Facts, node: ast.Expression): void {
  switch (node.kind) {
    case "Object":
      for (const property of node.properties) {
        if (property.kind !== "Property") continue;
        if (property.value) checkPart(facts, property.value);
        else checkShorthand(facts, property.key);
      }
      return;
    case "Array":
      for (const element of node.elements) {
        if (element.kind !== "Spread") checkPart(facts, element);
      }
      return;
    case "Comprehension":
      return checkPart(facts, node.value);
    case "Pipe":
    case "Call":
      return checkCall(facts, node);
    case "Identifier": {
      const variable = variableOf(facts, node);
      const value = variable && literalOf(facts, variable);
      if (value) checkInside(facts, value);
      return;
    }
    default:
  }
}

function checkPart(facts: Facts, node: ast.Expression): void {
  const generator = generatorOf(facts, node);
  if (generator !== null) return reportGenerator(facts, node, generator, node);
  const empty = emptyInJson(facts, node);
  if (empty !== null) return facts.findings.report(node, codes.emptyInJson(empty));
  if (infer(facts, node)?.kind !== "promise") return checkInside(facts, node);
  const isNamed = node.kind === "Identifier" || node.kind === "Call";
  if (isNamed) report(facts, node, nameOf(facts, node));
}

/** `{ user }` */
function checkShorthand(facts: Facts, key: ast.Property["key"]): void {
  const variable = variableOf(facts, key);
  const value = constantValue(facts, variable);
  if (!variable || !value) return;
  const empty = emptyInJson(facts, value);
  if (empty !== null) facts.findings.report(key, codes.emptyInJson(empty));
  else if (generatorOf(facts, value) !== null) reportGenerator(facts, key, variable.name, value);
  else if (infer(facts, value)?.kind === "promise") report(facts, key, variable.name);
}

/**
 * Notes the requests among the parameters of handlers, and the parameters of paths, which routes get
 * behind the request; `on_error` gets an error first.
 * @param functionOf knows the functions, which may stand in code that other workers have too
 */
export function noteInput(
  facts: Facts,
  handlers: readonly Answering[],
  functionOf: FunctionOf,
): void {
  for (const handler of handlers) {
    const params = functionOf(handler)?.params ?? [];
    for (const { target } of params) {
      if (target.kind === "Name" && /^req(uest)?$/.test(target.name)) {
        note(facts, target, facts.requests);
      }
    }
    // A middleware gets `next` there.
    const path = handler.kind === "Function" ? undefined : params[1]?.target;
    if (path?.kind !== "ObjectPattern") continue;
    for (const { binding } of path.entries) note(facts, binding, facts.parameters);
  }
}

function note(facts: Facts, name: ast.Name, among: Set<Variable>): void {
  const variable = variableOf(facts, name);
  if (variable) among.add(variable);
}

/** What gives the generator that a value is; null for any other value. */
function generatorOf(facts: Facts, node: ast.Expression): string | null {
  const named = node.kind === "Call" ? node.callee : node;
  const variable = named.kind === "Identifier" ? variableOf(facts, named) : undefined;
  if (!variable) return null;
  if (node.kind === "Call") return calledScope(facts, variable)?.generator ? variable.name : null;
  const value = constantValue(facts, variable);
  return value?.kind === "Call" && generatorOf(facts, value) !== null ? variable.name : null;
}

function reportGenerator(
  facts: Facts,
  node: SourceRange,
  name: string,
  value: ast.Expression,
): void {
  const isAsync = infer(facts, value)?.kind === "asyncValues";
  facts.findings.report(node, codes.generatorInJson({ name, isAsync }));
}

const report = (facts: Facts, node: SourceRange, name: string): void =>
  facts.findings.report(node, codes.promiseInJson({ name }));

/** The object or list that a name stands for, as long as nothing puts other parts into it. */
function literalOf(facts: Facts, variable: Variable): ast.Expression | null {
  const value = constantValue(facts, variable);
  if (value?.kind !== "Object" && value?.kind !== "Array") return null;
  return facts.changed.has(variable) ? null : value;
}

/** Records and variants hold their arguments; `map` of a function that awaits gives promises. */
function checkCall(facts: Facts, node: ast.Call | ast.Pipe): void {
  const call = node.kind === "Pipe" ? node.right : node;
  if (call.kind !== "Call") return;
  const { callee, args } = call;
  const isMap =
    isGlobal(facts, callee, "map") ||
    (callee.kind === "Member" && callee.object !== null && callee.property.name === "map");
  const last = args.at(-1);
  if (isMap && last?.kind === "Lambda" && facts.resolution.functions.get(last)?.async) {
    return report(facts, call, "map");
  }
  const kind = callee.kind === "Identifier" ? variableOf(facts, callee)?.kind : undefined;
  const wraps = ["Ok", "Err", "Some"].some((name) => isGlobal(facts, callee, name));
  if (node.kind === "Pipe" || !(wraps || kind === "record" || kind === "variant")) return;
  for (const argument of args) {
    const value = argument.kind === "NamedArgument" ? argument.value : argument;
    // A generator in `Ok` or `Some` is sent in pieces.
    if (value.kind === "Spread" || (wraps && generatorOf(facts, value) !== null)) continue;
    checkPart(facts, value);
  }
}

/** The names that make JSON of their first argument, by what has them. */
const makers: Readonly<Record<string, string>> = { stringify: "JSON", json: "Response" };

function makesJson(facts: Facts, callee: ast.Expression): boolean {
  if (callee.kind === "Member") {
    const owner = makers[callee.property.name];
    return owner !== undefined && callee.object !== null && isGlobal(facts, callee.object, owner);
  }
  return ["json_stringify", "json_pretty"].some((name) => isGlobal(facts, callee, name));
}

/** Whether a function has a say in what becomes of each part. */
const mayReplace = (callee: ast.Expression, second: ast.Argument | undefined): boolean =>
  callee.kind === "Member" &&
  callee.property.name === "stringify" &&
  second !== undefined &&
  second.kind !== "Nil" &&
  second.kind !== "Array";

export const jsonChecks: Checks = {
  Call(facts, node) {
    const [first, second] = node.args;
    if (!first || first.kind === "Spread" || first.kind === "NamedArgument") return;
    if (makesJson(facts, node.callee) && !mayReplace(node.callee, second)) checkPart(facts, first);
  },
};
