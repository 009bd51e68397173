// Statements in, what the checker finds of them out: with the tables that the tests share.
import { type CompileResult, compile } from "tova-codegen";
import { checkSql } from "../../src/sql/check";

/** The migrations of the tests. */
export const tables = `
CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, body TEXT, size INT);
CREATE TABLE tags (note INTEGER REFERENCES notes (id), tag TEXT, PRIMARY KEY (note, tag)) WITHOUT ROWID;
CREATE INDEX tags_by_tag ON tags (tag);
CREATE VIEW long_notes AS SELECT * FROM notes WHERE size > 100;
CREATE VIRTUAL TABLE search USING fts5(title, body);
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO search (title, body) VALUES (new.title, new.body);
END;
`;

/** Files in the order they apply. */
export type MigrationFiles = readonly { readonly name: string; readonly sql: string }[];

const migrations: MigrationFiles = [{ name: "migrations/0001_init.sql", sql: tables }];

/** Checks a whole program. */
export function diagnose(source: string, files: MigrationFiles = migrations) {
  const { sql }: CompileResult = compile(source, { fileName: "app.tova" });
  if (sql === null) throw new Error("no databases");
  const migrationFor = (table: string) => `migrations/0002_create_${table}.sql`;
  const program = { fileName: "app.tova", text: source, migrations: { files, migrationFor } };
  return checkSql(sql, program);
}

/** A program whose route runs this code. */
export const programOf = (body: string): string =>
  `edge "api" {\n  sql DB\n  route GET "/" => fn(req, params) {\n${body}\n  }\n}\n`;

/** A string of the language. */
export const quoted = (text: string): string =>
  `"${text
    .replace(/["\\{}]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")}"`;
