// Paths in; for each a text that differs whenever what a build makes of it may differ, out.
import { hash } from "node:crypto";
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { isInstalled } from "./specifier";

/** Of files by their paths from the workspace's root. */
export type FileStates = Readonly<Record<string, string>>;

/** A short fingerprint of texts; null (a file that does not exist) differs from an empty text. */
export function fingerprint(parts: readonly (string | null)[]): string {
  const whole = parts.map((part) => (part === null ? "-" : `${part.length}:${part}`)).join("");
  return hash("sha256", whole, "hex").slice(0, 32);
}

/** Git may check a file out with other line breaks (`core.autocrlf`), and no worker is another one by them. */
export const withoutCarriageReturns = (text: string): string =>
  text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;

function stateOf(path: string, stats: Stats): string {
  // Packages change by being installed anew, which is seen without reading them.
  if (isInstalled(path)) return `${stats.mtimeMs} ${stats.size}`;
  if (stats.isDirectory()) return fingerprint(readdirSync(path).sort());
  return fingerprint([withoutCarriageReturns(readFileSync(path, "utf8"))]);
}

/** Times of files may be this many milliseconds older than the clock when they are written. */
const granularity = 20;

/** The states of one run of the plugin, each looked up once. Made by {@link openFileStates}. */
export interface FileStateReader {
  /**
   * @param since milliseconds of the clock
   * @returns null when one of them has changed since: who read it then may have read something else
   */
  read(paths: readonly string[], since: number): FileStates | null;
  /** As one is now, for a comparison with what it was. */
  current(path: string): string;
  /** True while all are as they were. */
  holds(states: FileStates): boolean;
}

interface State {
  readonly text: string;
  readonly modified: number;
}

const absent: State = { text: "absent", modified: 0 };

/** Opens a reader of files below a workspace's root, and of others by `../`. */
export function openFileStates(workspaceRoot: string): FileStateReader {
  const known = new Map<string, State>();
  const lookUp = (path: string): State => {
    const absolute = `${workspaceRoot}/${path}`;
    try {
      const stats = statSync(absolute, { throwIfNoEntry: false });
      if (stats === undefined) return absent;
      return { text: stateOf(absolute, stats), modified: stats.mtimeMs };
    } catch {
      return absent;
    }
  };
  const stateAt = (path: string): State => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const state = lookUp(path);
    known.set(path, state);
    return state;
  };
  return {
    read(paths, since) {
      const states = paths.map((path) => [path, stateAt(path)] as const);
      if (states.some(([, { modified }]) => modified >= since - granularity)) return null;
      return Object.fromEntries(states.map(([path, { text }]) => [path, text]));
    },
    current: (path) => stateAt(path).text,
    holds: (states) => Object.entries(states).every(([path, text]) => stateAt(path).text === text),
  };
}
