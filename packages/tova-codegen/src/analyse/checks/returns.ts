// Bodies → code that is never reached (W201), paths without a value (W205), values of another type (E101).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Checks, Facts } from "./facts";
import { endsOf, leaves } from "./flow";
import { describe, differs, infer, inferType, losesFraction } from "./infer";

const isHoisted = ({ kind }: ast.Statement): boolean =>
  kind === "Function" || kind === "TypeDeclaration" || kind === "Trait" || kind === "Impl";

/** Reports the first statement after one that leaves, as nothing runs it. */
export function checkReach(facts: Facts, statements: readonly ast.Statement[]): void {
  const leaving = statements.findIndex(leaves);
  if (leaving < 0) return;
  const next = statements.slice(leaving + 1).find((statement) => !isHoisted(statement));
  if (next) facts.findings.report(next, codes.unreachableCode({}));
}

/** Types of functions that may end without a value. */
const mayBeEmpty = /\b(Nil|None|Void|Unit|Any|Option)\b|^\(\)$/;

/** Whether a body ends with an `if` that would be its value if only it had an `else`. */
function isHalf({ body }: ast.Block): boolean {
  const last = body.at(-1);
  if (last?.kind !== "ExpressionStatement" || last.expression.kind !== "If") return false;
  const { branches, otherwise } = last.expression;
  return !otherwise && branches.some((branch) => endsOf(branch.body).values.length > 0);
}

function checkReturns(facts: Facts, node: ast.FunctionDeclaration | ast.Method): void {
  const { returns, body, name } = node;
  const scope = facts.resolution.functions.get(node);
  if (!returns || !body || scope?.generator) return;
  const ends = endsOf(body);
  const explicit = (scope?.returns ?? []).flatMap(({ value }) => (value ? [value] : []));
  const values = [...ends.values, ...explicit];
  if (ends.empty && (values.length > 0 || isHalf(body)) && !mayBeEmpty.test(returns.text)) {
    facts.findings.report(name, codes.missingReturn({ name: name.name, type: returns.text }));
  }
  const expected = inferType(facts, returns);
  if (!expected) return;
  for (const value of values) {
    const actual = infer(facts, value);
    if (!actual) continue;
    if (differs(expected, actual)) {
      const found = describe(actual);
      facts.findings.report(value, codes.returnType({ type: returns.text, found }));
    } else if (losesFraction(expected, actual)) {
      facts.findings.report(value, codes.floatIntoInt({ what: "The function returns" }));
    }
  }
}

export const returnChecks: Checks = {
  Block: (facts, node) => checkReach(facts, node.body),
  Function: checkReturns,
  Impl(facts, node) {
    for (const method of node.methods) checkReturns(facts, method);
  },
};
