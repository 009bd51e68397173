// What is wrong outside a program in, a message with code, sentence and help out.
import pc from "picocolors";

/** Something wrong outside the program's text: a file, a port, an id, a missing tool. */
export interface Problem {
  /** Stable code, `T001`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** One sentence on what is wrong. */
  readonly message: string;
  /** One sentence on what to do. */
  readonly help?: string;
}

/** Stops a tool; its problems are shown without a stack trace. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[];
  /** 2 for a wrong command line, 1 for anything else. */
  readonly exitCode: 1 | 2;

  constructor(problems: Problem | readonly Problem[], exitCode: 1 | 2 = 1) {
    const list = "code" in problems ? [problems] : problems;
    super(list.map(({ code, message }) => `${code}: ${message}`).join("\n"));
    this.name = "ProblemError";
    this.problems = list;
    this.exitCode = exitCode;
  }
}

/** Makes a message: its arguments in, the finished problem out. */
export function problem<Args>(
  code: string,
  severity: Problem["severity"],
  message: (args: Args) => string,
  help?: (args: Args) => string,
): (args: Args) => Problem {
  return (args) => ({
    code,
    severity,
    message: message(args),
    ...(help === undefined ? {} : { help: help(args) }),
  });
}

/** Arguments of messages about a file. */
export interface PathArgs {
  path: string;
}

/** Arguments of messages that say why. */
export interface ReasonArgs extends PathArgs {
  reason: string;
}

/** `Done: a, b.` */
export const listed = (title: string, items: readonly string[]): string =>
  `${title}: ${items.length === 0 ? "nothing" : items.join(", ")}.`;

/** `error[T001]: sentence` and its help below, as diagnostics of the program are shown. */
export function renderProblem(shown: Problem, color = false): string {
  const paint = pc.createColors(color);
  const head = `${shown.severity}[${shown.code}]`;
  const title = shown.severity === "error" ? paint.red(head) : paint.yellow(head);
  const help = shown.help === undefined ? "" : `\n  ${paint.cyan("= help:")} ${shown.help}`;
  return `${paint.bold(title)}: ${shown.message}${help}`;
}
