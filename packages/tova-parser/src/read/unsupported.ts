// Constructs outside this toolchain, kept as text (spec 10), to the typed tree.
import type { Unsupported } from "../ast";
import type { NodeReader } from "./cursor";

/** Reads a block or statement of which the parser knows only where it ends. */
export function readUnsupported(r: NodeReader): Unsupported {
  const { from, to, text } = r;
  const mentions = text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
  const [construct = "", name] = mentions;
  // `concurrent { a = spawn f() }`, or `store name { … }`.
  const spawned = text.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s*=\s*spawn\b/gu);
  const named = /^\w+\s+[\p{L}_$]/u.test(text) && name !== undefined ? [name] : [];
  const defines = construct === "concurrent" ? [...spawned].map(([, one = ""]) => one) : named;
  return { kind: "Unsupported", from, to, construct, defines, mentions: new Set(mentions) };
}
