// Workers for Deno in, each run by `deno` on this machine out.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { listeningPlatform } from "./listening";

export const deno = listeningPlatform({
  target: "deno",
  tool: { name: "deno", site: "https://docs.deno.com/runtime/getting_started/installation" },
  args: (prelude, code, worker) => {
    // As its own task runs it (`emit/platforms/deno-config.ts`), and with leave to read its code.
    const config = join(code, "deno.json");
    writeFileSync(config, worker.config?.text ?? "{}");
    // It runs in the folder of its stores, whose path may have a comma: that would part it in two here.
    const files = [`--allow-read=${code},.`, "--allow-write=."];
    const may = ["--allow-net", "--allow-env", ...files];
    return ["run", "--no-prompt", "--quiet", "--config", config, ...may, prelude];
  },
  env: ({ queueWait }) => ({
    KV_PATH: "./kv.sqlite3",
    TOVA_QUEUE_WAIT: String(queueWait),
    DENO_NO_UPDATE_CHECK: "1",
  }),
  replace: `
const $serve = Deno.serve;
Deno.serve = (options, handler) => {
  const onListen = ({ port }) => $listening(port);
  return $serve({ ...options, port: 0, hostname: "127.0.0.1", onListen }, handler);
};
Object.defineProperty(Deno, "cron", { value: (name, cron, run) => $schedule(run) });
`,
  open: `
const $open = async (file) => {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(file);
  return {
    exec: (sql) => void database.exec(sql),
    all: (sql, values) => database.prepare(sql).all(...values),
    close: () => database.close(),
  };
};
`,
});
