// Workers for Bun in, each run by `bun` on this machine out.
import { listeningPlatform } from "./listening";

export const bun = listeningPlatform({
  target: "bun",
  tool: { name: "bun", site: "https://bun.com/docs/installation" },
  args: (prelude) => ["run", "--no-install", prelude],
  replace: `
const $serve = Bun.serve;
Bun.serve = (options) => {
  const server = $serve({ ...options, port: 0, hostname: "127.0.0.1" });
  $listening(server.port);
  return server;
};
Bun.cron = (cron, run) => $schedule(run);
`,
  open: `
const $open = async (file) => {
  const { Database } = await import("bun:sqlite");
  const database = new Database(file);
  return {
    exec: (sql) => void database.exec(sql),
    all: (sql, values) => database.query(sql).all(...values),
    close: () => database.close(),
  };
};
`,
});
