// Members of values whose type is certain → those that do not exist (W_NULL_ACCESS and kin).
import type { ast } from "tova-parser";
import { nearest } from "../../diagnostics/nearest";
import { codes } from "../../diagnostics/registry";
import type { BindingKind } from "../../model/program";
import { children, type Node } from "../children";
import { once } from "../once";
import type { Resolution } from "../resolve";
import type { Variable } from "../scope";
import { type Checks, type Facts, variableOf } from "./facts";
import { infer } from "./infer";
import type { Known } from "./known";

/** What of bindings there is (developers.cloudflare.com, and its `workers-types`). */
const ofStores: Readonly<Record<BindingKind, readonly string[]>> = {
  kv: ["get", "getWithMetadata", "put", "delete", "list"],
  sql: ["prepare", "batch", "exec", "dump", "withSession"],
  storage: [
    ...["head", "get", "put", "delete", "list", "createMultipartUpload", "resumeMultipartUpload"],
  ],
  queue: ["send", "sendBatch", "metrics"],
};

/** Methods of another kind of store, or such as none has. */
function checkStore(facts: Facts, { object, property, optional }: ast.Member): void {
  const variable = object?.kind === "Identifier" ? variableOf(facts, object) : undefined;
  const kind = variable && facts.stores.get(variable);
  const { name } = property;
  if (!object || optional || !kind || ofStores[kind].includes(name) || isInherited(name)) return;
  if (mayBeAdded(facts, object, name)) return;
  const sentence = { name, binding: variable.name, kind, known: ofStores[kind] };
  facts.findings.report(property, codes.unknownMethod(sentence));
}

/** Members of all values, and `T.new(…)`. */
const isInherited = (name: string): boolean =>
  name === "__tag" || name === "new" || name in Object.prototype;

/** Whether all methods of a type are known: it and every `impl` stand at the top of the file. */
function isTopLevel(facts: Facts, type: Variable): boolean {
  const declaration = facts.types.get(type.name);
  if (!declaration || variableOf(facts, declaration.name) !== type) return false;
  return facts.mentions.impls() <= facts.impls;
}

/** Gives the fields of all variants of a type; they are gathered when first asked for. */
export function variantFieldsOf({ variables }: Resolution): Facts["variantFields"] {
  const byType = once(() => {
    const found = new Map<Variable, string[]>();
    for (const { variantOf, fields } of new Set(variables.values())) {
      if (!variantOf) continue;
      const known = found.get(variantOf);
      if (known) known.push(...fields);
      else found.set(variantOf, [...fields]);
    }
    return found;
  });
  return (type) => byType().get(type) ?? [];
}

/** The fields that values of a type may have; null when they are not known. */
function fieldsOf(facts: Facts, known: Known): readonly string[] | null {
  if (known.kind === "record" || known.kind === "variant") return known.of.fields;
  return known.kind === "variants" ? facts.variantFields(known.of) : null;
}

/** Whether the value may have got a member of this name. */
function mayBeAdded(facts: Facts, object: ast.Expression, name: string): boolean {
  const variable = variableOf(facts, object);
  if (variable && facts.extended.has(variable)) return true;
  return facts.mentions.extends() || facts.mentions.assigned().has(name);
}

function checkField(
  facts: Facts,
  object: ast.Expression,
  property: ast.Member["property"],
  known: Known,
): void {
  const fields = fieldsOf(facts, known);
  if (!fields || !("of" in known)) return;
  const { name } = property;
  const type = known.of.variantOf ?? known.of;
  if (fields.includes(name) || isInherited(name) || facts.methods.get(type.name)?.has(name)) return;
  if (!isTopLevel(facts, type) || mayBeAdded(facts, object, name)) return;
  const sentence = { type: known.of.name, name, meant: nearest(name, fields) };
  facts.findings.report(
    property,
    known.kind === "record" ? codes.unknownField(sentence) : codes.unknownProperty(sentence),
  );
}

function checkNamedArguments(facts: Facts, node: ast.Call): void {
  const variable = node.callee.kind === "Identifier" ? variableOf(facts, node.callee) : undefined;
  if (variable?.kind !== "record" && variable?.kind !== "variant") return;
  for (const argument of node.args) {
    if (argument.kind !== "NamedArgument" || variable.fields.includes(argument.name)) continue;
    const { name, from } = argument;
    const sentence = { type: variable.name, name, meant: nearest(name, variable.fields) };
    const range = { from, to: from + name.length };
    facts.findings.report(
      range,
      variable.kind === "record" ? codes.unknownField(sentence) : codes.unknownProperty(sentence),
    );
  }
}

