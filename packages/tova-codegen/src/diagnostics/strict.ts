// Diagnostics → the same, where a strict check refuses more.
import type { Message } from "./diagnostic";

/** Unknown names, and values of another type than the program says (spec 15: "unless strict", "strict only"). */
const refused = new Set(["E100", "E101", "E102", "E103", "E104", "E105", "E200"]);

/**
 * Makes errors of the warnings that strict programs must not have. What `// tova-ignore` names is not
 * among them.
 */
export function strictly<T extends Pick<Message, "code" | "severity">>(
  diagnostics: readonly T[],
): readonly T[] {
  return diagnostics.map((one) => (refused.has(one.code) ? { ...one, severity: "error" } : one));
}
