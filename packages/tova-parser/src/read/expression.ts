// Expression nodes to the typed tree.
import type {
  ArrayLiteral,
  Binary,
  Block,
  Comparison,
  Comprehension,
  Conditional,
  Expression,
  ForBinding,
  Lambda,
  Match,
  MatchArm,
  Missing,
  ObjectLiteral,
  Parameter,
  Property,
  Spread,
} from "../ast";
import { readCall, readIndex, readMember, readSlice } from "./access";
import { type NodeReader, trimmed } from "./cursor";
import { readForBinding, readMatchPattern, readParameters } from "./pattern";
import { isBlock, readBlock, readBody, readLambdaStatement } from "./statement";
import { readString } from "./string";

/** Stands for an expression the text does not have. */
export function missing(from: number, to = from): Missing {
  return { kind: "Missing", from, to };
}

type Reader = (r: NodeReader) => Expression;

const readers: ReadonlyMap<string, Reader> = new Map(
  Object.entries<Reader>({
    VariableName: (r) => ({ kind: "Identifier", from: r.from, to: r.to, name: r.text }),
    Number: (r) => ({ kind: "Number", from: r.from, to: r.to, text: r.text.replaceAll("_", "") }),
    TupleIndex: (r) => ({ kind: "Number", from: r.from, to: r.to, text: r.text }),
    String: readString,
    Boolean: (r) => ({ kind: "Boolean", from: r.from, to: r.to, value: r.text === "true" }),
    Nil: (r) => ({ kind: "Nil", from: r.from, to: r.to }),
    RegExp: (r) => ({ kind: "RegExp", from: r.from, to: r.to, text: r.text }),
    ParenthesizedExpression: (r) => readParts(r)[0] ?? missing(r.from, r.to),
    TupleExpression: readArray,
    ArrayExpression: readArray,
    ArrayComprehension: readComprehension,
    ObjectComprehension: readComprehension,
    ObjectExpression: readObject,
    IfExpression: readConditional,
    MatchExpression: readMatch,
    LambdaExpression: readLambda,
    UnaryExpression: readUnary,
    AwaitExpression: (r) => ({ kind: "Await", from: r.from, to: r.to, argument: part(r, 0) }),
    YieldExpression: readYield,
    BinaryExpression: readBinary,
    RangeExpression: readRange,
    IsExpression: readTypeTest,
    PipeExpression: (r) => {
      const [left, right] = pair(r);
      return { kind: "Pipe", from: r.from, to: r.to, left, right };
    },
    ImplicitMember: readMember,
    MemberExpression: readMember,
    CallExpression: readCall,
    IndexExpression: readIndex,
    SliceExpression: readSlice,
    PropagateExpression: (r) => ({
      kind: "Propagate",
      from: r.from,
      to: r.to,
      operand: part(r, 0),
    }),
  }),
);

/** True for node types that {@link readExpression} reads. */
export function isExpression(type: string): boolean {
  return readers.has(type);
}

/** Reads the expression under the cursor. */
export function readExpression(r: NodeReader): Expression {
  const read = readers.get(r.type);
  return read ? read(r) : missing(r.from, r.to);
}

/** Reads the children that are expressions. */
export function readParts(r: NodeReader): Expression[] {
  const parts: Expression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (isExpression(type)) parts.push(readExpression(r));
  }
  return parts;
}

function part(r: NodeReader, index: number): Expression {
  return readParts(r)[index] ?? missing(r.to);
}

function pair(r: NodeReader): [Expression, Expression] {
  const [left, right] = readParts(r);
  return [left ?? missing(r.from), right ?? missing(r.to)];
}

/** Reads a `SpreadElement`. */
export function readSpread(r: NodeReader): Spread {
  return { kind: "Spread", from: r.from, to: r.to, argument: part(r, 0) };
}

function readArray(r: NodeReader): ArrayLiteral {
  const elements: (Expression | Spread)[] = [];
  const { from, to } = r;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "SpreadElement") elements.push(readSpread(r));
    else if (isExpression(type)) elements.push(readExpression(r));
  }
  return { kind: "Array", from, to, elements: trimmed(elements) };
}

