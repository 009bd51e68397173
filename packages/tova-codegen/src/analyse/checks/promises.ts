// Promises used as if they were the values they bring, or dropped (W_MISSING_AWAIT, spec 4.1).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Checks, Facts } from "./facts";
import { infer } from "./infer";

const logical = new Set(["and", "or", "&&", "||"]);
const ofPromises = new Set(["then", "catch", "finally"]);

const check = (facts: Facts, ...nodes: readonly (ast.Expression | null)[]): void =>
  checkAll(facts, nodes);

/** Of a list as long as the program likes. */
function checkAll(facts: Facts, nodes: readonly (ast.Expression | string | null)[]): void {
  for (const node of nodes) {
    // Only names and calls can be promises that nothing waits for.
    if (!node || typeof node === "string") continue;
    if (node.kind !== "Identifier" && node.kind !== "Call") continue;
    if (infer(facts, node)?.kind !== "promise") continue;
    facts.findings.report(node, codes.missingAwait({ name: nameOf(facts, node) }));
  }
}

/** `load`, `http.get`; of a longer chain its last method. */
export function nameOf(facts: Facts, node: ast.Identifier | ast.Call): string {
  const named = node.kind === "Call" ? node.callee : node;
  if (named.kind === "Member" && named.object?.kind !== "Identifier") return named.property.name;
  return facts.source.slice(named.from, named.to);
}

/** What a condition asks for last on each side: `and` and `or` see to what stands before them. */
function askedLast(node: ast.Expression | null): readonly ast.Expression[] {
  if (!node) return [];
  if (node.kind !== "Binary" || !logical.has(node.operator)) return [node];
  const left = node.left.kind === "Binary" ? askedLast(node.left) : [];
  return [...left, ...askedLast(node.right)];
}

/** A statement that only calls; the last may be the value of its function. */
function checkDropped(facts: Facts, statements: readonly ast.Statement[]): void {
  for (const statement of statements.slice(0, -1)) {
    if (statement.kind !== "ExpressionStatement" || statement.expression.kind !== "Call") continue;
    if (infer(facts, statement.expression)?.kind !== "promise") continue;
    const name = nameOf(facts, statement.expression);
    facts.findings.report(statement.expression, codes.droppedPromise({ name }));
  }
}

export const promiseChecks: Checks = {
  Block: (facts, node) => checkDropped(facts, node.body),
  Binary(facts, node) {
    check(facts, node.left);
    if (node.operator !== "??" && !logical.has(node.operator)) check(facts, node.right);
  },
  Comparison: (facts, node) => checkAll(facts, node.operands),
  Membership: (facts, node) => check(facts, node.left, node.right),
  TypeTest: (facts, node) => {
    if (node.type !== "Promise") check(facts, node.value);
  },
  Range: (facts, node) => check(facts, node.start, node.end),
  String: (facts, node) => checkAll(facts, node.parts),
  Unary: (facts, node) =>
    checkAll(facts, node.operator === "not" ? askedLast(node.operand) : [node.operand]),
  Propagate: (facts, node) => check(facts, node.operand),
  Member(facts, node) {
    if (!ofPromises.has(node.property.name)) check(facts, node.object);
  },
  Index: (facts, node) => check(facts, node.object, node.index),
  Slice: (facts, node) => check(facts, node.object),
  If: (facts, node) =>
    checkAll(
      facts,
      node.branches.flatMap(({ test }) => askedLast(test)),
    ),
  Match: (facts, node) => check(facts, node.subject),
  While: (facts, node) => checkAll(facts, askedLast(node.test)),
  Guard: (facts, node) => checkAll(facts, askedLast(node.test)),
  For: (facts, node) => check(facts, node.iterable),
  Comprehension: (facts, node) => check(facts, node.iterable),
};
