// A file without edge blocks, its names resolved → a plain ES module and its map (spec 9, 10).
import type { ast } from "tova-parser";
import type { Resolution } from "../analyse/resolve";
import type { Findings } from "../diagnostics/diagnostic";
import type { BodyExports } from "../model/body";
import type { TargetName } from "../model/program";
import { emitBodyExports } from "./body";
import { emitExport, emitImports } from "./module";
import { platformOf } from "./platforms";
import { emitStatement, typesFirst } from "./statement";
import { assemble, moduleContext } from "./worker";
import { type Code, type Output, type SourceText, write } from "./writer";

export interface ProgramInput {
  readonly statements: readonly ast.Statement[];
  readonly resolution: Resolution;
  readonly fileName: string;
  readonly source: SourceText;
  readonly findings: Findings;
  /** What importers check bodies against. */
  readonly bodies: BodyExports;
  /** Whether a bundler joins it with what it imports, helpers too. */
  readonly bundled: boolean;
  /** The target of the worker that it is part of; null for a program. */
  readonly worker: TargetName | null;
}

const plainEnvironment = { expression: "globalThis.process?.env", head: [] };

/** Emits a plain module: its imports first, its exports where they stand. */
export function emitProgram(input: ProgramInput): Output {
  const { worker, bundled } = input;
  const environment = worker === null ? plainEnvironment : platformOf(worker).environment;
  const cx = moduleContext(input.resolution, input.findings, environment.expression, bundled);
  const tail: Code[] = [];
  for (const statement of typesFirst(input.statements)) {
    if (statement.kind === "Export") emitExport(cx, statement, tail);
    else emitStatement(cx, statement);
  }
  emitBodyExports(cx, input.bodies);
  const needed = cx.unit.helpers.has("envValue") ? environment.head : [];
  const head = [...needed, ...emitImports(cx, input.statements)];
  return write(assemble(cx, head, tail), input.fileName, input.source);
}