function readObject(r: NodeReader): ObjectLiteral {
  const properties: (Property | Spread)[] = [];
  const { from, to } = r;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "SpreadElement") properties.push(readSpread(r));
    else if (type === "Property") properties.push(readProperty(r));
  }
  return { kind: "Object", from, to, properties: trimmed(properties) };
}

function readProperty(r: NodeReader): Property {
  let key: Property["key"] | null = null;
  let value: Expression | null = null;
  let computed = false;
  const { from, to } = r;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "PropertyName") key = r.name();
    else if (type === "ComputedKey") {
      computed = true;
      key = part(r, 0);
    } else if (!isExpression(type)) continue;
    else if (key !== null) value = readExpression(r);
    else {
      const name = readExpression(r);
      computed = name.kind === "String" && name.parts.some((part) => typeof part !== "string");
      key = name;
    }
  }
  return { kind: "Property", from, to, key: key ?? missing(from), computed, value };
}

function readComprehension(r: NodeReader): Comprehension {
  const { from, to } = r;
  const heads: Expression[] = [];
  const tail: Expression[] = [];
  let binding: ForBinding | null = null;
  for (let type = r.first(); type; type = r.next()) {
    if (type !== "ComprehensionFor") {
      if (isExpression(type)) heads.push(readExpression(r));
      continue;
    }
    for (let inner = r.first(); inner; inner = r.next()) {
      if (inner === "ForBinding") binding = readForBinding(r);
      else if (isExpression(inner)) tail.push(readExpression(r));
    }
  }
  return {
    kind: "Comprehension",
    from,
    to,
    key: heads.length > 1 ? (heads[0] ?? null) : null,
    value: heads[heads.length - 1] ?? missing(from),
    binding: binding ?? [{ kind: "Name", from, to: from, name: "_" }],
    iterable: tail[0] ?? missing(to),
    condition: tail[1] ?? null,
  };
}

const emptyBlock = (at: number): Block => ({ kind: "Block", from: at, to: at, body: [] });

/** What an `if` is made of, as far as it has been read. */
interface Branches {
  readonly branches: { test: Expression; body: Block }[];
  /** A test whose body has not come yet. */
  test: Expression | null;
  otherwise: Block | null;
}

function readConditional(r: NodeReader): Conditional {
  const { from, to } = r;
  const found: Branches = { branches: [], test: null, otherwise: null };
  readBranches(r, found);
  const { branches, test, otherwise } = found;
  if (branches.length === 0) branches.push({ test: test ?? missing(to), body: emptyBlock(to) });
  return { kind: "If", from, to, branches: trimmed(branches), otherwise };
}

/** Reads the children of an `IfExpression` or `ElifClause`. */
function readBranches(r: NodeReader, found: Branches): void {
  for (let type = r.first(); type; type = r.next()) {
    if (found.test === null && isExpression(type)) found.test = readExpression(r);
    else if (isBlock(type)) {
      found.branches.push({ test: found.test ?? missing(r.from), body: readBlock(r) });
      found.test = null;
    } else if (type === "ElifClause") readBranches(r, found);
    else if (type === "ElseClause") {
      for (let inner = r.first(); inner; inner = r.next()) {
        if (isBlock(inner)) found.otherwise = readBlock(r);
      }
    }
  }
}

function readMatch(r: NodeReader): Match {
  const { from, to } = r;
  let subject: Expression = missing(to);
  const arms: MatchArm[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (isExpression(type)) subject = readExpression(r);
    else if (type === "MatchBody") {
      for (let inner = r.first(); inner; inner = r.next()) {
        if (inner === "MatchArm") arms.push(readArm(r));
      }
    }
  }
  return { kind: "Match", from, to, subject, arms: trimmed(arms) };
}

function readArm(r: NodeReader): MatchArm {
  const { from, to } = r;
  let pattern: MatchArm["pattern"] = { kind: "NamePattern", from, to: from, name: "_" };
  let guard: Expression | null = null;
  let body: MatchArm["body"] = missing(to);
  let arrow = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "Arrow" || /^(ThinArrow|MissingArrow|:)$/.test(type)) arrow = true;
    else if (type === "Guard") guard = part(r, 0);
    else if (!arrow) pattern = readMatchPattern(r) ?? pattern;
    else if (isExpression(type)) body = readExpression(r);
    else body = readBody(r);
  }
  return { kind: "MatchArm", from, to, pattern, guard, body };
}

