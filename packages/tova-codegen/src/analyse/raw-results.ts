// The code of a handler → whether what it gives may be no JSON but a body: bytes, a stream (spec 11.2).
import type { ast } from "tova-parser";
import { endsOf, endsOfExpression } from "./checks/flow";
import type { Node } from "./children";
import type { Resolution } from "./resolve";
import type { FunctionScope, Variable } from "./scope";
import { isStatementOf } from "./statement-of";

/** What a handler's second parameter is: texts by name, or what passes a request on. */
export type SecondParameter = "params" | "next" | null;

/** What is known of the code around a handler; made by {@link rawReader}. */
export interface RawReader {
  /** False where no value of the handler can be a body, as far as that can be known. */
  mayGiveBody(handler: ast.Expression | ast.FunctionDeclaration, second: SecondParameter): boolean;
  /** False where nothing that the worker runs can be a generator. */
  readonly mayYield: boolean;
}

interface Reader {
  readonly resolution: Resolution;
  readonly functions: ReadonlyMap<FunctionScope, object>;
  /** Functions being read, or read: what calls itself gives no more than its other ends. */
  readonly seen: Set<object>;
  readonly second: SecondParameter;
  /** The variable of the second parameter, once it is found. */
  secondVariable: Variable | null;
}

/** @param statements of the worker's module */
export function rawReader(resolution: Resolution, statements: readonly ast.Statement[]): RawReader {
  const functions = new Map([...resolution.functions].map(([node, scope]) => [scope, node]));
  const yields = [...functions.keys()].some(({ generator }) => generator);
  return {
    mayYield: yields || statements.some(({ kind }) => kind === "Import"),
    mayGiveBody: (handler, second) =>
      !givesPlain(handler, {
        resolution,
        functions,
        seen: new Set(),
        second,
        secondVariable: null,
      }),
  };
}

/** Whether a function, or what a handler names, gives no body. */
function givesPlain(node: object, reader: Reader): boolean {
  const { resolution, seen } = reader;
  if (seen.has(node)) return true;
  seen.add(node);
  const named = (node as Node).kind === "Identifier" ? resolution.variables.get(node) : undefined;
  if (named) return calledPlain(named, reader);
  const scope = resolution.functions.get(node);
  if (scope?.generator) return false;
  const { kind, params, body } = node as ast.Lambda | ast.FunctionDeclaration;
  if (kind !== "Lambda" && kind !== "Function") return false;
  // Of the handler alone, not of what it calls.
  const target = seen.size === 1 ? params[1]?.target : undefined;
  if (target?.kind === "Name") reader.secondVariable = resolution.variables.get(target) ?? null;
  if (body.kind !== "Block") return isStatement(body) || isPlain(body, reader);
  const returns = scope?.returns ?? [];
  const isPlainValue = (value: ast.Expression | null) => value === null || isPlain(value, reader);
  return (
    endsOf(body).values.every(isPlainValue) && returns.every(({ value }) => isPlainValue(value))
  );
}

const isStatement = (node: Node): node is ast.Assignment | ast.CompoundAssignment =>
  node.kind === "Assignment" || node.kind === "CompoundAssignment";

/** Whether calling what a name stands for gives no body. */
function calledPlain(variable: Variable, reader: Reader): boolean {
  const { kind, writes } = variable;
  if (kind === "record" || kind === "variant" || isSecond(variable, "next", reader)) return true;
  const value = writes === 0 ? reader.resolution.values.get(variable) : undefined;
  const called = variable.function ? reader.functions.get(variable.function) : value;
  return called !== undefined && givesPlain(called, reader);
}

const isSecond = (
  variable: Variable | undefined,
  role: SecondParameter,
  { second, secondVariable }: Reader,
): boolean => variable !== undefined && variable === secondVariable && role === second;

const literals = new Set<Node["kind"]>([
  ...(["Nil", "Boolean", "Number", "String", "RegExp", "Array", "Object", "Range"] as const),
  ...(["Comparison", "Membership", "TypeTest", "Unary", "Comprehension", "Lambda"] as const),
]);
const choices = new Set(["and", "or", "&&", "||", "??"]);

/** Whether an expression's value is certainly no body. */
function isPlain(node: ast.Expression, reader: Reader): boolean {
  if (literals.has(node.kind)) return true;
  switch (node.kind) {
    case "Binary":
      if (!choices.has(node.operator)) return true;
      return isPlain(node.left, reader) && isPlain(node.right, reader);
    case "If":
    case "Match": {
      return endsOfExpression(node).values.every(
        (value) => value !== node && isPlain(value, reader),
      );
    }
    case "Await":
      return isPlain(node.argument, reader);
    case "Propagate":
      return isPlain(node.operand, reader);
    case "Pipe":
      return isPlainPipe(node, reader);
    case "Identifier":
      return isPlainName(node, reader);
    case "Member":
      if (node.property.name === "results" && node.object)
        return isAllRows(node.object, reader.resolution);
      return isMemberOfParams(node, reader);
    case "Call":
      return isPlainCall(node, reader);
    default:
      return false;
  }
}

