// Keeps what was read of each source file between runs of Nx, by content: key in, outline out.
import type { FileOutline } from "./block";
import type { FileStates } from "./file-state";
import { openKept } from "./kept";

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

/** Nx's own variable, which its plugins heed too: a graph from nothing that was kept. */
const usesKept = (): boolean => process.env.NX_CACHE_PROJECT_GRAPH !== "false";

/** Opens the cache in Nx's data folder of a workspace. Entries no run uses any more are dropped. */
export function openOutlineCache(workspaceRoot: string): OutlineCache {
  const kept = openKept<Record<string, CachedOutline>>(workspaceRoot, "nx-tova-outlines.json");
  const stored = (usesKept() ? kept.read() : null) ?? {};
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
      if (!unchanged) kept.write(used);
    },
  };
}
