// The checker against D1 itself: what it calls wrong D1 refuses, and what D1 refuses it calls wrong.
import { Log, LogLevel, Miniflare } from "miniflare";
import { diagnose, programOf, quoted, tables } from "./cases";

interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<unknown>;
}

interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): Promise<unknown>;
}

let miniflare: Miniflare;
let database: Database;

beforeAll(async () => {
  miniflare = new Miniflare({
    script: "",
    modules: true,
    cf: false,
    d1Databases: ["DB"],
    log: new Log(LogLevel.NONE),
  });
  database = (await miniflare.getD1Database("DB")) as unknown as Database;
  await database.prepare(`${tables.trim()}`).all();
});

afterAll(() => miniflare.dispose());

const rep = (text: string, count: number, glue = ", ") => Array(count).fill(text).join(glue);

/** Why D1 refuses a call; null when it takes it. */
async function refusal(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const prepare = (sql: string, values: number) =>
  refusal(() => {
    const statement = database.prepare(sql);
    return (values === 0 ? statement : statement.bind(...Array(values).fill(1))).all();
  });

const good: readonly (readonly [string, number?])[] = [
  ["CREATE TABLE power (id INTEGER PRIMARY KEY, n REFERENCES subtype(id))"],
  ["CREATE TABLE IF NOT EXISTS main.subtype(id INTEGER PRIMARY KEY)"],
  ["CREATE UNIQUE INDEX power_n ON power (n)"],
  ["INSERT OR IGNORE INTO main.subtype(id) VALUES (abs(1))"],
  [
    "WITH median(x) AS (SELECT 1), percentile (y) AS (SELECT 2) SELECT x, y FROM median, percentile",
  ],
  ["CREATE TRIGGER t AFTER INSERT ON power BEGIN INSERT INTO subtype(id) VALUES (new.id); END"],
  ["CREATE VIEW log10(a) AS SELECT 1"],
  ["SELECT id, title FROM notes WHERE id = ?", 1],
  ["SELECT n.id, t.tag FROM notes n LEFT JOIN tags t ON t.note = n.id"],
  ["SELECT * FROM long_notes"],
  ["INSERT INTO notes (title) VALUES (?) RETURNING id, title", 1],
  ["INSERT OR IGNORE INTO tags VALUES (1, 'a')"],
  [
    "INSERT INTO tags (note, tag) VALUES (1, 'x') ON CONFLICT (note, tag) DO UPDATE SET tag = excluded.tag",
  ],
  ["UPDATE notes SET title = ?2 WHERE id = ?1", 2],
  ["UPDATE notes SET body = ? WHERE title LIKE ? ORDER BY id LIMIT ?", 3],
  ["DELETE FROM notes WHERE size > ? ORDER BY size DESC LIMIT 1", 1],
  ["DELETE FROM notes WHERE size > 1 RETURNING id"],
  ["SELECT :a, :a, @b, $c", 3],
  ["SELECT ?3, ?", 4],
  ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n"],
  ["SELECT json_extract('{\"a\": [1]}', '$.a[0]') AS v, '{}' ->> '$.b'"],
  ["SELECT value FROM json_each('[1, 2]')"],
  [
    "SELECT highlight(search, 0, '<', '>'), bm25(search) FROM search WHERE search MATCH 'a' ORDER BY rank",
  ],
  ["SELECT row_number() OVER (PARTITION BY size ORDER BY id) FROM notes"],
  ["SELECT count(*) FILTER (WHERE size > 1), group_concat(title, ',') FROM notes"],
  ["SELECT unixepoch(), date('now', '-1 day'), strftime('%Y', 'now'), CURRENT_TIMESTAMP"],
  ["SELECT iif(1, 2, 3), coalesce(NULL, 1), hex(randomblob(4)), sqrt(2), pow(2, 3), log(2)"],
  ["SELECT 'it''s', \"title\", [title], `title` FROM notes"],
  ["SELECT title FROM main.notes"],
  ["SELECT name FROM sqlite_master"],
  ["SELECT seq FROM sqlite_sequence"],
  ["SELECT * FROM pragma_table_info('notes')"],
  ["PRAGMA table_info(notes)"],
  ["PRAGMA foreign_keys = ON"],
  ["PRAGMA defer_foreign_keys = true"],
  ["PRAGMA optimize"],
  ["EXPLAIN QUERY PLAN SELECT * FROM notes"],
  ["CREATE TABLE IF NOT EXISTS notes (id)"],
  ["CREATE TABLE IF NOT EXISTS fresh (id INTEGER, made TEXT DEFAULT (datetime('now'))) STRICT"],
  ["ALTER TABLE notes ADD COLUMN extra TEXT"],
  ["DROP TABLE IF EXISTS gone"],
  ["VALUES (1, 2)"],
  ["-- a comment\nSELECT 1 /* and\nanother */ WHERE 1 -- the end"],
  ["SELECT 1;"],
  ["SELECT 1; \n"],
  ["; SELECT 1"],
  ["SELECT '😀', 'ä' AS “x”"],
  ["ANALYZE"],
  ["REINDEX"],
  [`SELECT ${rep("?", 100)}`, 100],
  [rep("SELECT 1", 5, " UNION ALL ")],
  [`INSERT INTO notes (title) VALUES ${rep("('a')", 300)}`],
  [`SELECT '${"x".repeat(99_000)}'`],
];

const bad: readonly (readonly [string, string, number?])[] = [
  ["E_SQL_UNKNOWN_TABLE", "SELECT * FROM note"],
  ["E_SQL_UNKNOWN_TABLE", "SELECT * FROM temp.notes"],
  ["E_SQL_UNKNOWN_TABLE", "DELETE FROM note LIMIT 1"],
  ["E_SQL_UNKNOWN_COLUMN", "SELECT titel FROM notes"],
  ["E_SQL_UNKNOWN_COLUMN", "INSERT INTO notes (titel) VALUES (1)"],
  ["E_SQL_UNKNOWN_COLUMN", "UPDATE notes SET titel = 1"],
  ["E_SQL_UNKNOWN_COLUMN", "SELECT n.titel FROM notes n"],
  ["E_SQL_UNKNOWN_COLUMN", "SELECT [titel] FROM notes"],
  ["E_SQL_SYNTAX", "SELEC 1"],
  ["E_SQL_SYNTAX", "SELECT 1 FROM"],
  ["E_SQL_SYNTAX", "SELECT 'abc"],
  ["E_SQL_SYNTAX", "SELECT (1"],
  ["E_SQL_SYNTAX", "SELECT 1 SELECT 2"],
  ["E_SQL_SYNTAX", "SELECT # FROM notes"],
  ["E_SQL_INVALID", "SELECT nosuch(1)"],
  ["E_SQL_INVALID", "SELECT coalesce(1)"],
  ["E_SQL_INVALID", "INSERT INTO notes (id, title) VALUES (1)"],
  ["E_SQL_INVALID", "SELECT id FROM notes a JOIN notes b"],
  ["E_SQL_INVALID", "SELECT 1 UNION SELECT 1, 2"],
  ["E_SQL_INVALID", "SELECT max(id) FROM notes WHERE max(id) > 1"],
  ["E_SQL_INVALID", "UPDATE long_notes SET title = 1"],
  ["E_SQL_INVALID", `SELECT ${rep("?", 101)}`, 101],
  ["E_SQL_INVALID", rep("SELECT 1", 6, " UNION ALL ")],
  ["E_SQL_INVALID", `SELECT ${rep("1", 120, " + ")}`],
  ["E_SQL_INVALID", `SELECT '${"x".repeat(100_001)}'`],
  ["E_SQL_INVALID", `CREATE TABLE wide (${Array.from({ length: 101 }, (_, i) => `c${i}`)})`],
  ["E_SQL_BIND_COUNT", "SELECT ?"],
  ["E_SQL_BIND_COUNT", "SELECT 1", 1],
  ["E_SQL_BIND_COUNT", "SELECT ?, ?", 1],
  ["E_SQL_BIND_COUNT", "SELECT ?", 2],
  ["E_SQL_BIND_COUNT", "SELECT ?5", 1],
  ["E_SQL_BIND_COUNT", "SELECT :a, :a", 2],
  ["E_SQL_BIND_COUNT", "DELETE FROM notes WHERE size > ? ORDER BY id LIMIT ?", 1],
  ["E_SQL_STATEMENTS", ""],
  ["E_SQL_STATEMENTS", "  \n"],
  ["E_SQL_STATEMENTS", "-- nothing"],
  ["E_SQL_STATEMENTS", ";"],
  ["E_SQL_STATEMENTS", "DELETE FROM notes WHERE id = ?; SELECT 1", 1],
  ["W_SQL_STATEMENTS", "SELECT 1;;"],
  ["W_SQL_STATEMENTS", "SELECT 1; -- the end"],
  ["E_SQL_NOT_ON_D1", "BEGIN TRANSACTION"],
  ["E_SQL_NOT_ON_D1", "COMMIT"],
  ["E_SQL_NOT_ON_D1", "SAVEPOINT a"],
  ["E_SQL_NOT_ON_D1", "ATTACH ':memory:' AS other"],
  ["E_SQL_NOT_ON_D1", "VACUUM"],
  ["E_SQL_NOT_ON_D1", "CREATE TEMP TABLE t (a)"],
  ["E_SQL_NOT_ON_D1", "CREATE TABLE _cf_mine (a)"],
  ["W_SQL_NOT_ON_D1", "PRAGMA journal_mode = WAL"],
  ["W_SQL_NOT_ON_D1", "PRAGMA user_version"],
  ["W_SQL_NOT_ON_D1", "CREATE VIRTUAL TABLE r USING rtree(id, a, b)"],
  ["W_SQL_NOT_ON_D1", "SELECT sqlite_version()"],
  ["W_SQL_NOT_ON_D1", "SELECT power(2, 3)"],
  ["W_SQL_NOT_ON_D1", "SELECT ceiling(1.5)"],
  ["W_SQL_NOT_ON_D1", "SELECT log10(100)"],
  ["W_SQL_NOT_ON_D1", "SELECT if(1, 2, 3)"],
  ["W_SQL_NOT_ON_D1", "SELECT median(1)"],
  ["W_SQL_NOT_ON_D1", "SELECT json_pretty('{}')"],
  ["W_SQL_NOT_ON_D1", "WITH a AS (SELECT power(2, (3)) AS b) SELECT 1, b FROM a"],
];

const cases = [
  ...good.map(([sql, values = 0]) => ({ code: null, sql, values })),
  ...bad.map(([code, sql, values = 0]) => ({ code, sql, values })),
];

/** The codes found of each case, of all in one program: a case a line. */
const found = (() => {
  const lines = cases.map(({ sql, values }) => {
    const bind = values === 0 ? "" : `.bind(${Array(values).fill("1").join(", ")})`;
    return `DB.prepare(${quoted(sql)})${bind}.all()`;
  });
  const source = programOf(lines.join("\n"));
  const first = source.slice(0, source.indexOf("DB.prepare")).split("\n").length;
  const codes = lines.map((): string[] => []);
  for (const { line, code } of diagnose(source)) codes[line - first]?.push(code);
  return codes;
})();

test.each(cases.map((one, i) => ({ ...one, i, name: one.sql.slice(0, 80) })))(
  "agrees with D1: $name",
  async ({ code, sql, values, i }) => {
    expect(found[i]).toEqual(code === null ? [] : [code]);
    const reason = await prepare(sql, values);
    expect(reason === null).toBe(code === null);
  },
);

test.each<[string, string | null]>([
  ["SELECT 1", null],
  ["CREATE TABLE IF NOT EXISTS one (a)\n\n  CREATE TABLE IF NOT EXISTS two (a);  \n", null],
  ["DELETE FROM tags; DELETE FROM notes", null],
  ["CREATE TABLE IF NOT EXISTS three (\n  a\n)", "E_SQL_SYNTAX"],
  ["SELECT 1 WHERE ?", "E_SQL_BIND_COUNT"],
  ["DELETE FROM tags; -- all", "W_SQL_STATEMENTS"],
  ["-- nothing", "E_SQL_STATEMENTS"],
  ["", "E_SQL_STATEMENTS"],
])("agrees with D1 about exec: %j", async (sql, code) => {
  const found = diagnose(programOf(`DB.exec(${quoted(sql)})`)).map((one) => one.code);
  // What is wrong with the first line is wrong with those that were its rest.
  expect(found.slice(0, 1)).toEqual(code === null ? [] : [code]);
  const refused = await refusal(() => database.exec(sql));
  expect(refused).toEqual(code === null ? null : expect.any(String));
});
