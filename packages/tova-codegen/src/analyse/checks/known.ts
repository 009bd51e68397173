// What may be certain about the type of a value, without running the program.
import type { Variable } from "../scope";

export type Known =
  | { readonly kind: "nil" | "text" | "truth" | "list" | "function" | "object" | "promise" }
  /** What an asynchronous generator yields. */
  | { readonly kind: "asyncValues" }
  /** `whole` is false for a number with a fraction, null when it may be either. */
  | { readonly kind: "number"; readonly whole: boolean | null }
  | { readonly kind: "record" | "variant" | "variants"; readonly of: Variable }
  /** A Result or Option of which the case is known. */
  | { readonly kind: "case"; readonly name: string };
