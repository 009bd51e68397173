// Parameters, binding patterns (spec 3) and match patterns (spec 7) to the typed tree.
import type {
  ArrayPatternEntry,
  BindingPattern,
  Expression,
  ForBinding,
  MatchPattern,
  Name,
  ObjectPatternEntry,
  Parameter,
  RestPattern,
  TypeExpression,
} from "../ast";
import { type NodeReader, trimmed } from "./cursor";
import { isExpression, missing, readExpression } from "./expression";
import { readString } from "./string";
import { readTypeAnnotation } from "./type";

const nowhere: Name = { kind: "Name", from: 0, to: 0, name: "_" };

/** Reads a `ParamList`. */
export function readParameters(r: NodeReader): Parameter[] {
  const params: Parameter[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "Parameter") params.push(readParameter(r));
  }
  return trimmed(params);
}

function readParameter(r: NodeReader): Parameter {
  const { from, to } = r;
  let target: Parameter["target"] | null = null;
  let rest = false;
  let fallback: Expression | null = null;
  let type: TypeExpression | null = null;
  for (let child = r.first(); child; child = r.next()) {
    if (child === "...") rest = true;
    else if (child === "TypeAnnotation") type = readTypeAnnotation(r);
    else if (target === null) target = readTarget(r, child);
    else if (isExpression(child)) fallback = readExpression(r);
  }
  return {
    kind: "Parameter",
    from,
    to,
    target: target ?? { ...nowhere, from, to },
    rest,
    fallback,
    type,
  };
}

/** Reads a name being defined or a flat pattern; null for any other node. */
export function readTarget(r: NodeReader, type: string): Name | BindingPattern | null {
  if (type === "VariableDefinition") return r.name();
  if (type === "ObjectPattern") return readObjectPattern(r);
  if (type === "ArrayPattern" || type === "TuplePattern") return readArrayPattern(r);
  return null;
}

function readObjectPattern(r: NodeReader): BindingPattern {
  const { from, to } = r;
  const entries: ObjectPatternEntry[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "ObjectPatternEntry") entries.push(readObjectEntry(r));
  }
  return { kind: "ObjectPattern", from, to, entries };
}

function readObjectEntry(r: NodeReader): ObjectPatternEntry {
  const { from, to } = r;
  let key: string | null = null;
  let binding: Name | null = null;
  let fallback: Expression | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "PropertyName") {
      key = r.text;
      binding = r.name();
    } else if (type === "VariableDefinition") binding = r.name();
    else if (isExpression(type)) fallback = readExpression(r);
  }
  return { kind: "ObjectPatternEntry", from, to, key, binding: binding ?? nowhere, fallback };
}

function readArrayPattern(r: NodeReader): BindingPattern {
  const { from, to } = r;
  const entries: ArrayPatternEntry[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "ArrayPatternEntry") entries.push(readArrayEntry(r));
  }
  return { kind: "ArrayPattern", from, to, entries };
}

function readArrayEntry(r: NodeReader): ArrayPatternEntry {
  const { from, to } = r;
  let binding = nowhere;
  let rest = false;
  let fallback: Expression | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "...") rest = true;
    else if (type === "VariableDefinition") binding = r.name();
    else if (isExpression(type)) fallback = readExpression(r);
  }
  return { kind: "ArrayPatternEntry", from, to, binding, rest, fallback };
}

/** Reads a `ForBinding`: one name or pattern, or a name of the index or key and one of those. */
export function readForBinding(r: NodeReader): ForBinding {
  const targets: (Name | BindingPattern)[] = [];
  for (let type = r.first(); type; type = r.next()) {
    const target = readTarget(r, type);
    if (target) targets.push(target);
  }
  const [first = nowhere, second] = targets;
  if (second && first.kind === "Name") return [first, second];
  return [first];
}

/** Reads a match pattern; null when the node is none. */
export function readMatchPattern(r: NodeReader): MatchPattern | null {
  const { from, to } = r;
  switch (r.type) {
    case "NamePattern":
      return readNamePattern(r);
    case "VariantPattern":
      return readVariantPattern(r);
    case "LiteralPattern":
      return { kind: "LiteralPattern", from, to, value: readLiterals(r)[0] ?? missing(from) };
    case "RangePattern":
      return readRangePattern(r);
    case "PrefixPattern":
      return readPrefixPattern(r);
    case "ListPattern":
      return readListPattern(r);
    case "AlternativePattern":
      return { kind: "AlternativePattern", from, to, options: readElements(r).filter(isPattern) };
    default:
      return null;
  }
}

function readNamePattern(r: NodeReader): MatchPattern {
  const { from, to, text } = r;
  if (/^\p{Lu}/u.test(text)) {
    return { kind: "VariantPattern", from, to, owner: null, through: [], name: text, fields: [] };
  }
  return { kind: "NamePattern", from, to, name: text };
}

function readVariantPattern(r: NodeReader): MatchPattern {
  const { from, to } = r;
  let name = "";
  const path: Name[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "VariantName") name = r.text;
    else if (type === "TypeName") path.push(r.name());
  }
  const [owner = null, ...rest] = path;
  const through = rest.map((part) => part.name);
  return { kind: "VariantPattern", from, to, owner, through, name, fields: readElements(r) };
}

/** One pattern in parentheses is that pattern, as one value in them is that value. */
function readListPattern(r: NodeReader): MatchPattern {
  const { from, to } = r;
  const elements = readElements(r);
  const [only] = elements;
  const grouped = elements.length === 1 && r.source[from] === "(" && only && isPattern(only);
  let comma = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === ",") comma = true;
  }
  return grouped && !comma ? only : { kind: "ListPattern", from, to, elements };
}

function readElements(r: NodeReader): (MatchPattern | RestPattern)[] {
  const elements: (MatchPattern | RestPattern)[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "RestPattern") {
      let binding = nowhere;
      const { from, to } = r;
      for (let child = r.first(); child; child = r.next()) {
        if (child === "VariableDefinition") binding = r.name();
      }
      elements.push({ kind: "RestPattern", from, to, binding });
      continue;
    }
    const pattern = readMatchPattern(r);
    if (pattern) elements.push(pattern);
  }
  return elements;
}

const isPattern = (pattern: MatchPattern | RestPattern): pattern is MatchPattern =>
  pattern.kind !== "RestPattern";

/** Literals with an optional minus before a number. */
function readLiterals(r: NodeReader): Expression[] {
  const literals: Expression[] = [];
  let minus = -1;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "-") minus = r.from;
    else if (isExpression(type)) {
      const operand = readExpression(r);
      const { to } = operand;
      literals.push(
        minus < 0 ? operand : { kind: "Unary", from: minus, to, operator: "-", operand },
      );
      minus = -1;
    }
  }
  return literals;
}

function readRangePattern(r: NodeReader): MatchPattern {
  const { from, to } = r;
  let inclusive = false;
  const [start, end] = readLiterals(r);
  for (let type = r.first(); type; type = r.next()) {
    if (type === "RangeOp") inclusive = r.text === "..=";
  }
  return {
    kind: "RangePattern",
    from,
    to,
    start: start ?? missing(from),
    end: end ?? missing(to),
    inclusive,
  };
}

function readPrefixPattern(r: NodeReader): MatchPattern {
  const { from, to } = r;
  let prefix = { kind: "String" as const, from, to, parts: [] as readonly (string | Expression)[] };
  let rest = nowhere;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "String") prefix = { ...readString(r) };
    else if (type === "NamePattern") rest = r.name();
  }
  return { kind: "PrefixPattern", from, to, prefix, rest };
}
