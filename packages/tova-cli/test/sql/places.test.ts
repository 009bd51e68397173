// Where findings stand inside strings, and texts that nobody would write.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnose, type MigrationFiles, programOf, quoted } from "./cases";

const diagnoseStatement = (sql: string, files?: MigrationFiles) =>
  diagnose(programOf(`DB.prepare(${quoted(sql)}).all()`), files);

/** What each finding is about, in the source. */
function marked(body: string) {
  const source = programOf(body);
  return diagnose(source).map(({ code, range }) => [code, source.slice(range.from, range.to)]);
}

test.each<[string, string, string, string]>([
  [
    "an escaped string",
    '"SELECT \\"title\\",\\n\\ttitel FROM notes"',
    "E_SQL_UNKNOWN_COLUMN",
    "titel",
  ],
  [
    "characters beyond ASCII",
    "\"SELECT 'ä😀', titel FROM notes\"",
    "E_SQL_UNKNOWN_COLUMN",
    "titel",
  ],
  ["lines", '"""\n      SELECT *\n        FROM note\n    """', "E_SQL_UNKNOWN_TABLE", "note"],
  [
    "lines that end in CR LF",
    '"""\r\n      SELECT *\r\n      FORM notes\r\n    """',
    "E_SQL_SYNTAX",
    "FORM",
  ],
  ["a column that is also a table", '"SELECT note FROM note"', "E_SQL_UNKNOWN_TABLE", "note"],
  ["values that are missing", '"SELECT ?1, ?2, ?1"', "E_SQL_BIND_COUNT", "?1"],
  [
    "a text in double quotes",
    "'SELECT id FROM notes WHERE title = \"x\"'",
    "W_SQL_QUOTED_TEXT",
    '"x"',
  ],
])("a finding in %s", (_, literal, code, text) => {
  expect(marked(`DB.prepare(${literal}).all()`)).toEqual([[code, text]]);
});

test("a value too many is shown where it is given, one too few at its place in the text", () => {
  expect(marked('DB.prepare("SELECT ?").bind(1, req.url).all()')).toEqual([
    ["E_SQL_BIND_COUNT", "req.url"],
  ]);
  const source = programOf('DB.prepare("SELECT ?, ?").bind(1).all()');
  expect(diagnose(source)[0]?.range.from).toBe(source.indexOf("?, ?") + 3);
});

test("tables that the program makes are known, with their columns", () => {
  const make = 'DB.exec("CREATE TABLE IF NOT EXISTS cache (key TEXT, value TEXT)")';
  const use = (column: string) => `DB.prepare("SELECT ${column} FROM cache").all()`;
  expect(marked(`${make}\n${use("value")}`)).toEqual([]);
  expect(marked(`${make}\n${use("valeu")}`)).toEqual([["E_SQL_UNKNOWN_COLUMN", "valeu"]]);
  expect(marked(`params.use(DB)\n${use("value")}`)).toEqual([["W_SQL_UNKNOWN_TABLE", "cache"]]);
});

test("without migrations a missing table is a warning, once; a wrong statement an error", () => {
  const source = programOf(
    'DB.prepare("SELECT * FROM a").all()\nDB.prepare("SELECT 1 FROM a").all()\nDB.prepare("SELEC").all()',
  );
  const codes = diagnose(source, []).map(({ code }) => code);
  expect(codes).toEqual(["W_SQL_UNKNOWN_TABLE", "E_SQL_SYNTAX"]);
});

test("the seed is right with its migrations, and lacks its table without them", () => {
  const app = join(__dirname, "../../../../apps/pipeline");
  const source = readFileSync(join(app, "pipeline.tova"), "utf8");
  const name = "migrations/0001_create_images.sql";
  expect(diagnose(source, [{ name, sql: readFileSync(join(app, name), "utf8") }])).toEqual([]);
  const [missing, ...others] = diagnose(source, []);
  expect(others).toEqual([]);
  expect(missing).toMatchObject({
    code: "W_SQL_UNKNOWN_TABLE",
    message: expect.stringContaining("`images`"),
  });
  expect(source.slice(missing?.range.from, missing?.range.to)).toBe("images");
});

test("migrations: mistakes at their place, tables of before as a warning, the order of files", () => {
  const found = (...sql: string[]) => {
    const files = sql.map((text, i) => ({ name: `000${i + 1}.sql`, sql: text }));
    return diagnoseStatement("SELECT b FROM t", files).map(({ code, fileName, line, column }) => [
      code,
      fileName,
      line,
      column,
    ]);
  };
  expect(found("CREATE TABLE t (a);", "ALTER TABLE t ADD COLUMN b;")).toEqual([]);
  expect(found("CREATE TABLE t (a);", "-- ä\nALTER TABEL t ADD b;")).toEqual([
    ["E_SQL_SYNTAX", "0002.sql", 2, 7],
  ]);
  expect(found("ALTER TABLE old ADD x;\nCREATE TABLE t (b);")).toEqual([
    ["W_SQL_UNKNOWN_TABLE", "0001.sql", 1, 13],
  ]);
  expect(found("CREATE TABLE t (b);", "CREATE TABLE t (b);")).toEqual([
    ["E_SQL_INVALID", "0002.sql", 1, 14],
  ]);
});

test("a thousand statements, a text of a megabyte, NUL, deep nesting: an answer each", () => {
  const many = Array.from({ length: 1000 }, (_, i) => `INSERT INTO t VALUES ('ä', ${i});`);
  const files = [{ name: "1.sql", sql: `CREATE TABLE t (a, b);\n${many.join("\n")}` }];
  expect(diagnoseStatement("SELECT a FROM t", files)).toEqual([]);
  const codesOf = (sql: string) => diagnoseStatement(sql).map(({ code }) => code);
  expect(codesOf(`SELECT '${"x".repeat(1_000_000)}'`)).toEqual(["E_SQL_INVALID"]);
  expect(codesOf("SELECT 1\0 FROM")).toEqual(["E_SQL_SYNTAX"]);
  expect(codesOf(`SELECT ${"(".repeat(50_000)}`)).toHaveLength(1);
  expect(codesOf(`${"SELECT 1;".repeat(1000)}`)).toEqual(["W_SQL_STATEMENTS"]);
});
