// Edge and security blocks (spec 11, 12) to the typed tree.
import type {
  Block,
  ConfigEntry,
  EdgeBlock,
  EdgeMember,
  Expression,
  Name,
  SecurityBlock,
  SecurityRule,
  StringLiteral,
  TypeExpression,
} from "../ast";
import type { NodeReader } from "./cursor";
import { isExpression, missing, readExpression } from "./expression";
import { readBlock, readFunction, readStatementsAt } from "./statement";
import { readString } from "./string";
import { isType, readType } from "./type";

type Reader = (r: NodeReader) => EdgeMember;

const readers: Record<string, Reader> = {
  ConfigEntry: readConfigEntry,
  BindingDeclaration: (r) => {
    const { name, config, word } = parts(r);
    const binding = word as "kv" | "sql" | "storage" | "queue";
    return { kind: "BindingMember", from: r.from, to: r.to, binding, name, config };
  },
  EnvDeclaration: (r) => {
    const { name, expression } = parts(r);
    return { kind: "EnvMember", from: r.from, to: r.to, name, fallback: expression };
  },
  SecretDeclaration: (r) => ({ kind: "SecretMember", from: r.from, to: r.to, name: parts(r).name }),
  CorsDeclaration: (r) => ({ kind: "CorsMember", from: r.from, to: r.to, config: parts(r).config }),
  HealthDeclaration: readHealth,
  OnErrorDeclaration: (r) => {
    const handler = parts(r).expression ?? missing(r.to);
    return { kind: "OnErrorMember", from: r.from, to: r.to, handler };
  },
  MiddlewareDeclaration: (r) => {
    return { kind: "MiddlewareMember", from: r.from, to: r.to, declaration: readFunction(r) };
  },
  RouteDeclaration: readRoute,
  RouteGroup: (r) => {
    const { from, to } = r;
    let members: EdgeMember[] = [];
    for (let type = r.first(); type; type = r.next()) {
      if (type === "EdgeBody") members = readMembers(r);
    }
    return { kind: "RouteGroup", from, to, prefix: parts(r).strings[0] ?? text(to), members };
  },
  ScheduleDeclaration: (r) => {
    const { from, to } = r;
    const { strings, block } = parts(r);
    const [name = text(from), cron = text(to)] = strings;
    const body = block ?? { kind: "Block", from: to, to, body: [] };
    return { kind: "ScheduleMember", from, to, name, cron, body };
  },
  ConsumeDeclaration: readConsume,
};

const text = (at: number): StringLiteral => ({ kind: "String", from: at, to: at, parts: [] });

/** Reads an `EdgeBlock`. */
export function readEdgeBlock(r: NodeReader): EdgeBlock {
  const { from, to } = r;
  let name: StringLiteral | null = null;
  let members: EdgeMember[] = [];
  let end = from;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "EdgeBody") members = readMembers(r);
    else end = r.to;
    if (type === "String") name = readString(r);
  }
  return { kind: "EdgeBlock", from, to, name, members, header: { from, to: end } };
}

function readMembers(r: NodeReader): EdgeMember[] {
  const members: EdgeMember[] = [];
  for (let type = r.first(); type; type = r.next()) {
    const member = readers[type]?.(r);
    if (member) members.push(member);
    else members.push(...readStatementsAt(r));
  }
  return members;
}

interface Parts {
  name: Name;
  /** The keyword, as written. */
  word: string;
  config: ConfigEntry[];
  strings: StringLiteral[];
  /** The last child that is an expression. */
  expression: Expression | null;
  block: Block | null;
}

/** Collects the children that members are made of. */
function parts(r: NodeReader): Parts {
  const name: Name = { kind: "Name", from: r.to, to: r.to, name: "_" };
  const found: Parts = { name, word: "", config: [], strings: [], expression: null, block: null };
  for (let type = r.first(); type; type = r.next()) {
    if (found.word === "") found.word = r.text;
    if (type === "VariableDefinition") found.name = r.name();
    else if (type === "ConfigBody") found.config = readConfig(r);
    else if (type === "Block") found.block = readBlock(r);
    if (type === "String") found.strings.push(readString(r));
    if (isExpression(type)) found.expression = readExpression(r);
  }
  return found;
}