/** Statements that may stand in the place of a body; all but `throw` are refused there. */
const leaves = /^(Throw|Return|Break|Continue)Statement$/;

function readLambda(r: NodeReader): Lambda {
  const { from, to } = r;
  let params: readonly Parameter[] = [];
  let body: Lambda["body"] = missing(to);
  let async = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "async") async = true;
    else if (type === "ParamList") params = readParameters(r);
    else if (type === "Assignment" || type === "CompoundAssignment") body = readLambdaStatement(r);
    else if (isExpression(type)) body = readExpression(r);
    else if (type === "Block" || leaves.test(type)) body = readBody(r);
  }
  return { kind: "Lambda", from, to, params, body, async };
}

function readUnary(r: NodeReader): Expression {
  const char = r.source[r.from];
  const operator = char === "-" || char === "~" ? char : "not";
  return { kind: "Unary", from: r.from, to: r.to, operator, operand: part(r, 0) };
}

function readYield(r: NodeReader): Expression {
  const { from, to } = r;
  let argument: Expression | null = null;
  let delegate = false;
  for (let type = r.first(); type; type = r.next()) {
    if (type === "from") delegate = true;
    else if (isExpression(type)) argument = readExpression(r);
  }
  return { kind: "Yield", from, to, argument, delegate };
}

const comparisons = new Set(["CompareOp", "<", ">"]);
const spelled: Record<string, string> = { "&&": "and", "||": "or" };

function readBinary(r: NodeReader): Expression {
  const { from, to } = r;
  let left: Expression | null = null;
  let right: Expression | null = null;
  let chained = false;
  let type = "";
  let operator = "";
  for (let child = r.first(); child; child = r.next()) {
    if (!isExpression(child)) {
      type = child;
      operator = r.text;
    } else if (left !== null) right = readExpression(r);
    else {
      chained = child === "BinaryExpression";
      left = readExpression(r);
    }
  }
  const a: Expression = left ?? missing(from);
  const b: Expression = right ?? missing(to);
  if (type === "in" || type === "NotIn") {
    return { kind: "Membership", from, to, left: a, right: b, negated: type === "NotIn" };
  }
  if (comparisons.has(type)) return compare(a, operator, b, chained, { from, to });
  return { kind: "Binary", from, to, operator: spelled[operator] ?? operator, left: a, right: b };
}

/** `a < b < c` is read left-nested; it is one comparison of three operands (spec 2). */
function compare(
  left: Expression,
  operator: string,
  right: Expression,
  chained: boolean,
  { from, to }: { from: number; to: number },
): Binary | Comparison {
  const earlier = left as Expression;
  if (chained && earlier.kind === "Comparison") {
    const operands = [...earlier.operands, right];
    return { kind: "Comparison", from, to, operands, operators: [...earlier.operators, operator] };
  }
  if (chained && earlier.kind === "Binary" && comparisonTexts.has(earlier.operator)) {
    const operands = [earlier.left, earlier.right, right];
    return { kind: "Comparison", from, to, operands, operators: [earlier.operator, operator] };
  }
  return { kind: "Binary", from, to, operator, left, right };
}

const comparisonTexts = new Set(["==", "!=", "<", ">", "<=", ">="]);

function readRange(r: NodeReader): Expression {
  const { from, to } = r;
  let inclusive = false;
  const ends: Expression[] = [];
  for (let type = r.first(); type; type = r.next()) {
    if (type === "RangeOp") inclusive = r.text === "..=";
    else if (isExpression(type)) ends.push(readExpression(r));
  }
  const [start, end] = ends;
  return {
    kind: "Range",
    from,
    to,
    start: start ?? missing(from),
    end: end ?? missing(to),
    inclusive,
  };
}

function readTypeTest(r: NodeReader): Expression {
  const { from, to } = r;
  let value: Expression = missing(from);
  let type = "Nil";
  let negated = false;
  for (let child = r.first(); child; child = r.next()) {
    if (child === "not") negated = true;
    else if (child === "TypeName") type = r.text;
    else if (isExpression(child)) value = readExpression(r);
  }
  return { kind: "TypeTest", from, to, value, type, negated };
}
