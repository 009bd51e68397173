// A key-value store in a file, by Bun's own SQLite: what a write costs.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const script = `
import { Database } from "bun:sqlite";
import { kvStore } from "./kv.ts";
import { kvFile } from "./kv-places.ts";
import { bunSqlite } from "./sqlite.ts";
const database = new Database(":memory:");
const store = kvStore(kvFile(bunSqlite(database)));
const puts = async () => {
  const start = performance.now();
  for (let i = 0; i < 200; i++) await store.put("key" + i, "value", { expirationTtl: 60 + i });
  return performance.now() - start;
};
for (let i = 0; i < 3; i++) await puts();
const few = await puts();
database.exec("BEGIN");
const later = Math.round(Date.now() / 1000) + 999;
for (let i = 0; i < 20_000; i++) {
  database.query("INSERT INTO kv VALUES (?, ?, ?, ?)").run("other" + i, "value".repeat(100), "null", i % 2 ? later : null);
}
database.exec("COMMIT");
console.log(JSON.stringify({ few, many: await puts(), keys: (await store.list({ prefix: "key" })).keys.length }));
`;

test("a write does not look through the whole store for what has expired", () => {
  const options = { cwd: resolve(__dirname, "../../src/runtime"), encoding: "utf8" } as const;
  const bun = resolve(__dirname, "../../../../node_modules/.bin/bun");
  const { few, many, keys } = JSON.parse(execFileSync(bun, ["--eval", script], options));
  expect(keys).toBe(200);
  expect(many).toBeLessThan(20 * few);
});
