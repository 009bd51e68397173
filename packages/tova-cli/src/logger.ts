// Where the tools write: lines for the user in, text on stdout and stderr out.

/** Receives finished text, one call a message; made by the caller of a tool, read by every tool. */
export interface Logger {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** @default false */
  readonly color?: boolean;
}

/** Colour is for people at a terminal: never in a pipe, never against NO_COLOR (no-color.org). */
function wantsColor(env: NodeJS.ProcessEnv, isTTY: boolean): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTTY && env.TERM !== "dumb";
}

/** Results go to stdout; warnings and errors to stderr, so that a pipe carries only results. */
export const consoleLogger: Logger = {
  info: (text) => void process.stdout.write(`${text}\n`),
  warn: (text) => void process.stderr.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  get color() {
    return wantsColor(process.env, process.stdout.isTTY === true && process.stderr.isTTY === true);
  },
};
