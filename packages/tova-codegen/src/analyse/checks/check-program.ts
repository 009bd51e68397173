// A file's workers with their names resolved → the warnings of all checks (spec 15).
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../../diagnostics/diagnostic";
import { nearestOf } from "../../diagnostics/nearest";
import type { Program } from "../../model/program";
import { eachChild, type Node } from "../children";
import { type Answering, functionsIn } from "../handler-function";
import type { Resolution, Root } from "../resolve";
import { annotationChecks } from "./annotations";
import { callChecks, checkCalls } from "./calls";
import { conditionChecks } from "./conditions";
import { dangerChecks } from "./danger";
import { declarationsOf, declared, namesOfBlocks } from "./declarations";
import type { Checks, Definition, Facts, NodeKind } from "./facts";
import { checkAnswers, jsonChecks, noteInput } from "./json";
import { listFunctionChecks } from "./list-functions";
import { checkEnds } from "./lost-values";
import { matchChecks } from "./match";
import { memberChecks, variantFieldsOf } from "./members";
import { mentionsIn } from "./mentions";
import { nameChecks, namesOf, nearestBuiltin } from "./names";
import { namingChecks } from "./naming";
import { noteFunction, notes } from "./notes";
import { checkCallable, operandChecks } from "./operands";
import { placementChecks } from "./placement";
import { promiseChecks } from "./promises";
import { checkReach, returnChecks } from "./returns";
import { traitChecks } from "./traits";
import { definitionNotes, unusedNames } from "./unused";
import { valueChecks } from "./values";

/** The code of one worker, or of a file without edge blocks. */
export interface CheckedUnit {
  readonly resolution: Resolution;
  /** Its own statements, without the shared ones. */
  readonly statements: readonly ast.Statement[];
  readonly middleware: readonly ast.FunctionDeclaration[];
  readonly roots: readonly Root[];
  /** Handlers among them, and middleware, whose results are sent. */
  readonly answering: readonly Answering[];
  /** The stores and queues that the worker is bound to. */
  readonly stores: Facts["stores"];
}

type Check = (facts: Facts, node: Node) => void;

/** By kind of node, what every topic does there; `notes` come first, as the others read them. */
const table = combine([
  notes,
  definitionNotes,
  nameChecks,
  annotationChecks,
  namingChecks,
  matchChecks,
  returnChecks,
  conditionChecks,
  valueChecks,
  listFunctionChecks,
  operandChecks,
  memberChecks,
  dangerChecks,
  traitChecks,
  placementChecks,
  promiseChecks,
  callChecks,
  jsonChecks,
]);

function combine(topics: readonly Checks[]): Readonly<Record<string, readonly Check[]>> {
  const all: Record<string, Check[]> = Object.create(null);
  for (const topic of topics) {
    for (const kind of Object.keys(topic) as NodeKind[]) {
      all[kind] = [...(all[kind] ?? []), topic[kind] as Check];
    }
  }
  return all;
}

const noChecks: readonly Check[] = [];

function visit(node: Node, facts: Facts): void {
  const checks = table[node.kind] ?? noChecks;
  for (let i = 0; i < checks.length; i++) checks[i]?.(facts, node);
  eachChild(node, visit, facts);
}

type StatementKinds = ReadonlySet<ast.Statement["kind"]>;

const defining: StatementKinds = new Set([
  ...(["Function", "Assignment", "Var", "TypeDeclaration", "Trait"] as const),
  ...(["Impl", "Import", "Export", "Extern"] as const),
]);

/** True for a file that runs nothing itself: its top-level names are what it is for. */
const definesOnly = (statements: readonly ast.Statement[]): boolean =>
  statements.every(({ kind }) => defining.has(kind));

const jumps: StatementKinds = new Set(["Return", "Break", "Continue"] as const);

function visitTop(facts: Facts, statements: readonly ast.Statement[], isPurpose: boolean): void {
  noteFunctions(facts, statements);
  // What leaves a function or a loop is an error out here, and says nothing of what follows.
  checkReach(
    facts,
    statements.filter(({ kind }) => !jumps.has(kind)),
  );
  checkCalls(facts, statements);
  for (const statement of statements) {
    const before = facts.defined.length;
    const inner = declared(statement);
    const checks = inner.kind === "Export" ? noChecks : (table[inner.kind] ?? noChecks);
    for (const check of checks) check(facts, inner);
    const own = facts.defined.splice(before);
    const kept = isPurpose ? own.filter(({ kind }) => kind === "import") : own;
    if (statement.kind !== "Export") for (const one of kept) facts.defined.push(one);
    eachChild(inner, visit, facts);
  }
}

