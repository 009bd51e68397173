// A file without edge blocks, its names resolved → a plain ES module and its map (spec 9, 10).
import type { ast } from "tova-parser";
import type { Resolution } from "../analyse/resolve";
import type { Findings } from "../diagnostics/diagnostic";
import type { Context } from "./context";
import { emitExport, emitImports } from "./module";
import { emitStatement, typesFirst } from "./statement";
import { assemble, moduleContext } from "./worker";
import { type Code, type Output, type SourceText, write } from "./writer";

export interface ProgramInput {
  readonly statements: readonly ast.Statement[];
  readonly resolution: Resolution;
  readonly fileName: string;
  readonly source: SourceText;
  readonly findings: Findings;
  /** True for a module that a bundler joins with the worker that imports it. */
  readonly bundled: boolean;
}

const workerEnvironment = "$workerEnv";

/** Modules of a worker read its environment from the platform: the entry alone gets it handed. */
function environmentOf(cx: Context): readonly Code[] {
  if (!cx.unit.bundled || !cx.unit.helpers.has("envValue")) return [];
  return [`import { env as ${workerEnvironment} } from "cloudflare:workers";`];
}

/** Emits a plain module: its imports first, its exports where they stand. */
export function emitProgram(input: ProgramInput): Output {
  const { bundled } = input;
  const environment = bundled ? workerEnvironment : "globalThis.process?.env";
  const cx = moduleContext(input.resolution, input.findings, environment, bundled);
  const tail: Code[] = [];
  for (const statement of typesFirst(input.statements)) {
    if (statement.kind === "Export") emitExport(cx, statement, tail);
    else emitStatement(cx, statement);
  }
  const head = [...environmentOf(cx), ...emitImports(cx, input.statements)];
  return write(assemble(cx, head, tail), input.fileName, input.source);
}