/** Reads the entries of a `ConfigBody`. */
function readConfig(r: NodeReader): ConfigEntry[] {
  const entries: ConfigEntry[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "ConfigEntry") entries.push(readConfigEntry(r));
  }
  return entries;
}

/** Reads a `ConfigEntry`. */
export function readConfigEntry(r: NodeReader): ConfigEntry {
  const { from, to } = r;
  let key: Name = { kind: "Name", from, to: from, name: "" };
  let value: Expression = missing(to);
  for (let type = r.first(); type; type = r.next()) {
    if (type === "ConfigKey") key = r.name();
    else if (isExpression(type)) value = readExpression(r);
  }
  return { kind: "ConfigEntry", from, to, key, value };
}

function readHealth(r: NodeReader): EdgeMember {
  const { from, to } = r;
  const checks: Name[] = [];
  let path = text(to);
  for (let type = r.first(); type; type = r.next()) {
    if (type === "String") path = readString(r);
    else if (type === "HealthBody") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "HealthCheck") checks.push(r.name());
      }
    }
  }
  return { kind: "HealthMember", from, to, path, checks };
}

function readRoute(r: NodeReader): EdgeMember {
  const { from, to } = r;
  let method: Name = { kind: "Name", from, to: from, name: "GET" };
  let path: StringLiteral | null = null;
  let handler: Expression = missing(to);
  let bodyType: TypeExpression | null = null;
  let arrow = false;
  const decorators: Name[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "HttpMethod") method = r.name();
    else if (type === "Arrow") arrow = true;
    else if (type === "RouteBody") {
      for (let child = r.first(); child; child = r.next()) {
        if (isType(child)) bodyType = readType(r);
      }
    } else if (type === "RouteDecorators") {
      for (let child = r.first(); child; child = r.next()) {
        if (child === "Decorator") decorators.push(r.name());
      }
    } else if (!arrow && type === "String") path = readString(r);
    else if ((arrow || type === "LambdaExpression") && isExpression(type))
      handler = readExpression(r);
  }
  const found = path ?? text(to);
  return { kind: "RouteMember", from, to, method, path: found, bodyType, decorators, handler };
}

function readConsume(r: NodeReader): EdgeMember {
  const { from, to } = r;
  let queue: Name | null = null;
  let handler: Expression = missing(to);
  let config: ConfigEntry[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (queue === null && type === "VariableName") queue = r.name();
    else if (type === "ConfigBody") config = readConfig(r);
    else if (isExpression(type)) handler = readExpression(r);
  }
  const name: Name = queue ?? { kind: "Name", from: to, to, name: "_" };
  return { kind: "ConsumeMember", from, to, queue: name, config, handler };
}

/** Reads a `SecurityBlock`. */
export function readSecurityBlock(r: NodeReader): SecurityBlock {
  const { from, to } = r;
  const rules: SecurityRule[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type !== "SecurityBody") continue;
    for (let child = r.first(); child; child = r.next()) {
      if (child === "SecurityRule") rules.push(readSecurityRule(r));
    }
  }
  return { kind: "SecurityBlock", from, to, rules };
}

function readSecurityRule(r: NodeReader): SecurityRule {
  const { from, to } = r;
  let rule: Name = { kind: "Name", from, to: from, name: "" };
  let subject: string | null = null;
  let config: ConfigEntry[] = [];
  let flag: boolean | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "SecurityKind") rule = r.name();
    else if (type === "SecurityName") subject = r.text;
    else if (type === "String") subject = readString(r).parts.join("");
    else if (type === "ConfigBody") config = readConfig(r);
    else if (type === "Boolean") flag = r.text === "true";
  }
  return { kind: "SecurityRule", from, to, rule, subject, config, flag };
}
