// Files in, a folder of its own that a test may do anything with out; a recording logger too.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Logger } from "../src/logger";

/** A temporary folder; the test removes it. */
export interface Workspace {
  readonly folder: string;
  /** Absolute path of a file in the folder. */
  path(name: string): string;
  write(name: string, text: string | Uint8Array): string;
  remove(): void;
}

/** A temporary folder with the given files; names may have folders in them. */
export function createWorkspace(files: Readonly<Record<string, string | Uint8Array>>): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "tova-cli-"));
  const path = (name: string) => join(folder, name);
  const write = (name: string, text: string | Uint8Array): string => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
    return path(name);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return { folder, path, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Keeps what it is told, by level. */
export function createRecorder(): Logger & {
  readonly infos: string[];
  readonly warnings: string[];
  readonly errors: string[];
} {
  const infos: string[] = [];
  const warnings: string[] = [];
  const errors: string[] = [];
  return {
    infos,
    warnings,
    errors,
    info: (text) => void infos.push(text),
    warn: (text) => void warnings.push(text),
    error: (text) => void errors.push(text),
  };
}
