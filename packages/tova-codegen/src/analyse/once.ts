// What is looked for → the same, looked for when it is first asked for, and then kept.

/** The same function, which looks but once. */
export function once<T>(look: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: look() };
    return found.value;
  };
}