function isPlainName(node: ast.Identifier, reader: Reader): boolean {
  const variable = reader.resolution.variables.get(node);
  if (!variable) return node.name === "None" || node.name === "undefined";
  if (variable.kind === "binding" || variable.kind === "variant") return true;
  const part = reader.resolution.parts.get(variable);
  if (part?.key === "results" && isAllRows(part.object, reader.resolution)) return true;
  const value = variable.kind === "const" ? reader.resolution.values.get(variable) : undefined;
  if (!value || reader.seen.has(variable)) return value !== undefined;
  reader.seen.add(variable);
  return isPlain(value, reader);
}

const isMemberOfParams = ({ object }: ast.Member, reader: Reader): boolean => {
  const variable =
    object?.kind === "Identifier" ? reader.resolution.variables.get(object) : undefined;
  return isSecond(variable, "params", reader);
};

// ── Calls of the library and the platform ──────────────────────────

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Functions whose results are numbers, texts, or objects and lists made anew. */
const functions = words(
  "Err int float to_int to_float to_string string to_bool len range keys entries merge pick omit " +
    "map_values from_entries group_by count sum avg upper lower trim join split words lines " +
    "capitalize slugify replace json_parse json_stringify json_pretty now now_iso uuid type_of " +
    "String Number Boolean parseInt parseFloat",
);
/** Functions and methods that make of a list another one. */
const ofLists = words(
  "map filter sorted reversed unique flatten flat_map flatMap chunk take drop partition enumerate " +
    "zip compact slice concat where select derive sort_by limit rename",
);
const wrappers = words("Ok Some");
/** Classes whose instances are no bodies. */
const classes = words("Response Headers Request Date Map Set URL URLSearchParams Error RegExp");
/** Objects of the platform whose functions give no bodies. */
const namespaces = words("Response JSON Math Date Number String");
/** Methods that give no bodies, whatever has them; of the platform those of texts and messages. */
const methods = words(
  "text json toString toISOString toUpperCase toLowerCase trim join toFixed includes startsWith " +
    "endsWith getTime randomUUID",
);
/** Methods of stores, queues and statements. */
const ofBindings = words("getWithMetadata put delete list head send sendBatch batch exec");
const ofStatements = words("all run raw");

function isPlainCall({ callee, args }: ast.Call, reader: Reader): boolean {
  const { variables } = reader.resolution;
  const [first] = args;
  if (callee.kind === "Identifier") {
    const variable = variables.get(callee);
    if (variable) return calledPlain(variable, reader);
    if (!wrappers.has(callee.name) && !ofLists.has(callee.name)) return functions.has(callee.name);
    return first === undefined || (isExpression(first) && isPlain(first, reader));
  }
  if (callee.kind !== "Member" || !callee.object) return false;
  const { object, property } = callee;
  const { name } = property;
  if (methods.has(name) || (ofLists.has(name) && isPlain(object, reader))) return true;
  if (object.kind !== "Identifier") {
    const ofStatement = ofStatements.has(name) || (name === "first" && args.length === 0);
    return ofStatement && isStatementOf(object, reader.resolution);
  }
  const variable = variables.get(object);
  if (variable?.kind === "binding") return ofBindings.has(name) || (name === "get" && isText(args));
  if (variable) return name === "new" && calledPlain(variable, reader);
  return name === "new" ? classes.has(object.name) : namespaces.has(object.name);
}

const isExpression = (node: ast.Argument): node is ast.Expression =>
  node.kind !== "Spread" && node.kind !== "NamedArgument";

/** `KV.get(key)`, `KV.get(key, "json")` */
function isText([, type, ...more]: readonly ast.Argument[]): boolean {
  if (more.length > 0 || !type) return more.length === 0;
  return type.kind === "String" && /^(text|json)$/.test(type.parts.join());
}

/** `await DB.prepare(…).all()` */
function isAllRows(node: ast.Expression, resolution: Resolution): boolean {
  if (node.kind !== "Await" || node.argument.kind !== "Call") return false;
  const { callee } = node.argument;
  if (callee.kind !== "Member" || !callee.object) return false;
  return callee.property.name === "all" && isStatementOf(callee.object, resolution);
}

/** `rows |> map(shown)` */
function isPlainPipe({ left, right }: ast.Pipe, reader: Reader): boolean {
  const callee = right.kind === "Call" ? right.callee : right;
  if (callee.kind !== "Identifier") return false;
  const variable = reader.resolution.variables.get(callee);
  if (variable) return calledPlain(variable, reader);
  return functions.has(callee.name) || (ofLists.has(callee.name) && isPlain(left, reader));
}
