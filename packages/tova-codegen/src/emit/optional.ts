// A chain with `?.` whose rest JavaScript's own `?.` would not skip → tests for nil (spec 2).
import type { ast } from "tova-parser";
import { methodHelper } from "./call";
import { base, isLink, type Link, operandsOf, rebuild } from "./chain";
import { type Context, enterBlock, freshName, given, spill, temporary } from "./context";
import { emitExpression } from "./expression";
import { hoists, isStable } from "./hoisting";
import { braces, type Code } from "./writer";

/**
 * Where the value before a `?.` is nil, nothing behind it is evaluated. Null for a chain without
 * `?.`, and for one that JavaScript skips by itself.
 */
export function emitOptionalChain(cx: Context, node: Link): Code | null {
  const first = firstOptional(cx, node);
  if (!first) return null;
  const links = linksTo(node, first);
  if (links.some((link) => operandsOf(link).some((part) => hoists(cx, part)))) {
    return emitLowered(cx, node, first);
  }
  const plain = links.every((link) => link.kind !== "Slice" && !methodHelper(cx, link));
  return plain ? null : emitTested(cx, node, first);
}

/** The innermost link with `?.`; a method that only Tova has is always there to be called. */
function firstOptional(cx: Context, node: Link): Link | null {
  let first: Link | null = null;
  for (let at: ast.Expression | null = node; at && isLink(at); at = base(at)) {
    const optional = at.kind !== "Slice" && at.optional && base(at) !== null;
    if (optional && !(at.kind === "Call" && methodHelper(cx, at))) first = at;
  }
  return first;
}

function linksTo(node: Link, last: Link): readonly Link[] {
  const links: Link[] = [];
  for (let at: ast.Expression | null = node; at && isLink(at); at = base(at)) {
    links.push(at);
    if (at === last) break;
  }
  // A call's helper is found by its callee, which is a link of its own.
  return links;
}

/** Statements: the rest runs inside an `if`. */
function emitLowered(cx: Context, node: Link, first: Link): Code {
  const keep = (value: Code): Code => spill(cx, value);
  const { head, rest } = split(cx, node, first, keep);
  const result = freshName(cx);
  cx.out.push(["let ", result, ";"]);
  const inside = enterBlock(cx);
  inside.out.push([result, " = ", emitExpression(inside, rest), ";"]);
  cx.out.push(["if (", head, " != null) ", braces(inside.out)]);
  return result;
}

/** One expression: `(t = value) == null ? undefined : …`. */
function emitTested(cx: Context, node: Link, first: Link): Code {
  const before: Code[] = [];
  const keep = (value: Code): Code => {
    const name = temporary(cx);
    before.push([name, " = ", value, ", "]);
    return name;
  };
  const { head, rest } = split(cx, node, first, keep);
  return ["((", ...before, head, ") == null ? undefined : ", emitExpression(cx, rest), ")"];
}

/** The value before the first `?.`, kept, and the chain on it. */
function split(
  cx: Context,
  node: Link,
  first: Link,
  keep: (value: Code) => Code,
): { readonly head: Code; readonly rest: ast.Expression } {
  const kept = (part: ast.Expression): ast.Expression =>
    isStable(cx, part) ? part : given(cx, keep(emitExpression(cx, part)), part);
  const value = base(first);
  if (!value) return { head: "undefined", rest: node };
  if (first.kind === "Call" && value.kind === "Member" && value.object) {
    // The method keeps its object.
    const object = kept(value.object);
    const method = kept({ ...value, object });
    const call = { ...value, kind: "Member", object: method, optional: false } as const;
    const callee = { ...call, property: { ...value.property, name: "call" } };
    const rest = rebuild(node, first, () => {
      return { ...first, callee, args: [object, ...first.args], optional: false };
    });
    return { head: emitExpression(cx, method), rest };
  }
  const head = kept(value);
  const rest = rebuild(node, first, (link) =>
    link.kind === "Call"
      ? { ...link, callee: head, optional: false }
      : ({ ...link, object: head, optional: false } as Link),
  );
  return { head: emitExpression(cx, head), rest };
}
