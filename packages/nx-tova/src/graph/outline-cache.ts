// Keeps what was read of each source file between runs of Nx, by content: key in, outline out.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileOutline } from "./block";
import type { FileStates } from "./file-state";

/** An outline, and the states of the files beside the source that it stands on. */
export interface CachedOutline {
  readonly outline: FileOutline;
  readonly files: FileStates;
}

/** Outlines of one run of the plugin. Made by {@link openOutlineCache}. */
export interface OutlineCache {
  get(key: string): CachedOutline | undefined;
  set(key: string, outline: CachedOutline): void;
  /** Writes what this run used, unless the file already holds exactly that. */
  save(): void;
}

function readEntries(path: string): Record<string, CachedOutline> {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // Missing, or left half-written by an old version: everything is read anew.
    return {};
  }
}

/** Renamed into place, so that two Nx processes never read each other's half. */
function writeEntries(path: string, entries: Record<string, CachedOutline>): void {
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
  const used: Record<string, CachedOutline> = {};
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
        keys.length === Object.keys(stored).length &&
        keys.every((key) => used[key] === stored[key]);
      if (!unchanged) writeEntries(path, used);
    },
  };
}
