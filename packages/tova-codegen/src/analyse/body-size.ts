// `"10mb"` or a number of bytes → how many bytes a body may have.

const units: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Takes what stands in the source; null for what is no size. A `kb` has 1,024 bytes. */
export function bodySize(value: string | number | boolean | null): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmg]?b)?\s*$/i.exec(String(value));
  const bytes = Number(match?.[1]) * (units[match?.[2]?.toLowerCase() ?? "b"] ?? 1);
  return Number.isSafeInteger(Math.ceil(bytes)) && bytes > 0 ? Math.ceil(bytes) : null;
}
