// Keeps what was read of each source file between runs of Nx, by content: key in, outline out.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileOutline } from "./outlines";

/** Outlines of one run of the plugin. Made by {@link openOutlineCache}. */
export interface OutlineCache {
  get(key: string): FileOutline | undefined;
  set(key: string, outline: FileOutline): void;
  /** Writes what this run used, unless the file already holds exactly that. */
  save(): void;
}

/** A short fingerprint of texts; null (a file that does not exist) differs from an empty text. */
export function fingerprint(parts: readonly (string | null)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part === null ? "-" : `${part.length}:${part}`);
  return hash.digest("hex").slice(0, 32);
}

function readEntries(path: string): Record<string, FileOutline> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Missing, or left half-written by an old version: everything is read anew.
    return {};
  }
}

/** Renamed into place, so that two Nx processes never read each other's half. */
function writeEntries(path: string, entries: Record<string, FileOutline>): void {
  const next = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(next, JSON.stringify(entries));
    renameSync(next, path);
  } catch {
    // A read-only workspace still has its graph; it is only slower.
    rmSync(next, { force: true });
  }
}

/** Opens the cache in Nx's data folder of a workspace. Entries no run uses any more are dropped. */
export function openOutlineCache(workspaceRoot: string): OutlineCache {
  const folder = process.env.NX_WORKSPACE_DATA_DIRECTORY ?? ".nx/workspace-data";
  const path = join(workspaceRoot, folder, "nx-tova-outlines.json");
  const stored = readEntries(path);
  const used: Record<string, FileOutline> = {};
  return {
    get(key) {
      const outline = stored[key];
      if (outline !== undefined) used[key] = outline;
      return outline;
    },
    set(key, outline) {
      used[key] = outline;
    },
    save() {
      const keys = Object.keys(used);
      const unchanged =
        keys.length === Object.keys(stored).length && keys.every((key) => key in stored);
      if (!unchanged) writeEntries(path, used);
    },
  };
}
