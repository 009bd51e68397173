// The plan of a worker for Deno → the text of its configuration file (docs.deno.com/runtime/fundamentals/configuration).
import type { WorkerPlan } from "../../model/plan";

/** What of Deno is unstable in 2.9 and needed by the worker. */
function unstable({ production }: WorkerPlan): readonly string[] {
  const { kv, produces, consumes, crons } = production;
  const usesKv = kv.length + produces.length + consumes.length > 0;
  return [...(usesKv ? ["kv"] : []), ...(crons.length > 0 ? ["cron"] : [])];
}

/** Files of stores lie where the worker is started. */
function permissions({ production }: WorkerPlan): readonly string[] {
  const { kv, sql, produces, consumes } = production;
  const files = kv.length + sql.length + produces.length + consumes.length > 0;
  return ["--allow-net", "--allow-env", ...(files ? ["--allow-read=.", "--allow-write=."] : [])];
}

/** A file's name as a word of the shell that `deno task` brings along. */
const word = (name: string): string =>
  /^[\w./-]*$/.test(name) ? name : `"${name.replace(/["\\$`]/g, "\\$&")}"`;

/**
 * Writes the file: `deno task --config deno.api.json start` runs the worker with what it may do. In
 * `permissions` of the file it would be shorter, but Deno 2.9 calls those experimental.
 */
export function emitDenoConfig(plan: WorkerPlan): string {
  const flags = unstable(plan);
  const { configFile, main } = plan;
  const parts = ["deno run --config", word(configFile ?? ""), ...permissions(plan), word(main)];
  const config = {
    ...(flags.length > 0 ? { unstable: flags } : {}),
    tasks: { start: parts.join(" ") },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * Names of schedules as `Deno.cron` takes them: 64 letters, digits, spaces, `-` and `_` at most,
 * each once.
 */
export function cronNames(names: readonly string[]): readonly string[] {
  const given = new Set<string>();
  return names.map((name) => {
    const plain = name.replace(/[^\w -]+/g, "-").slice(0, 60) || "schedule";
    let unique = plain;
    for (let count = 2; given.has(unique); count++) unique = `${plain} ${count}`;
    given.add(unique);
    return unique;
  });
}
