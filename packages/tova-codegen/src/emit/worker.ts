// The code of one edge block, its names resolved → a self-contained ES module and its map.
import type { ast } from "tova-parser";
import { rawReader } from "../analyse/raw-results";
import type { Resolution } from "../analyse/resolve";
import type { Findings } from "../diagnostics/diagnostic";
import { printable } from "../diagnostics/printable";
import type { EdgeBlock } from "../model/program";
import { type Context, declareTemporaries, type Frame, type Unit } from "./context";
import { type EntryFacts, emitModuleVariables } from "./handlers";
import { emitLibraryImports } from "./libraries";
import { importHelpers, link } from "./link";
import { emitImports } from "./module";
import { platformOf } from "./platforms";
import { emitStatements } from "./statement";
import { type Code, join, newline, type Output, type SourceText, write } from "./writer";

export interface WorkerInput {
  readonly block: EdgeBlock;
  /** Module-level statements that the worker needs, middleware included, in order. */
  readonly statements: readonly ast.Statement[];
  readonly resolution: Resolution;
  readonly facts: Omit<EntryFacts, "statements" | "raw">;
  /** True when the statements import, so that a bundler has to join it with other modules. */
  readonly bundled: boolean;
  readonly fileName: string;
  readonly source: SourceText;
  readonly findings: Findings;
}

/** What the entries of workers call their own. */
const entryNames = [
  "$env",
  "$bind",
  "$secrets",
  "$missing",
  "$cors",
  "$dispatch",
  "$hidden",
  "$visible",
  "$layered",
  "$limited",
  "$types",
  "$guarded",
  "$own",
  "$verify",
  "$jwtVerify",
  "$createRemoteJWKSet",
  "$importSPKI",
  "$AwsClient",
  "$aws",
  "$headers",
  "$supplied",
  "$answer",
  "$settled",
  "$scheduled",
  "$queue",
  "$Database",
  "$kv",
];

/** A context at module level. */
export function moduleContext(
  resolution: Resolution,
  findings: Findings,
  environment: string,
  bundled: boolean,
): Context {
  const unit: Unit = {
    resolution,
    helpers: new Set(),
    findings,
    bundled,
    environment,
    memoryHealth: "healthMemory",
    unrouted: "unrouted",
    names: new Set(entryNames),
    counts: new Map(),
    hoisting: new Map(),
    given: new Map(),
    spread: new Map(),
    constants: new Map(),
    readsEnv: false,
    bodies: new Map(),
  };
  const frame: Frame = {
    async: true,
    isModule: true,
    temps: [],
    count: 0,
    deferred: null,
    loops: [],
    labels: new Set(),
  };
  return { unit, frame, out: [] };
}

/** Emits a worker. */
export function emitWorker(input: WorkerInput): Output {
  const { block, resolution, source, bundled } = input;
  const cx = moduleContext(resolution, input.findings, "$env", bundled);
  emitStatements(cx, input.statements);
  const platform = platformOf(block.target);
  if (platform.tellsNoMemory) cx.unit.memoryHealth = "healthWithoutMemory";
  if (platform.refusesInJson) cx.unit.unrouted = "unroutedJson";
  const { statements, facts } = input;
  const raw = rawReader(resolution, statements);
  const imports = platform.emitEntry(cx, block, { ...facts, statements, raw });
  const head: Code[] = [
    `// Made by tova from ${printable(source.name)}`,
    ...imports,
    ...emitImports(cx, input.statements),
    ...emitLibraryImports(block, input.facts.security),
    ...emitModuleVariables(cx, block),
  ];
  return write(assemble(cx, head), input.fileName, source);
}

/** The module's text: what comes first, the helpers used, then the statements. */
export function assemble(cx: Context, head: readonly Code[], tail: readonly Code[] = []): Code {
  const { bundled } = cx.unit;
  const parts: Code[] = bundled ? [...importHelpers(cx.unit.helpers), ...head] : [...head];
  const helpers = bundled ? "" : link(cx.unit.helpers);
  if (helpers !== "") parts.push(helpers.trimEnd());
  return join([...parts, ...declareTemporaries(cx.frame), ...cx.out, ...tail], newline);
}
