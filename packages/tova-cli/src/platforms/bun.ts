// Workers for Bun in, each run by `bun` on this machine out.
import type { BlockOutline } from "tova-codegen";
import { listeningPlatform } from "./listening";

/** Whether the shell says where the worker's buckets are, and so wants others than those of this machine. */
function namesBuckets({ storage }: BlockOutline): boolean {
  const names = [
    "S3_ENDPOINT",
    "AWS_ENDPOINT",
    ...storage.map(({ binding }) => `${binding}_BUCKET`),
  ];
  return names.some((name) => (process.env[name] ?? "") !== "");
}

export const bun = listeningPlatform({
  target: "bun",
  tool: { name: "bun", site: "https://bun.com/docs/installation" },
  args: (prelude) => ["run", "--no-install", prelude],
  wantsAws: ({ outline }) => outline.storage.length > 0 && !namesBuckets(outline),
  // Bun takes these before those of AWS (bun.com/docs/runtime/s3, "Credentials").
  env: (_, aws): Record<string, string> =>
    aws === null
      ? {}
      : { S3_ENDPOINT: aws.url, S3_ACCESS_KEY_ID: "tova", S3_SECRET_ACCESS_KEY: "tova" },
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
