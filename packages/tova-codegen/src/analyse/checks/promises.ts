// Promises used as if they were the values they bring, or dropped (W_MISSING_AWAIT, spec 4.1).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Checks, Facts } from "./facts";
import { infer } from "./infer";

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
    const name = facts.source.slice(node.from, node.to).split("(")[0] ?? "";
    facts.findings.report(node, codes.missingAwait({ name }));
  }
}

const callee = (node: ast.Call): string =>
  node.callee.kind === "Identifier" ? node.callee.name : "";

/** A statement that only calls; the last may be the value of its function. */
function checkDropped(facts: Facts, statements: readonly ast.Statement[]): void {
  for (const statement of statements.slice(0, -1)) {
    if (statement.kind !== "ExpressionStatement" || statement.expression.kind !== "Call") continue;
    if (infer(facts, statement.expression)?.kind !== "promise") continue;
    const name = callee(statement.expression);
    facts.findings.report(statement.expression, codes.droppedPromise({ name }));
  }
}

export const promiseChecks: Checks = {
  Block: (facts, node) => checkDropped(facts, node.body),
  Binary(facts, node) {
    if (node.operator !== "??") check(facts, node.left);
    if (!/^(\?\?|and|or|&&|\|\|)$/.test(node.operator)) check(facts, node.right);
  },
  Comparison: (facts, node) => checkAll(facts, node.operands),
  Membership: (facts, node) => check(facts, node.left, node.right),
  TypeTest: (facts, node) => {
    if (node.type !== "Promise") check(facts, node.value);
  },
  Range: (facts, node) => check(facts, node.start, node.end),
  String: (facts, node) => checkAll(facts, node.parts),
  Unary: (facts, node) => check(facts, node.operand),
  Propagate: (facts, node) => check(facts, node.operand),
  Member(facts, node) {
    if (!ofPromises.has(node.property.name)) check(facts, node.object);
  },
  Index: (facts, node) => check(facts, node.object, node.index),
  Slice: (facts, node) => check(facts, node.object),
  If: (facts, node) =>
    checkAll(
      facts,
      node.branches.map(({ test }) => test),
    ),
  Match: (facts, node) => check(facts, node.subject),
  While: (facts, node) => check(facts, node.test),
  Guard: (facts, node) => check(facts, node.test),
  For: (facts, node) => check(facts, node.iterable),
  Comprehension: (facts, node) => check(facts, node.iterable),
};
