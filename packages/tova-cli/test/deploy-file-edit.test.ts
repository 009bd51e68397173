// Ids put into deploy files of every way of writing, without a byte of the rest touched.
import { parse } from "smol-toml";
import { addId } from "../src/deploy-file-edit";

const target = ["sql", "DB"];
const id = "01234567-89ab-cdef-0123-456789abcdef";
const line = `id = "${id}"\n`;

test.each<[string, string, string]>([
  ["an empty file gets a table", "", `[sql.DB]\n${line}`],
  [
    "a table is added at the end",
    '# why\n[kv.A]\nid = "x" # of A\n',
    `# why\n[kv.A]\nid = "x" # of A\n\n[sql.DB]\n${line}`,
  ],
  ["a missing line end is made up for", "[vars]\nA = 1", `[vars]\nA = 1\n\n[sql.DB]\n${line}`],
  ["a blank last line is enough", "[vars]\n\n", `[vars]\n\n[sql.DB]\n${line}`],
  [
    "an existing table keeps its comments",
    '[sql.DB] # ours\n# its name\nname = "x"\n[vars]\n',
    `[sql.DB] # ours\n${line}# its name\nname = "x"\n[vars]\n`,
  ],
  ["an indented table", "  [ sql . DB ]\n", `  [ sql . DB ]\n  ${line}`],
  ["a quoted table", '["sql"."DB"]\n', `["sql"."DB"]\n${line}`],
  ["an inline table", '[sql]\nDB = { name = "x" }\n', `[sql]\nDB = { id = "${id}", name = "x" }\n`],
  ["an empty inline table", "[sql]\nDB = {}\n", `[sql]\nDB = { id = "${id}" }\n`],
  ["an inline table above", "sql = { }\n", `sql = { DB.id = "${id}" }\n`],
  ["dotted keys", 'sql.DB.name = "x"\n', `sql.DB.name = "x"\nsql.DB.${line}`],
  ["dotted keys of a sibling", 'sql.A.name = "x"\n', `sql.A.name = "x"\n\n[sql.DB]\n${line}`],
  [
    "a look-alike in a long text",
    "[vars]\nA = '''\n[sql.DB]\n'''\n[sql.DB]\n",
    `[vars]\nA = '''\n[sql.DB]\n'''\n[sql.DB]\n${line}`,
  ],
  ["lines of Windows", "[sql.DB]\r\n# c\r\n", `[sql.DB]\r\nid = "${id}"\r\n# c\r\n`],
  ["a byte order mark", "\uFEFF[sql.DB]\n", `\uFEFF[sql.DB]\n${line}`],
])("%s", (_, text, expected) => {
  const edited = addId(text, target, id);
  expect(edited === null ? null : valid(edited)).toBe(expected);
});

function valid(text: string): string {
  const { sql } = parse(text.replace("\uFEFF", "")) as { sql: { DB: { id: string } } };
  expect(sql.DB.id).toBe(id);
  return text;
}

test("an environment's table is not the plain one", () => {
  const text = "[env.staging]\n[env.prod.sql.DB]\n[sql.DB]\n";
  expect(addId(text, ["env", "staging", ...target], id)).toBe(
    `${text}\n[env.staging.sql.DB]\n${line}`,
  );
  expect(addId(text, ["env", "prod", ...target], id)).toBe(
    text.replace("[env.prod.sql.DB]\n", `[env.prod.sql.DB]\n${line}`),
  );
});

test("names that need quotes get them", () => {
  expect(addId("", ["kv", "Größe"], "x")).toBe('[kv."Größe"]\nid = "x"\n');
});

test("a file with no place for it is left alone", () => {
  expect(addId('sql = [ "odd" ]\n', target, id)).toBeNull();
});
