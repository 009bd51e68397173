// Assignments and `var` declarations that parse → targets that cannot be assigned, missing values.
import type { SyntaxNode } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";

const patterns = new Set(["ObjectPattern", "ArrayPattern", "TuplePattern"]);
const trivia = new Set(["LineComment", "DocComment", "BlockComment"]);

interface Sides {
  readonly targets: readonly SyntaxNode[];
  readonly values: readonly SyntaxNode[];
  readonly broken: boolean;
}

/** The children before and after `=`, commas left out. */
function readSides(node: SyntaxNode): Sides {
  const targets: SyntaxNode[] = [];
  const values: SyntaxNode[] = [];
  let equals = false;
  let broken = false;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) broken = true;
    else if (child.name === "=") equals = true;
    else if (child.name === "," || child.name === "var" || trivia.has(child.name)) continue;
    else (equals ? values : targets).push(child);
  }
  return { targets, values, broken };
}

/** The body of a match arm is an expression or a block (spec section 7). */
function refuseInArm(node: SyntaxNode, findings: Findings): void {
  if (node.parent?.name !== "MatchArm") return;
  const operator = node.getChild("=") ?? node.getChild("UpdateOp");
  if (!operator) return;
  const problem = "An assignment is a statement, and an arm without braces holds an expression.";
  const help = "Write `pattern => { name = value }`.";
  findings.report(operator, codes.unexpected({ problem, help }));
}

/** `a, b = 1, 2`: assignable targets, as many values (spec section 3). */
export function checkAssignment(node: SyntaxNode, _source: string, findings: Findings): void {
  refuseInArm(node, findings);
  const { targets, values, broken } = readSides(node);
  // The parser made up the `=`.
  if (broken && node.getChild("=") === null) return;
  for (const target of targets) {
    if (!patterns.has(target.name)) checkTarget(target, findings);
  }
  if (!broken) checkCounts(node, targets.length, values.length, findings);
}

/** `a += 1`: a name, member or index on the left. */
export function checkUpdate(node: SyntaxNode, _source: string, findings: Findings): void {
  refuseInArm(node, findings);
  const target = node.firstChild;
  if (target) checkTarget(target, findings);
}

/** `var a, b = 1, 2`: an initial value each, no type (spec section 3). */
export function checkDeclaration(node: SyntaxNode, _source: string, findings: Findings): void {
  const annotation = node.getChild("TypeAnnotation");
  if (annotation) {
    const help = "Write `var name = value`; types stand in parameters and type declarations.";
    const problem = "A binding has no type annotation.";
    findings.report(annotation, codes.unexpected({ problem, help }));
    return;
  }
  const { targets, values, broken } = readSides(node);
  if (broken) return;
  if (values.length === 0) {
    const problem = "A `var` needs an initial value.";
    findings.report(node, codes.unexpected({ problem, help: "Write `var name = nil` for none." }));
  } else checkCounts(node, targets.length, values.length, findings);
}

/** Whether the parser broke a node off: `a ⚠ = b` is no target but an operator such as `===`. */
export function endsInError(end: SyntaxNode): boolean {
  for (let node: SyntaxNode | null = end; node; node = node.lastChild) {
    if (node.type.isError) return true;
    if (node.prevSibling?.type.isError) return true;
  }
  return false;
}

function checkTarget(target: SyntaxNode, findings: Findings): void {
  if (endsInError(target) || target.name === "VariableName") return;
  const help = "Assign to a name, a member `a.b` or an index `a[0]`; compare with `==`.";
  if (target.name === "IndexExpression" || target.name === "MemberExpression") {
    if (!target.getChild("OptionalDot")) return;
    const problem = "A target with `?.` cannot be assigned.";
    findings.report(
      target,
      codes.unexpected({ problem, help: "Test for nil first, then assign with `.`." }),
    );
    return;
  }
  findings.report(target, codes.unexpected({ problem: "This cannot be assigned.", help }));
}

function checkCounts(node: SyntaxNode, targets: number, values: number, findings: Findings): void {
  if (targets === values) return;
  const problem = `${targets} ${targets === 1 ? "target" : "targets"} cannot take ${values} ${values === 1 ? "value" : "values"}.`;
  const help = "Write as many values as targets, or take a list apart with `[a, b] = list`.";
  findings.report(node, codes.unexpected({ problem, help }));
}
