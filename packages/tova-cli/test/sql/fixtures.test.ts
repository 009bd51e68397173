// The fixtures of every code about SQL: reported once, and not for the correct program close by.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../src/check";
import { createRecorder, createWorkspace } from "../workspace";

const folder = join(__dirname, "../../../tova-codegen/test/fixtures/diagnostics");

/** The codes, so that each is seen to be tested here. */
const codes = [
  "E_SQL_BIND_COUNT",
  "E_SQL_INVALID",
  "E_SQL_NOT_ON_D1",
  "E_SQL_STATEMENTS",
  "E_SQL_SYNTAX",
  "E_SQL_UNKNOWN_COLUMN",
  "E_SQL_UNKNOWN_TABLE",
  "W_SQL_NOT_ON_D1",
  "W_SQL_QUOTED_TEXT",
  "W_SQL_STATEMENTS",
  "W_SQL_UNKNOWN_COLUMN",
  "W_SQL_UNKNOWN_TABLE",
];

async function found(fixture: string): Promise<unknown> {
  const workspace = createWorkspace({
    "app.tova": readFileSync(join(folder, fixture)),
    "tables.tova": "pub fn make_tables(db) { db.withSession() }\n",
    "migrations/0001_init.sql": "CREATE TABLE notes (id TEXT PRIMARY KEY, title TEXT NOT NULL);\n",
  });
  const log = createRecorder();
  await check({ file: "app.tova", cwd: workspace.folder, format: "json", log });
  workspace.remove();
  const { diagnostics } = JSON.parse(log.infos.join("\n"));
  return diagnostics.map(({ code, severity }: { code: string; severity: string }) => [
    code,
    severity,
  ]);
}

test("all fixtures are of these codes", () => {
  const names = readdirSync(folder).flatMap((name) => /^(\w_SQL_\w+)\.tova$/.exec(name)?.[1] ?? []);
  expect(names.sort()).toEqual(codes);
});

test.each(codes)("%s", async (code) => {
  const severity = code.startsWith("E_") ? "error" : "warning";
  expect(await found(`${code}.tova`)).toEqual([[code, severity]]);
  expect(await found(`${code}.ok.tova`)).toEqual([]);
});
