// The shared code that a block's worker needs → findings on bindings of other blocks in it.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock, Program } from "../model/program";
import { namesOfBlocks } from "./checks/declarations";
import { eachChild, type Node } from "./children";
import type { Resolution } from "./resolve";

interface Search {
  readonly resolution: Resolution;
  readonly names: ReadonlySet<string>;
  /** By name, where it is used first. */
  readonly found: Map<string, ast.Identifier>;
}

/**
 * Shared code may use bindings, env variables and secrets (spec 11.7). In the worker of a block that
 * does not declare them they have no value.
 * @param statements the module-level statements that the worker needs
 */
export function checkMissingNames(
  program: Program,
  block: EdgeBlock,
  statements: readonly ast.Statement[],
  resolution: Resolution,
): readonly Finding[] {
  const names = new Set([...namesOfBlocks(program)].filter((name) => resolution.free.has(name)));
  if (program.blocks.length < 2 || names.size === 0) return [];
  const search: Search = { resolution, names, found: new Map() };
  const shared = new Set(program.shared);
  for (const statement of statements) if (shared.has(statement)) visit(statement, search);
  const findings = new Findings();
  for (const [name, node] of search.found) {
    findings.report(node, codes.missingInBlock({ name, block: block.name }));
  }
  return findings.list;
}

function visit(node: Node, search: Search): void {
  const { resolution, names, found } = search;
  if (node.kind === "Identifier" && names.has(node.name) && !found.has(node.name)) {
    if (!resolution.variables.has(node)) found.set(node.name, node);
  }
  eachChild(node, visit, search);
}
