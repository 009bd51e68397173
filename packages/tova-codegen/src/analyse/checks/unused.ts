// Definitions and all uses in a file → names that nothing uses (W001-W003).
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { Program } from "../../model/program";
import { memberForms } from "../member-forms";
import type { Resolution } from "../resolve";
import type { Checks, Definition, Facts } from "./facts";

const define = (
  facts: Facts,
  kind: Definition["kind"],
  names: readonly (ast.Name | ast.Identifier | null)[],
): void => {
  for (const node of names) {
    if (node && !node.name.startsWith("_") && node.name !== "main")
      facts.defined.push({ node, kind });
  }
};

/** A pattern with a rest leaves out fields by naming them, which is a use. */
function defineTarget(facts: Facts, target: ast.Expression | ast.Name | ast.BindingPattern): void {
  if (target.kind === "Name") define(facts, "variable", [target]);
  else if (target.kind === "Identifier") {
    if (facts.resolution.declares.has(target)) define(facts, "variable", [target]);
  } else if (target.kind === "ArrayPattern") {
    define(
      facts,
      "variable",
      target.entries.map(({ binding }) => binding),
    );
  } else if (target.kind === "ObjectPattern" && target.entries.every(({ key }) => key !== null)) {
    define(
      facts,
      "variable",
      target.entries.map(({ binding }) => binding),
    );
  }
}

/** Notes definitions; `unusedNames` says which of them nothing uses. */
export const definitionNotes: Checks = {
  Assignment(facts, node) {
    for (const target of node.targets) defineTarget(facts, target);
  },
  Var(facts, node) {
    for (const target of node.targets) defineTarget(facts, target);
  },
  Function: (facts, node) => define(facts, "function", [node.name]),
  Import(facts, node) {
    const names = node.names.map(({ local }) => local);
    define(facts, "import", [node.fallback, node.namespace, ...names]);
  },
};

const messages = {
  variable: codes.unusedVariable,
  function: codes.unusedFunction,
  import: codes.unusedImport,
} as const;

/** An imported type may be used by annotations alone, which no resolution has. */
const isNamedTwice = (mentions: Facts["mentions"], name: string): boolean =>
  /^\p{Lu}/u.test(name) && (mentions.capitalised().get(name) ?? 0) > 1;

/** The variables that edge blocks themselves define. */
const variablesOfBlocks = (blocks: Program["blocks"]): ReadonlySet<object> =>
  new Set(
    blocks.flatMap(({ statements }) =>
      statements.flatMap<object>((one) =>
        one.kind === "Assignment" || one.kind === "Var" ? one.targets : [],
      ),
    ),
  );

/** The names whose variables something reads, in one of the workers. */
function usedNames(resolutions: readonly Resolution[]): ReadonlySet<object> {
  const used = new Set<object>();
  for (const { variables } of resolutions) {
    for (const [node, variable] of variables) {
      if (variable.reads > variable.writes || variable.asValue) used.add(node);
    }
  }
  return used;
}

/** Shared code is used when one of the workers uses it. */
export function unusedNames(
  defined: readonly Definition[],
  resolutions: readonly Resolution[],
  { blocks }: Program,
  mentions: Facts["mentions"],
): readonly Finding[] {
  const used = usedNames(resolutions);
  const ofBlocks = variablesOfBlocks(blocks);
  const findings = new Findings();
  for (const { node, kind } of defined) {
    if (used.has(node) || (kind === "import" && isNamedTwice(mentions, node.name))) continue;
    const { name } = node;
    const form = ofBlocks.has(node) ? memberForms.get(name) : undefined;
    findings.report(node, form ? codes.unusedSetting({ name, form }) : messages[kind]({ name }));
  }
  return findings.list;
}
