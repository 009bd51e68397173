// Messages on command lines and on faults of the tool itself.
import { problem } from "./problem";

/** Part of `problems`. */
export const toolProblems = {
  unknownCode: problem<{ code: string; meant: string | null }>(
    "T091",
    "error",
    ({ code }) => `\`${code}\` is not a code of the compiler's diagnostics.`,
    ({ code, meant }) => {
      if (meant !== null) return `Did you mean \`${meant}\`?`;
      return /^T\d/i.test(code)
        ? "Codes that begin with T are of the tool: their help is all there is to say."
        : "Codes stand in brackets in each diagnostic, as in error[E202].";
    },
  ),
  tooManyWarnings: problem<{ path: string; warnings: number; most: number }>(
    "T109",
    "error",
    ({ path, warnings, most }) =>
      `\`${path}\` has ${warnings} ${warnings === 1 ? "warning" : "warnings"}, and ${most} would be allowed.`,
    () => "Mend them, or write `// tova-ignore CODE` above those that are meant.",
  ),
  usage: problem<{ reason: string; command: string }>(
    "T090",
    "error",
    ({ reason }) => reason,
    ({ command }) => `See \`${command} --help\`.`,
  ),
  internal: problem<{ reason: string }>(
    "T099",
    "error",
    ({ reason }) => `Something unexpected went wrong: ${reason}`,
    () => "This is a fault of tova: please report it with the output of TOVA_DEBUG=1.",
  ),
};
