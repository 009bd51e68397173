// A code, its severity and its sentences → the function that call sites make its message with.
import type { Message, Severity } from "./diagnostic";

/** Sentences may depend on `Args`, an object of what the call site found. */
export function define<Args>(
  code: string,
  severity: Severity,
  message: (args: Args) => string,
  help?: string | ((args: Args) => string),
): (args: Args) => Message {
  return (args) => {
    const text = typeof help === "function" ? help(args) : help;
    return {
      code,
      severity,
      message: message(args),
      ...(text === undefined ? {} : { help: text }),
    };
  };
}