// ── Values that are nil, or a Result or Option without a value ─────

/** What a condition says of an immutable name when it holds. */
interface Condition {
  readonly variable: Variable;
  readonly is: "nil" | "failed";
  /** False when the name is that where the condition does not hold. */
  readonly holds: boolean;
}

const failedBy: ReadonlyMap<string, boolean> = new Map([
  ["isErr", true],
  ["isNone", true],
  ["isOk", false],
  ["isSome", false],
]);

function readCondition(facts: Facts, test: ast.Expression): Condition | null {
  const named = (node: ast.Expression | null | undefined): Variable | null => {
    const variable = node?.kind === "Identifier" ? variableOf(facts, node) : undefined;
    return variable?.kind === "const" || variable?.kind === "parameter" ? variable : null;
  };
  if (test.kind === "Binary") {
    const { left, right, operator } = test;
    const variable = named(right.kind === "Nil" ? left : left.kind === "Nil" ? right : null);
    if (!variable || (operator !== "==" && operator !== "!=")) return null;
    return { variable, is: "nil", holds: operator === "==" };
  }
  if (test.kind !== "Call" || test.callee.kind !== "Member") return null;
  const variable = named(test.callee.object);
  const holds = failedBy.get(test.callee.property.name);
  return variable && holds !== undefined ? { variable, is: "failed", holds } : null;
}

const isUnwrap = (node: ast.Call): boolean =>
  node.callee.kind === "Member" && node.callee.property.name === "unwrap" && node.args.length === 0;

/** Reports uses of a name in code that only runs when it is nil or has failed. */
function checkInside(facts: Facts, node: Node, { variable, is }: Condition): void {
  const means = (object: ast.Expression | null): boolean =>
    object !== null && variableOf(facts, object) === variable && object.kind === "Identifier";
  if (is === "nil" && (node.kind === "Member" || node.kind === "Index")) {
    if (!node.optional && means(node.object)) reportNil(facts, node, variable.name);
  }
  if (is === "failed" && node.kind === "Call" && isUnwrap(node)) {
    if (node.callee.kind === "Member" && means(node.callee.object)) {
      facts.findings.report(node.callee.property, codes.unsafeUnwrap({ name: variable.name }));
    }
  }
  for (const child of children(node)) checkInside(facts, child, { variable, is, holds: true });
}

function reportNil(facts: Facts, node: ast.Member | ast.Index, name: string): void {
  const range = node.kind === "Member" ? node.property : node.index;
  facts.findings.report(range, codes.nullAccess({ name }));
}

export const memberChecks: Checks = {
  Member(facts, node) {
    const { object } = node;
    if (facts.stores.size > 0) checkStore(facts, node);
    const known = object && infer(facts, object);
    if (!known) return;
    if (known.kind === "nil" && !node.optional) {
      reportNil(facts, node, facts.source.slice(object.from, object.to));
    } else if (!facts.assigned.has(node)) checkField(facts, object, node.property, known);
  },
  Index(facts, node) {
    if (node.optional || infer(facts, node.object)?.kind !== "nil") return;
    reportNil(facts, node, facts.source.slice(node.object.from, node.object.to));
  },
  Call(facts, node) {
    checkNamedArguments(facts, node);
    if (!isUnwrap(node) || node.callee.kind !== "Member" || !node.callee.object) return;
    const known = infer(facts, node.callee.object);
    if (known?.kind !== "case" || (known.name !== "Err" && known.name !== "None")) return;
    facts.findings.report(node.callee.property, codes.unsafeUnwrap({ name: known.name }));
  },
  If(facts, node) {
    const [first, second] = node.branches;
    const condition = first && readCondition(facts, first.test);
    if (!condition) return;
    if (condition.holds) checkInside(facts, first.body, condition);
    else if (!second && node.otherwise) checkInside(facts, node.otherwise, condition);
  },
  Guard(facts, node) {
    const condition = readCondition(facts, node.test);
    if (condition && !condition.holds) checkInside(facts, node.otherwise, condition);
  },
};
