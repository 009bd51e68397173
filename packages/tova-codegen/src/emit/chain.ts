// A postfix expression → what it is applied to, and the same expression applied to something else.
import type { ast } from "tova-parser";

/** A link of a postfix chain: `a.b`, `a[i]`, `a[i:j]`, `a(x)`. */
export type Link = ast.Member | ast.Index | ast.Slice | ast.Call;

/** True for a link of a chain. */
export function isLink(node: ast.Expression): node is Link {
  const { kind } = node;
  return kind === "Member" || kind === "Index" || kind === "Slice" || kind === "Call";
}

/** What a link is applied to; null for `.name` of a pipe. */
export function base(link: Link): ast.Expression | null {
  return link.kind === "Call" ? link.callee : link.object;
}

/** The same link applied to another expression. */
export function applied(link: Link, to: ast.Expression): Link {
  return link.kind === "Call" ? { ...link, callee: to } : { ...link, object: to };
}

/** The expressions of a link other than its base, in order. */
export function operandsOf(link: Link): readonly (ast.Expression | ast.Spread)[] {
  switch (link.kind) {
    case "Member":
      return [];
    case "Index":
      return [link.index];
    case "Slice":
      return [link.start, link.end, link.step].filter((part) => part !== null);
    case "Call":
      return link.args.map((arg) => (arg.kind === "NamedArgument" ? arg.value : arg));
  }
}

/** A chain with the base of its innermost links exchanged, up to and including `last`. */
export function rebuild(
  node: Link,
  last: Link,
  change: (link: Link) => ast.Expression,
): ast.Expression {
  if (node === last) return change(node);
  const inner = base(node);
  return inner && isLink(inner) ? applied(node, rebuild(inner, last, change)) : node;
}
