// A handler → what is known of the value that it gives, above all that it is no promise.
import type { ast } from "tova-parser";
import { eachChild, type Node } from "./children";
import type { Resolution } from "./resolve";

/** Operators whose result is one of their operands. */
const choosing = new Set(["and", "or", "??"]);

/**
 * A value that is there at once: what JSON has a text for, a new `Response`, or either of these, or
 * nothing. Null for one that may be a promise.
 */
export type KnownValue = "json" | "response" | "either" | null;

/**
 * What a handler is known to give: JSON that it writes out itself, or a new `Response`. What others
 * make, a function that it calls for one, may be promised.
 */
export function knownValue(handler: ast.Expression, resolution: Resolution): KnownValue {
  if (handler.kind !== "Lambda") return null;
  const scope = resolution.functions.get(handler);
  if (!scope || scope.async || scope.generator) return null;
  const { body } = handler;
  if (body.kind === "Assignment" || body.kind === "CompoundAssignment") return "either";
  const returns: Returns = { resolution, values: [] };
  visit(body, returns);
  const last = body.kind === "Block" ? blockValue(body, resolution) : givenBy(body, resolution);
  return common([...returns.values, ...(last === "none" ? [] : [last])]);
}

interface Returns {
  readonly resolution: Resolution;
  readonly values: KnownValue[];
}

/** Looks at what a function gives before its end; those inside it give to others. */
function visit(node: Node, returns: Returns): void {
  const { resolution, values } = returns;
  if (resolution.functions.has(node) || resolution.implicit.has(node)) return;
  if (node.kind === "Return") values.push(node.value ? givenBy(node.value, resolution) : "either");
  if (node.kind === "Propagate") values.push(null);
  eachChild(node, visit, returns);
}

/** What is known of a value that is one of several. */
function common(values: readonly KnownValue[]): KnownValue {
  if (values.includes(null)) return null;
  const [first = "either", ...others] = values;
  return others.every((other) => other === first) ? first : "either";
}

/** The value of a block is that of its last expression (spec 4); none of one that returns before. */
function blockValue({ body }: ast.Block, resolution: Resolution): KnownValue | "none" {
  const last = body.at(-1);
  if (!last) return "either";
  if (last.kind === "Return") return "none";
  return last.kind === "ExpressionStatement" ? givenBy(last.expression, resolution) : null;
}

function givenBy(node: ast.Expression, resolution: Resolution): KnownValue {
  switch (node.kind) {
    case "String":
    case "Number":
    case "Boolean":
    case "Nil":
    case "Array":
    case "Comparison":
    case "Membership":
    case "TypeTest":
    case "Unary":
      return "json";
    case "Object":
      return node.properties.every(isPlainProperty) ? "json" : null;
    case "Binary": {
      const { left, right, operator } = node;
      if (!choosing.has(operator)) return "json";
      return common([left, right].map((one) => givenBy(one, resolution)));
    }
    case "If": {
      const { branches, otherwise } = node;
      const blocks = [...branches.map(({ body }) => body), ...(otherwise ? [otherwise] : [])];
      const values = blocks.map((block) => blockValue(block, resolution));
      const given = values.flatMap((value) => (value === "none" ? [] : value));
      return common(otherwise ? given : [...given, "either"]);
    }
    case "Call":
      return isNewResponse(node.callee, resolution) ? "response" : null;
    default:
      return null;
  }
}

/** A property that cannot be the `then` of a promise. */
function isPlainProperty(property: ast.Property | ast.Spread): boolean {
  if (property.kind === "Spread" || property.computed) return false;
  const { key } = property;
  if (key.kind === "Name") return key.name !== "then";
  return key.kind === "Number" || (key.kind === "String" && key.parts.join("") !== "then");
}

/** `Response.new` of the platform. */
function isNewResponse(callee: ast.Expression, { variables }: Resolution): boolean {
  if (callee.kind !== "Member" || callee.optional || callee.property.name !== "new") return false;
  const { object } = callee;
  return object?.kind === "Identifier" && object.name === "Response" && !variables.has(object);
}
