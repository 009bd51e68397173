// A program's file in, a call after each burst of changes to it or to what lies beside it out.
import { basename, dirname, join } from "node:path";
import { watch } from "chokidar";
import type { Source } from "../source";

/** Editors write a file in several steps; one build is enough for all. */
const quietMs = 60;

function isWatched(path: string, source: Source): boolean {
  const { folder, stem } = source;
  const migrations = join(folder, "migrations");
  if (path === folder || path === migrations || path === source.path) return true;
  if (dirname(path) === migrations) return path.endsWith(".sql");
  const name = basename(path);
  const isVariables = name === ".dev.vars" || name.startsWith(".dev.vars.");
  return dirname(path) === folder && (name === `${stem}.deploy.toml` || isVariables);
}

/**
 * Watches the source, the deploy file, `.dev.vars` and the migrations, also those that are yet to
 * be made, by way of their folder: many editors replace a file rather than write to it.
 * @returns a function that ends the watch
 */
export async function watchProgram(
  source: Source,
  changed: () => void,
): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(source.folder, {
    depth: 1,
    ignoreInitial: true,
    ignored: (path) => !isWatched(path, source),
  });
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMs);
  });
  await new Promise<void>((resolve) => watcher.once("ready", resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
