// A program's file in, a call after each burst of changes to it or to what lies beside it out.
import { basename, dirname, join } from "node:path";
import { deployPathOf, type Source } from "../source";

/** Editors write a file in several steps; one build is enough for all. */
const quietMs = 60;

function isBeside(path: string, source: Source): boolean {
  const { folder } = source;
  const migrations = join(folder, "migrations");
  if (path === folder || path === migrations || path === source.path) return true;
  if (dirname(path) === migrations) return path.endsWith(".sql");
  const name = basename(path);
  const isVariables = name === ".dev.vars" || name.startsWith(".dev.vars.");
  return path === deployPathOf(source.path) || (dirname(path) === folder && isVariables);
}

/** A watch that goes on until it is closed. */
export interface ProgramWatch {
  /** Watches these files from now on, and no others outside what lies beside the program. */
  follow(files: readonly string[]): void;
  close(): Promise<void>;
}

/**
 * Watches the source, the deploy file, `.dev.vars` and the migrations, also those that are yet to
 * be made, by way of their folder: many editors replace a file rather than write to it.
 * @param imported absolute paths of imported files, watched likewise
 */
export async function watchProgram(
  source: Source,
  imported: readonly string[],
  changed: () => void,
): Promise<ProgramWatch> {
  let timer: NodeJS.Timeout | undefined;
  let files = new Set<string>();
  let folders = new Set<string>();
  // Only what goes on running needs it.
  const { watch } = await import("chokidar");
  const watcher = watch(source.folder, {
    depth: 1,
    ignoreInitial: true,
    ignored: (path) => !isBeside(path, source) && !files.has(path) && !folders.has(path),
  });
  const follow = (next: readonly string[]): void => {
    files = new Set(next);
    const around = new Set(next.map((path) => dirname(path)));
    const added = [...around].filter((folder) => !folders.has(folder));
    folders = around;
    if (added.length > 0) watcher.add(added);
  };
  follow(imported);
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs);
  });
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return {
    follow,
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
