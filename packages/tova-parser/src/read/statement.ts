// Statement nodes to the typed tree.
import type {
  Assignment,
  BindingPattern,
  Block,
  CompoundAssignment,
  Export,
  Expression,
  For,
  ForBinding,
  FunctionDeclaration,
  Jump,
  Name,
  Parameter,
  Statement,
  Throw,
  Try,
  TypeExpression,
  VarDeclaration,
} from "../ast";
import { type NodeReader, trimmed } from "./cursor";
import { isExpression, missing, readExpression } from "./expression";
import { readImport, readNames } from "./import";
import { readForBinding, readParameters, readTarget } from "./pattern";
import { readString } from "./string";
import { readImpl, readTrait, readTypeAnnotation, readTypeDeclaration } from "./type";
import { readUnsupported } from "./unsupported";

type Reader = (r: NodeReader) => Statement;

const readers: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    ExpressionStatement: (r) => expressionStatement(r, firstExpression(r)),
    IfExpression: (r) => expressionStatement(r, readExpression(r)),
    MatchExpression: (r) => expressionStatement(r, readExpression(r)),
    Assignment: readAssignment,
    CompoundAssignment: readCompound,
    VarDeclaration: readVar,
    ForeignDeclaration: (r) => ({ kind: "Foreign", from: r.from, to: r.to }),
    FunctionDeclaration: readFunction,
    ExternDeclaration: (r) => ({ kind: "Extern", from: r.from, to: r.to, name: definition(r) }),
    TypeDeclaration: readTypeDeclaration,
    InterfaceDeclaration: readTrait,
    TraitDeclaration: readTrait,
    ImplDeclaration: readImpl,
    LooseBlock: readLoose,
    ReturnStatement: (r) => {
      const value = optionalExpression(r);
      return { kind: "Return", from: r.from, to: r.to, value };
    },
    ThrowStatement: readThrow,
    BreakStatement: readJump,
    ContinueStatement: readJump,
    ForStatement: readFor,
    WhileStatement: readWhile,
    LoopStatement: readWhile,
    GuardStatement: (r) => {
      const [test, otherwise] = headAndBody(r);
      return { kind: "Guard", from: r.from, to: r.to, test, otherwise };
    },
    TryStatement: readTry,
    DeferStatement: readDefer,
    WithStatement: (r) => {
      const [resource, body] = headAndBody(r);
      return { kind: "With", from: r.from, to: r.to, resource, name: definition(r), body };
    },
    ReactiveDeclaration: readUnsupported,
    OpaqueStatement: readUnsupported,
    OpaqueBlock: readUnsupported,
    ImportDeclaration: readImport,
    ExportDeclaration: readExport,
  }),
);

/** Reads the statement under the cursor; null when the node is none. */
function readStatement(r: NodeReader): Statement | null {
  return readers.get(r.type)?.(r) ?? null;
}

/**
 * Reads the statement under the cursor as one statement or none; as two where a function is
 * exported as the default, which is its declaration and the export of its name.
 */
export function readStatementsAt(r: NodeReader): Statement[] {
  const statement = readStatement(r);
  if (!statement) return [];
  const named = r.type === "ExportDeclaration" ? defaultFunction(r) : null;
  return named ? [named, statement] : [statement];
}

function defaultFunction(r: NodeReader): Statement | null {
  let isDefault = false;
  let declaration: Statement | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "default") isDefault = true;
    else if (isDefault && type === "FunctionDeclaration") declaration = readFunction(r);
  }
  return declaration;
}

/** `@name(args)` as its name, at the `@` too. */
function decoration(r: NodeReader): Name {
  const { from } = r;
  let name: Name = { kind: "Name", from, to: from + 1, name: "" };
  for (let type = r.first(); type; type = r.next()) {
    if (type === "VariableName") name = { ...r.name(), from };
  }
  return name;
}

function functionName(r: NodeReader): Expression {
  const { from, to, name } = definition(r);
  return { kind: "Identifier", from, to, name };
}

/** Reads the statements among the children. */
export function readStatements(r: NodeReader): Statement[] {
  const body: Statement[] = [];
  for (let child = r.first(); child; child = r.next()) {
    body.push(...readStatementsAt(r));
  }
  return trimmed(body);
}

