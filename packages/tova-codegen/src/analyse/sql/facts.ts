// The code of one worker → what its names stand for, its calls of methods, and where its databases go.
import type { ast } from "tova-parser";
import { eachChild, type Node } from "../children";
import { fillPlaceholders, isPlaceholder } from "../placeholder";
import type { Resolution } from "../resolve";
import type { Variable } from "../scope";

/** What one walk over a worker's code finds. */
export interface SqlFacts {
  readonly source: string;
  readonly resolution: Resolution;
  /** Names of the worker's databases. */
  readonly databases: ReadonlySet<string>;
  /** Everything that is assigned to a `var`, but for what is only added to it. */
  readonly assigned: Map<Variable, ast.Expression[]>;
  readonly parameters: Map<Variable, Parameter>;
  /** By function: the arguments of each call; without those whose calls are not all known. */
  readonly calls: Map<Variable, (readonly ast.Argument[])[]>;
  /** Functions that are used as values or exported, so that anything may call them. */
  readonly unknownCallers: Set<Variable>;
  /** Calls of methods, in source order. */
  readonly methods: MethodCall[];
  /** By callee: the left side of the pipe that a `.name` continues. */
  readonly continued: Map<ast.Expression, ast.Expression>;
  /** By call: the left side of a pipe that is its first argument. */
  readonly piped: Map<ast.Call, ast.Expression>;
  /** Names used as values, other than as the object of a method. */
  readonly passed: ast.Identifier[];
  /** Texts that look as if they made tables. */
  readonly definitions: ast.StringLiteral[];
}

export interface MethodCall {
  readonly call: ast.Call;
  readonly callee: ast.Member;
}

interface Parameter {
  readonly function: Variable;
  readonly index: number;
}

/** Text that makes or changes a table, view or trigger, also behind comments. */
const definitionStart = /^(?:\s|--[^\n]*\n|\/\*.*?\*\/)*(?:create|alter)\s/is;

export const looksLikeDefinition = (text: string): boolean => definitionStart.test(text);

/** Walks a worker's code; functions and constants of the program are known wherever they stand. */
export function collectSqlFacts(
  code: readonly Node[],
  { source, resolution, databases }: Pick<SqlFacts, "source" | "resolution" | "databases">,
): SqlFacts {
  const facts: SqlFacts = {
    source,
    resolution,
    databases,
    assigned: new Map(),
    parameters: new Map(),
    calls: new Map(),
    unknownCallers: new Set(),
    methods: [],
    continued: new Map(),
    piped: new Map(),
    passed: [],
    definitions: [],
  };
  for (const node of code) visit(facts, node);
  return facts;
}

function visit(facts: SqlFacts, node: Node): void {
  switch (node.kind) {
    case "Number":
      return;
    case "Identifier":
      return notePassed(facts, node);
    case "String":
      noteText(facts, node);
      break;
    case "Assignment":
    case "Var":
      return visitAssignment(facts, node);
    case "Function":
      noteParameters(facts, node);
      break;
    case "Export":
      noteExport(facts, node);
      break;
    case "Pipe":
      notePipe(facts, node);
      break;
    case "Call":
      return visitCall(facts, node);
  }
  eachChild(node, visitChild, facts);
}

const visitChild = (node: Node, facts: SqlFacts): void => visit(facts, node);

/** The variable of an identifier, name or target. */
export const variableOf = (facts: SqlFacts, node: object): Variable | undefined =>
  facts.resolution.variables.get(node);

function notePassed(facts: SqlFacts, node: ast.Identifier): void {
  const variable = variableOf(facts, node);
  if (variable?.kind === "function") facts.unknownCallers.add(variable);
  else if (variable) facts.passed.push(node);
}

function noteText(facts: SqlFacts, node: ast.StringLiteral): void {
  const [first] = node.parts;
  if (typeof first === "string" && looksLikeDefinition(first)) facts.definitions.push(node);
}

function visitAssignment(facts: SqlFacts, node: ast.Assignment | ast.VarDeclaration): void {
  const { targets, values } = node;
  for (const value of values) visit(facts, value);
  for (let index = 0; index < targets.length; index++) {
    const target = targets[index] as (typeof targets)[number];
    const value = targets.length === values.length ? values[index] : undefined;
    if (!isDefinition(target)) visit(facts, target);
    const variable = value && variableOf(facts, target);
    if (variable?.kind === "var") append(facts.assigned, variable, value);
  }
}

/** A name that gets a value is not itself one. */
const isDefinition = (
  target: ast.Expression | ast.Name | ast.BindingPattern,
): target is ast.Identifier | ast.Name | ast.BindingPattern =>
  target.kind === "Identifier" ||
  target.kind === "Name" ||
  target.kind === "ObjectPattern" ||
  target.kind === "ArrayPattern";

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function noteParameters(facts: SqlFacts, { name, params }: ast.FunctionDeclaration): void {
  const owner = variableOf(facts, name);
  if (!owner) return;
  for (const [index, { target, rest }] of params.entries()) {
    const variable = target.kind === "Name" && !rest && variableOf(facts, target);
    if (variable) facts.parameters.set(variable, { function: owner, index });
  }
}

function noteExport(facts: SqlFacts, node: ast.Export): void {
  const exported = [
    ...(node.declaration?.kind === "Function" ? [node.declaration.name] : []),
    ...node.names.map(({ local }) => local),
  ];
  for (const name of exported) {
    const variable = variableOf(facts, name);
    if (variable) facts.unknownCallers.add(variable);
  }
}

/** `x |> f(a)` gives `x` to `f`; `x |> .m(a)` goes on from it (spec 5.4). */
function notePipe(facts: SqlFacts, { left, right }: ast.Pipe): void {
  const target = right.kind === "Await" ? right.argument : right;
  const call = target.kind === "Propagate" ? target.operand : target;
  for (let node = call; ; ) {
    if (node.kind === "Call") node = node.callee;
    else if (node.kind === "Member" && node.object) node = node.object;
    else {
      if (node.kind === "Member") facts.continued.set(node, left);
      else if (call.kind === "Call") facts.piped.set(call, left);
      return;
    }
  }
}

function visitCall(facts: SqlFacts, node: ast.Call): void {
  const { callee, args } = node;
  if (callee.kind === "Member") {
    facts.methods.push({ call: node, callee });
    // As the object of a method it goes nowhere.
    if (callee.object && callee.object.kind !== "Identifier") visit(facts, callee.object);
  } else if (callee.kind === "Identifier") {
    noteCall(facts, node, callee);
  } else visit(facts, callee);
  for (const argument of args) visit(facts, argument);
}

function noteCall(facts: SqlFacts, node: ast.Call, callee: ast.Identifier): void {
  const variable = variableOf(facts, callee);
  if (variable?.kind !== "function") return;
  append(facts.calls, variable, argumentsOf(facts, node));
}

/** The arguments of a call, with what a pipe puts among them. */
export function argumentsOf(facts: SqlFacts, node: ast.Call): readonly ast.Argument[] {
  const left = facts.piped.get(node);
  if (!left) return node.args;
  if (!node.args.some(isPlaceholder)) return [left, ...node.args];
  return fillPlaceholders(node.args, left);
}
