// A program whose workers keep databases in files in, those files with all migrations applied out.
import { makeFolder } from "../artefacts";
import { type Compiled, outlineIn } from "../compiled";
import type { Logger } from "../logger";
import { localPlatform } from "../platforms";
import { readMigrations } from "./files";

/** Where, and for whom. */
export interface FilesContext {
  /** Absolute; it is made when it is not there. */
  readonly state: string;
  readonly env: string | undefined;
  readonly cwd: string;
  readonly log: Logger;
}

/** What came of it. */
export interface MigratedFiles {
  /** How many databases in files there are. */
  readonly databases: number;
  /** True when there are workers whose databases are no files. */
  readonly hasOthers: boolean;
}

/**
 * Applies migrations to the databases of workers for Deno and Bun, by their own tool.
 * @throws ProblemError when a tool is missing, or a migration was edited or fails
 */
export async function migrateServers(
  compiled: Compiled,
  context: FilesContext,
): Promise<MigratedFiles> {
  const { source, result } = compiled;
  const { state, env, cwd, log } = context;
  const migrations = await readMigrations(source, cwd);
  let hasOthers = false;
  let databases = 0;
  for (const worker of result.workers) {
    const apply = localPlatform(worker.target)?.migrate;
    hasOthers ||= apply === undefined;
    const bindings = outlineIn(worker, env).sql.map(({ binding }) => binding);
    if (apply === undefined || bindings.length === 0) continue;
    databases += bindings.length;
    await makeFolder(state);
    const applied = await apply({ folder: source.folder, state, bindings, migrations });
    for (const [binding, names] of applied) {
      log.info(`${binding}: ${names.length === 0 ? "up to date" : `applied ${names.join(", ")}`}`);
    }
  }
  return { databases, hasOthers };
}