/** A block without a head runs by a condition that is missing. */
function readLoose(r: NodeReader): Statement {
  const { from, to } = r;
  const body: Block = { kind: "Block", from, to, body: readStatements(r) };
  const branches = [{ test: missing(from), body }];
  return expressionStatement(r, { kind: "If", from, to, branches, otherwise: null });
}

/** Reads a `Block`, or an object that stands where a block may (spec 5.1). */
export function readBlock(r: NodeReader): Block {
  const { from, to } = r;
  if (r.type === "Block") return { kind: "Block", from, to, body: readStatements(r) };
  const expression = readExpression(r);
  return { kind: "Block", from, to, body: [{ kind: "ExpressionStatement", from, to, expression }] };
}

/** Reads the assignment that is the whole body of a `fn` lambda. */
export function readLambdaStatement(r: NodeReader): Assignment | CompoundAssignment {
  return r.type === "Assignment" ? readAssignment(r) : readCompound(r);
}

/** Reads the body of an arm or lambda that is no expression: a block, or a statement alone. */
export function readBody(r: NodeReader): Block {
  if (r.type === "Block") return readBlock(r);
  const { from, to } = r;
  return { kind: "Block", from, to, body: readStatementsAt(r) };
}

function readThrow(r: NodeReader): Throw {
  return { kind: "Throw", from: r.from, to: r.to, value: firstExpression(r) };
}

/** What stands where a block may: one, or an object in its place (spec 5.1). */
export const isBlock = (type: string): boolean =>
  type === "Block" || type === "ObjectExpression" || type === "ObjectComprehension";

function expressionStatement(r: NodeReader, expression: Expression): Statement {
  return { kind: "ExpressionStatement", from: r.from, to: r.to, expression };
}

function optionalExpression(r: NodeReader): Expression | null {
  let value: Expression | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (isExpression(type)) value = readExpression(r);
  }
  return value;
}

function firstExpression(r: NodeReader): Expression {
  return optionalExpression(r) ?? missing(r.to);
}

function definition(r: NodeReader): Name {
  let name: Name = { kind: "Name", from: r.to, to: r.to, name: "_" };
  for (let type = r.first(); type; type = r.next()) {
    if (type === "VariableDefinition") name = r.name();
  }
  return name;
}

/** `head { body }`: the head is the first expression, the body the last block. */
function headAndBody(r: NodeReader): [Expression, Block] {
  let head: Expression | null = null;
  let body: Block = { kind: "Block", from: r.to, to: r.to, body: [] };
  for (let type = r.first(); type; type = r.next()) {
    if (head === null && isExpression(type)) head = readExpression(r);
    else if (isBlock(type)) body = readBlock(r);
  }
  return [head ?? missing(r.from), body];
}

function readAssignment(r: NodeReader): Assignment {
  const { from, to } = r;
  const targets: (Expression | BindingPattern)[] = [];
  const values: Expression[] = [];
  let equals = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "=") equals = true;
    else if (isExpression(type)) (equals ? values : targets).push(readExpression(r));
    else {
      const pattern = readTarget(r, type);
      if (pattern && pattern.kind !== "Name") targets.push(pattern);
    }
  }
  if (values.length === 0) values.push(missing(to));
  return { kind: "Assignment", from, to, targets: trimmed(targets), values: trimmed(values) };
}

function readCompound(r: NodeReader): CompoundAssignment {
  const { from, to } = r;
  let operator = "+=";
  const sides: Expression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "UpdateOp") operator = r.text;
    else if (isExpression(type)) sides.push(readExpression(r));
  }
  const [target = missing(from), value = missing(to)] = sides;
  return { kind: "CompoundAssignment", from, to, operator, target, value };
}

function readVar(r: NodeReader): VarDeclaration {
  const { from, to } = r;
  const targets: (Name | BindingPattern)[] = [];
  const values: Expression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    const target = readTarget(r, type);
    if (target) targets.push(target);
    else if (isExpression(type)) values.push(readExpression(r));
  }
  return { kind: "Var", from, to, targets: trimmed(targets), values: trimmed(values) };
}

