// Values ↔ JSON text (spec 14).
import { describe, Err, Ok, type Result } from "./result";

/** The value that a JSON text holds, or why there is none. */
export function jsonParse(text: string): Result<unknown> {
  try {
    return Ok(JSON.parse(text));
  } catch (error) {
    return Err(describe(error));
  }
}

/** JSON on one line. */
export function jsonStringify(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** JSON indented by two blanks. */
export function jsonPretty(value: unknown): string {
  return JSON.stringify(value ?? null, null, 2);
}
