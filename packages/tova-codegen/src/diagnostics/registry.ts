// Every diagnostic code of the toolchain, once: severity, message and help (spec section 15).
import type { Message, Severity } from "./diagnostic";

function define<Args>(
  code: string,
  severity: Severity,
  message: (args: Args) => string,
  help?: string | ((args: Args) => string),
): (args: Args) => Message {
  return (args) => {
    const text = typeof help === "function" ? help(args) : help;
    return { code, severity, message: message(args), ...(text === undefined ? {} : { help: text }) };
  };
}

/** Call sites write `report(range, codes.immutable({ name }))`: a wrong code does not compile. */
export const codes = {
  // ── Names and control flow ─────────────────────────────────────────
  immutable: define<{ name: string }>(
    "E202",
    "error",
    ({ name }) => `\`${name}\` is immutable and cannot be assigned again.`,
    ({ name }) => `Declare it with \`var ${name} = …\` to change it later.`,
  ),
};
