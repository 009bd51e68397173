// Keeps values as JSON in Nx's data folder of a workspace: name in, value out.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** A value of one name. Made by {@link openKept}. */
export interface Kept<T> {
  /** Null when there is none, or one left half-written by an old version. */
  read(): T | null;
  /** Renamed into place, so that two Nx processes never read each other's half. */
  write(value: T): void;
}

/** Opens what is kept in a file of that name; `nx reset` removes it. */
export function openKept<T>(workspaceRoot: string, name: string): Kept<T> {
  const folder = process.env.NX_WORKSPACE_DATA_DIRECTORY ?? ".nx/workspace-data";
  const path = resolve(workspaceRoot, folder, name);
  return {
    read() {
      try {
        return JSON.parse(readFileSync(path, "utf8"));
      } catch {
        return null;
      }
    },
    write(value) {
      const next = `${path}.${process.pid}`;
      try {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(next, JSON.stringify(value));
        renameSync(next, path);
      } catch {
        // A read-only workspace still has its graph; it is only slower.
        rmSync(next, { force: true });
      }
    },
  };
}
