// Faults that a test has prepared and a request in, the fault that befalls this request out.

/** Something that goes wrong once. */
export type Fault = {
  /** Of the request it befalls; `path` is below the account. */
  readonly method: string;
  readonly path: RegExp;
  /** How many such requests it spares first. @default 0 */
  after?: number;
} & (
  | {
      readonly kind: "status";
      readonly status: number;
      readonly code: number;
      readonly message: string;
      /** Seconds. */
      readonly retryAfter?: string;
    }
  /** The connection ends without an answer, before or after the request was carried out. */
  | { readonly kind: "cut before" | "cut after" }
  /** No answer ever comes. */
  | { readonly kind: "silence" }
);

/** Takes the first that fits from the list. */
export function faultFor(
  faults: Fault[],
  { method, path }: { readonly method: string; readonly path: string },
): Fault | undefined {
  const at = faults.findIndex((fault) => fault.method === method && fault.path.test(path));
  const fault = faults[at];
  if (fault === undefined) return undefined;
  if (fault.after !== undefined && fault.after > 0) {
    fault.after -= 1;
    return undefined;
  }
  faults.splice(at, 1);
  return fault;
}

/** The server has too much to do. */
export const tooMany = (method: string, path: RegExp): Fault => ({
  method,
  path,
  kind: "status",
  status: 429,
  code: 10429,
  message: "Too many requests",
  retryAfter: "0",
});

/** The server has failed. */
export const broken = (method: string, path: RegExp): Fault => ({
  method,
  path,
  kind: "status",
  status: 500,
  code: 10001,
  message: "Internal error",
});

/** The server takes the question and is never heard of again. */
export const silent = (method: string, path: RegExp): Fault => ({ method, path, kind: "silence" });
