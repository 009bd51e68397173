// What all commands of `tova` share: their surroundings, and texts of their help.
import { InvalidArgumentError } from "commander";
import type { Logger } from "./logger";
import type { ExitCode } from "./report";

/** What a command is run with; tests give their own. */
export interface CommandContext {
  readonly cwd: string;
  readonly log: Logger;
  /** Of this package, for `--version`. */
  readonly version: string;
  /** What stands behind `--`, for the tool of a platform. */
  readonly toolArgs: readonly string[];
}

/** Waits for a tool and keeps its exit code; made by `runCommand`. */
export type Run = (exitCode: Promise<{ readonly exitCode: ExitCode }>) => Promise<void>;

/** Help of the argument that all commands have. */
export const fileHelp = "the .tova file; may be left out where there is only one";

/** The end of a command's help. */
export const examples = (...lines: string[]): string =>
  ["", "Examples:", ...lines.map((line) => `  $ ${line}`)].join("\n");

/** An option that may be given several times: its values in their order. */
const append = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** The option `--block`. */
export const blockOption = [
  "-b, --block <name>",
  "only this edge block, or several times (default: all)",
  append,
] as const;

/** The option `--out-dir` of commands that build before they do what they are for. */
export const buildFolderOption = [
  "-o, --out-dir <folder>",
  "where to build (default: .tova-out beside the file)",
  parseFolder,
] as const;

/** The name of a folder: an empty one would be the working directory. */
export function parseFolder(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("Give the name of a folder; `.` is the working directory.");
}

/** A number of seconds greater than none, as `--timeout` takes it. */
export function parseTimeout(text: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && seconds > 0 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError("Give a number of seconds up to 3600.");
}

/** Help of the option `--timeout`. */
export const timeoutOption = [
  "--timeout <seconds>",
  "longest wait for an answer or a run of wrangler",
] as const;