export interface CheckOptions {
  /** True when other files import it, so that its top-level names are its purpose. */
  readonly isModule: boolean;
  /** True when it has errors: what looks unused may be what they hide. */
  readonly hasErrors: boolean;
}

/** Checks a file. Shared code is walked once, with the names of the first worker. Never throws. */
export function checkProgram(
  program: Program,
  units: readonly CheckedUnit[],
  { isModule, hasErrors }: CheckOptions,
): readonly Finding[] {
  const [first] = units;
  if (!first) return [];
  const findings = new Findings();
  const defined: Definition[] = [];
  const { source } = program;
  const mentions = mentionsIn(source);
  const common = { source, findings, defined, mentions };
  const onlyDefines = program.blocks.length === 0 && definesOnly(program.shared);
  const others = namesOfBlocks(program);
  const shared = factsOf(first, program.shared, others, common);
  const ofUnits = units.map((unit) => {
    const facts = factsOf(unit, [...program.shared, ...unit.statements], noNames, common);
    for (const one of [facts, shared]) noteInput(one, unit.answering, facts.functionOf);
    return facts;
  });
  visitTop(shared, program.shared, isModule || onlyDefines);
  units.forEach((unit, i) => {
    const facts = ofUnits[i];
    if (facts) checkUnit(facts, program, unit);
  });
  if (hasErrors) return findings.list;
  const resolutions = units.map(({ resolution }) => resolution);
  return [...findings.list, ...unusedNames(defined, resolutions, program, mentions)];
}

const noNames: ReadonlySet<string> = new Set();

/**
 * The facts of one stretch of code, with what the statements that it sees declare.
 * @param others names that it may mention although they are defined elsewhere
 */
function factsOf(
  { resolution, stores }: Pick<CheckedUnit, "resolution" | "stores">,
  visible: readonly ast.Statement[],
  others: ReadonlySet<string>,
  common: Pick<Facts, "findings" | "defined" | "source" | "mentions">,
): Facts {
  const { source, findings, defined, mentions } = common;
  const { types, traits, methods, repeated, impls, imports, elsewhere } = declarationsOf(
    visible,
    others,
  );
  const names = namesOf(resolution.variables, types);
  const nearestName = nearestOf(names);
  return {
    types,
    traits,
    methods,
    repeated,
    impls,
    imports,
    elsewhere,
    source,
    findings,
    defined,
    mentions,
    resolution,
    stores,
    values: new Map(),
    inferred: new Map(),
    annotations: new Map(),
    functions: new Map(),
    functionOf: functionsIn(resolution),
    assigned: new Set(),
    changed: new Set(),
    extended: new Set(),
    variantFields: variantFieldsOf(resolution),
    requests: new Set(),
    parameters: new Set(),
    piped: new Set(),
    names,
    nearest: {
      name: (word) => nearestName(word) ?? nearestBuiltin(word),
      type: nearestOf(() => types.keys()),
      trait: nearestOf(() => traits.keys()),
    },
  };
}

function checkUnit(facts: Facts, program: Program, unit: CheckedUnit): void {
  noteFunctions(facts, program.shared);
  visitTop(facts, unit.statements, false);
  // The name of a handler is checked with the handlers.
  for (const root of unit.roots) if (root.kind !== "Identifier") visit(root, facts);
  for (const handler of unit.answering) {
    if (handler.kind === "Identifier") checkCallable(facts, handler);
  }
  for (const middleware of unit.middleware) {
    const before = facts.defined.length;
    visit(middleware, facts);
    // The entry calls it.
    const own = facts.defined.splice(before);
    for (const one of own) if (one.node !== middleware.name) facts.defined.push(one);
  }
  checkAnswers(facts, unit.answering);
  checkEnds(facts, unit.answering);
}

/** Functions are known before the code that stands above them. */
function noteFunctions(facts: Facts, statements: readonly ast.Statement[]): void {
  for (const statement of statements) {
    const inner = declared(statement);
    if (inner.kind === "Function") noteFunction(facts, inner);
  }
}