/** Reads a function declaration or a `middleware fn`, which has the same children. */
export function readFunction(r: NodeReader): FunctionDeclaration {
  const { from, to } = r;
  const name = definition(r);
  let params: readonly Parameter[] = [];
  let body: Block = { kind: "Block", from: to, to, body: [] };
  let returns: TypeExpression | null = null;
  let async = false;
  const decorators: Name[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "async") async = true;
    else if (type === "ReturnType") returns = readTypeAnnotation(r);
    else if (type === "Decoration") decorators.push(decoration(r));
    else if (type === "ParamList") params = readParameters(r);
    else if (isBlock(type)) body = readBlock(r);
  }
  return { kind: "Function", from, to, name, params, returns, body, async, decorators };
}

function readJump(r: NodeReader): Jump {
  const { from, to } = r;
  const kind = r.type === "BreakStatement" ? "Break" : "Continue";
  return { kind, from, to, label: readLabel(r) };
}

function readLabel(r: NodeReader): string | null {
  let label: string | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "LabelName") label = r.text;
    else if (type === "Label") label = readLabel(r);
  }
  return label;
}

function readFor(r: NodeReader): For {
  const { from, to } = r;
  const label = readLabel(r);
  let async = false;
  let binding: ForBinding | null = null;
  let body: Block | null = null;
  let otherwise: Block | null = null;
  const heads: Expression[] = [];
  let head = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "async") async = true;
    else if (type === "in" || type === "when") head = true;
    else if (type === "ForBinding") binding = readForBinding(r);
    else if (type === "ElseClause") {
      for (let child = r.first(); child; child = r.next()) {
        if (isBlock(child)) otherwise = readBlock(r);
      }
    } else if (head && isExpression(type)) {
      heads.push(readExpression(r));
      head = false;
    } else if (isBlock(type)) body = readBlock(r);
  }
  return {
    kind: "For",
    from,
    to,
    label,
    async,
    binding: binding ?? [{ kind: "Name", from, to: from, name: "_" }],
    iterable: heads[0] ?? missing(to),
    condition: heads[1] ?? null,
    body: body ?? { kind: "Block", from: to, to, body: [] },
    otherwise,
  };
}

function readWhile(r: NodeReader): Statement {
  const { from, to } = r;
  const loop = r.type === "LoopStatement";
  const label = readLabel(r);
  const [test, body] = headAndBody(r);
  return { kind: "While", from, to, label, test: loop ? null : test, body };
}

function readTry(r: NodeReader): Try {
  const { from, to } = r;
  let body: Block | null = null;
  let error: Name | null = null;
  let handler: Block | null = null;
  let finalizer: Block | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (isBlock(type)) body = readBlock(r);
    else if (type === "CatchClause") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "VariableDefinition") error = r.name();
        else if (isBlock(child)) handler = readBlock(r);
      }
    } else if (type === "FinallyClause") {
      for (let child = r.first(); child; child = r.next()) {
        if (isBlock(child)) finalizer = readBlock(r);
      }
    }
  }
  const empty: Block = { kind: "Block", from: to, to, body: [] };
  return { kind: "Try", from, to, body: body ?? empty, error, handler, finalizer };
}

function readDefer(r: NodeReader): Statement {
  const { from, to } = r;
  let body: Block | Expression = missing(to);
  for (let type = r.first(); type; type = r.next()) {
    if (type === "Block") body = readBlock(r);
    else if (isExpression(type)) body = readExpression(r);
  }
  return { kind: "Defer", from, to, body };
}

function readExport(r: NodeReader): Export {
  const { from, to } = r;
  const parts: { -readonly [Key in keyof Export]?: Export[Key] } = {};
  const names: { local: Name; exported: Name }[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "*") parts.all = true;
    else if (type === "VariableDefinition") parts.namespace = r.name();
    else if (type === "String" && (parts.all || names.length > 0)) parts.from_ = readString(r);
    else if (type === "ExportClause") {
      for (let child = r.first(); child; child = r.next()) {
        if (child !== "ExportName") continue;
        const [local, exported] = readNames(r);
        if (local) names.push({ local, exported: exported ?? local });
      }
    } else if (type === "default") parts.fallback = missing(r.to);
    else if (parts.fallback && isExpression(type)) parts.fallback = readExpression(r);
    else if (parts.fallback) parts.fallback = functionName(r);
    else parts.declaration = readStatement(r) ?? parts.declaration ?? null;
  }
  return {
    kind: "Export",
    from,
    to,
    declaration: parts.declaration ?? null,
    fallback: parts.fallback ?? null,
    names,
    all: parts.all ?? false,
    namespace: parts.namespace ?? null,
    from_: parts.from_ ?? null,
  };
}
