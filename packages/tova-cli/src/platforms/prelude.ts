// A platform's way to serve in, the module that its tool runs around a worker on this machine out.

/** Opens a line that is meant for `tova` among those that a worker prints. */
export const mark = "\u0001";

/** What differs between the tools whose workers listen by themselves. */
export interface PreludeParts {
  /**
   * JavaScript that replaces the platform's ways to serve and to schedule: the port goes to
   * `$listening(port)`, a schedule to `$schedule(run)` instead of a clock, as `tova` has one.
   */
  readonly replace: string;
  /** JavaScript of `$open(file)`: a SQLite database with `exec(sql)` and `all(sql, values)`. */
  readonly open: string;
}

/**
 * Makes the module. It obeys lines of JSON on its standard input, answers each on its standard
 * output, and ends when the input does: whatever ends `tova` ends its workers.
 */
export function preludeOf({ replace, open }: PreludeParts, entry: string): string {
  return `
import process from "node:process";
import { createInterface } from "node:readline";
const $write = process.stdout.write.bind(process.stdout);
const $tell = (answer) => $write(${JSON.stringify(mark)} + JSON.stringify(answer) + "\\n");
const $schedules = [];
const $schedule = (run) => void $schedules.push(run);
let $port = null;
const $listening = (port) => { $port = port; };
${replace}
${open}
const $databases = new Map();
const $database = async (file) => {
  if (!$databases.has(file)) $databases.set(file, await $open(file));
  return $databases.get(file);
};
const $actions = {
  async all({ file, sql, values }) { return (await $database(file)).all(sql, values); },
  async batch({ file, statements }) {
    const database = await $database(file);
    database.exec("BEGIN IMMEDIATE");
    try {
      for (const { sql, values } of statements) {
        if (values.length === 0) database.exec(sql);
        else database.all(sql, values);
      }
      database.exec("COMMIT");
    } catch (error) {
      database.exec("ROLLBACK");
      throw error;
    }
  },
  async start() {
    for (const database of $databases.values()) database.close();
    await import(${JSON.stringify(entry)});
    return $port;
  },
  async scheduled({ places }) {
    const ended = await Promise.allSettled(places.map(async (at) => $schedules[at]()));
    for (const { reason } of ended) if (reason !== undefined) console.error(reason?.stack ?? reason);
    return ended.every(({ status, value }) => status === "fulfilled" && value !== false);
  },
};
createInterface({ input: process.stdin })
  .on("line", async (line) => {
    const { id, action, ...given } = JSON.parse(line);
    try {
      $tell({ id, value: (await $actions[action](given)) ?? null });
    } catch (error) {
      $tell({ id, error: String(error?.message ?? error), stack: String(error?.stack ?? error) });
    }
  })
  .on("close", () => process.exit(0));
`;
}
