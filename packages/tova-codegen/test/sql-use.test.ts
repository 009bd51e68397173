// Which texts of a program are SQL for its databases, where they stand, and what is bound to them.
import { compile } from "../src/compile";
import { placeOfSql } from "../src/sql";

function useIn(body: string, shared = "") {
  const source = `${shared}\nedge "api" {\n  sql DB\n  sql LOGS\n  route GET "/" => fn(req, params) {\n${body}\n  }\n}\n`;
  const { sql } = compile(source, { fileName: "app.tova" });
  if (sql === null) throw new Error("no databases");
  const texts = sql.texts.map(({ kind, databases, text, binds }) => ({
    kind,
    databases,
    text,
    binds: binds.map(({ values }) => values.length),
  }));
  const open = sql.databases.filter(({ isOpen }) => isOpen).map(({ name }) => name);
  return { source, sql, texts, open };
}

const prepared = (text: string, binds: number[] = [], databases = ["DB"]) => {
  return { kind: "prepare", databases, text, binds };
};

test("a program without databases has no SQL", () => {
  const source = 'edge "a" { kv K route GET "/" => fn() { K.prepare("SELECT 1") } }';
  expect(compile(source, { fileName: "a.tova" }).sql).toBeNull();
});

test.each<[string, string, ReturnType<typeof prepared>[]]>([
  ["a literal", 'DB.prepare("SELECT 1").first()', [prepared("SELECT 1", [0])]],
  ["a statement that is passed on", 'f(DB.prepare("SELECT ?"))', [prepared("SELECT ?")]],
  ["values", 'DB.prepare("SELECT ?, ?").bind(1, 2).all()', [prepared("SELECT ?, ?", [2])]],
  ["a spread", 'DB.prepare("SELECT ?").bind(...params).all()', [prepared("SELECT ?")]],
  ["named values", 'DB.prepare("SELECT ?").bind(a: 1, b: 2).all()', [prepared("SELECT ?", [1])]],
  ["another database", 'LOGS.prepare("SELECT 1").run()', [prepared("SELECT 1", [0], ["LOGS"])]],
  ["a constant", 'sql = "SELECT 1"\nDB.prepare(sql).first()', [prepared("SELECT 1", [0])]],
  [
    "joined texts, constants in them",
    'columns = "id, name"\nDB.prepare("SELECT {columns} " ++ "FROM t").first()',
    [prepared("SELECT id, name FROM t", [0])],
  ],
  [
    "branches",
    'sql = if params.a { "SELECT 1" } else { "SELECT 2" }\nDB.prepare(sql).first()',
    [prepared("SELECT 1", [0]), prepared("SELECT 2", [0])],
  ],
  [
    "a name for the database, a session of it",
    'db = DB.withSession("first-primary")\ndb.prepare("SELECT 1").first()',
    [prepared("SELECT 1", [0])],
  ],
  [
    "a statement with a name",
    's = DB.prepare("SELECT ?")\ns.bind(1).run()\ns.bind(1, 2).run()',
    [prepared("SELECT ?", [1, 2])],
  ],
  [
    "a batch",
    'DB.batch([DB.prepare("SELECT 1"), DB.prepare("SELECT ?").bind(1)])',
    [prepared("SELECT 1", [0]), prepared("SELECT ?", [1])],
  ],
  [
    "pipes",
    '"SELECT ?" |> DB.prepare() |> .bind(1) |> .run()\n1 |> DB.prepare("SELECT ?, ?").bind(2)',
    [prepared("SELECT ?", [1]), prepared("SELECT ?, ?", [2])],
  ],
  ["an interpolation", 'DB.prepare("SELECT {params.a}").first()', []],
  ["methods of anything else", 'req.prepare("SELECT 1")\nMath.exec("x")', []],
])("finds %s", (_, body, expected) => {
  expect(useIn(body).texts).toEqual(expected);
});

test("follows parameters of functions whose every call is seen", () => {
  const shared = `
fn load(db, table_sql, id) { db.prepare(table_sql).bind(id).first() }
`;
  const body = 'load(DB, "SELECT 1 WHERE ?", 1)\nload(LOGS, "SELECT 2 WHERE ?", 2)';
  const both = ["DB", "LOGS"];
  expect(useIn(body, shared).texts).toEqual([
    prepared("SELECT 1 WHERE ?", [1], both),
    prepared("SELECT 2 WHERE ?", [1], both),
  ]);
  expect(useIn(`${body}\nmap([DB], load)`, shared).texts).toEqual([]);
  expect(useIn(body, shared.replace("fn", "pub fn")).texts).toEqual([]);
});

test("two workers that share code share its SQL", () => {
  const block = (name: string) =>
    `edge "${name}" { sql DB  route GET "/${name}" => fn() { count() } }`;
  const source = `fn count() { DB.prepare("SELECT 1").first() }\n${block("a")}\n${block("b")}`;
  expect(compile(source, { fileName: "a.tova" }).sql?.texts).toHaveLength(1);
});

test.each([
  ["a text that is a query from its beginning", 'DB.prepare("SELECT {params.a}")', []],
  [
    "a query that grows",
    'var q = "SELECT 1"\nif params.a { q = q ++ params.a }\nq += " "\nDB.prepare(q)',
    [],
  ],
  ["a text that nothing is known of", "DB.prepare(params.sql)", ["DB"]],
  ["a definition with a name put in", 'DB.exec("CREATE TABLE {params.name} (a)")', ["DB"]],
  ["a database given away", "params.use(DB)", ["DB"]],
  ["a database in an object", "x = { db: LOGS }\nx", ["LOGS"]],
  ["a database given to a function that is seen", "load(DB)", []],
])("knows whether others may make tables: %s", (_, body, open) => {
  expect(useIn(body, 'fn load(db) { db.prepare("SELECT 1").first() }').open).toEqual(open);
});

test("takes every text that makes a table for one, wherever it goes", () => {
  const body = 'params.run("/* first */ CREATE TABLE IF NOT EXISTS cache (a)")\n"Create a note"';
  const both = ["DB", "LOGS"];
  expect(useIn(body).texts).toEqual([
    { kind: "definition", databases: both, text: expect.stringMatching(/cache/), binds: [] },
    { kind: "definition", databases: both, text: "Create a note", binds: [] },
  ]);
});

test.each([
  ["plain text", '"SELECT §x§"'],
  ["escapes and characters beyond ASCII", '"SELECT \\"ä😀\\" AS \\\'a\\\',\\n\\t§x§, 1"'],
  ["an indented text", '"""\n      SELECT *\n        FROM §x§\n      WHERE 1\n    """'],
  ["CR LF", '"""\r\n      SELECT *\r\n        FROM §x§\r\n    """'],
  ["a constant put in", '"SELECT {part} FROM t"'],
])("places parts of %s in the source", (_, literal) => {
  const marked = literal.includes("§")
    ? `DB.prepare(${literal}).all()`
    : `part = "a, §x§"\nDB.prepare(${literal}).all()`;
  const { source, sql } = useIn(marked.replaceAll("§", ""));
  const [text] = sql.texts;
  if (!text) throw new Error("not found");
  const from = text.text.search(/\bx\b/);
  const place = placeOfSql(text, { from, to: from + 1 });
  expect(source.slice(0, place.from)).toBe(useIn(marked).source.split("§")[0]);
  expect(source.slice(place.from, place.to)).toBe("x");
});
