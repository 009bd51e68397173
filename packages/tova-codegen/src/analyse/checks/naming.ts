// Names of definitions → those that do not follow the language's custom (W100).
import type { ast } from "tova-parser";
import { codes } from "../../diagnostics/registry";
import type { Checks, Facts } from "./facts";

const snake = (name: string): string =>
  name
    .replace(/(?<=[\p{Ll}\p{N}])\p{Lu}/gu, "_$&")
    .replace(/(?<=\p{Lu})\p{Lu}(?=\p{Ll})/gu, "_$&")
    .toLowerCase();

const pascal = (name: string): string =>
  name.replace(/(?:^|_+)(\p{L})/gu, (_, letter: string) => letter.toUpperCase());

/** A variable in camelCase; constants may be in capitals. */
const isCamel = (name: string): boolean =>
  name !== name.toLowerCase() && /^_*\p{Ll}.*\p{Lu}/u.test(name);

function checkVariable(facts: Facts, { name, from, to }: ast.Name | ast.Identifier): void {
  if (!isCamel(name)) return;
  facts.findings.report({ from, to }, codes.naming({ what: "variable", name, form: snake(name) }));
}

/** Names that a pattern takes over from the fields of a value are not the program's choice. */
function checkTarget(facts: Facts, target: ast.Name | ast.BindingPattern): void {
  if (target.kind === "Name") checkVariable(facts, target);
  else if (target.kind === "ArrayPattern") {
    for (const { binding } of target.entries) checkVariable(facts, binding);
  } else {
    for (const { key, binding } of target.entries) {
      if (key !== binding.name) checkVariable(facts, binding);
    }
  }
}

const checkParameters = (facts: Facts, params: readonly ast.Parameter[]): void => {
  for (const { target } of params) checkTarget(facts, target);
};

function checkFunction(facts: Facts, name: ast.Name): void {
  if (!/\p{Ll}/u.test(name.name) || !/\p{Lu}/u.test(name.name)) return;
  facts.findings.report(
    name,
    codes.naming({ what: "function", name: name.name, form: snake(name.name) }),
  );
}

function checkType(facts: Facts, name: ast.Name, what: "type" | "variant" = "type"): void {
  if (/^\p{Lu}[\p{L}\p{N}]*$/u.test(name.name) || !/^[\p{L}_]/u.test(name.name)) return;
  facts.findings.report(name, codes.naming({ what, name: name.name, form: pascal(name.name) }));
}

export const namingChecks: Checks = {
  Assignment(facts, node) {
    for (const target of node.targets) {
      if (target.kind === "ObjectPattern" || target.kind === "ArrayPattern") {
        checkTarget(facts, target);
      } else if (target.kind === "Identifier" && facts.resolution.declares.has(target)) {
        checkVariable(facts, target);
      }
    }
  },
  Var(facts, node) {
    for (const target of node.targets) checkTarget(facts, target);
  },
  Function(facts, node) {
    checkFunction(facts, node.name);
    checkParameters(facts, node.params);
  },
  Lambda: (facts, node) => checkParameters(facts, node.params),
  For(facts, node) {
    for (const target of node.binding) checkTarget(facts, target);
  },
  TypeDeclaration(facts, node) {
    checkType(facts, node.name);
    // A pattern takes what begins with a small letter for a name to bind.
    for (const { name, from } of node.variants) {
      if (!/^\p{Ll}/u.test(name)) continue;
      checkType(facts, { kind: "Name", name, from, to: from + name.length }, "variant");
    }
  },
  Trait: (facts, node) => checkType(facts, node.name),
};
