// A node of the typed tree and a change → the node with every part changed; unchanged parts are shared.

/** Changes what is directly inside a node or list; gives the same one back when nothing changes. */
export function mapParts<T extends object>(node: T, change: <U extends object>(part: U) => U): T {
  let changed = false;
  const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
    if (typeof value !== "object" || value === null) return [key, value];
    const next = change(value as object);
    if (next !== value) changed = true;
    return [key, next];
  });
  if (!changed) return node;
  const parts: unknown = Array.isArray(node)
    ? entries.map(([, value]) => value)
    : Object.fromEntries(entries);
  return parts as T;
}

/** The node or list, its parts, and theirs. */
export function* walk(node: object): Generator<{ readonly kind?: string }> {
  yield node;
  for (const value of Object.values(node)) {
    if (typeof value === "object" && value !== null) yield* walk(value);
  }
}
