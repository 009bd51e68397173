// Codes of the SQL that programs hand to their databases, and of migrations.
import { define } from "./define";
import { nearest, suggest } from "./nearest";

/** A name, and what it may have been meant for. */
export interface UnknownName {
  readonly name: string;
  readonly known: readonly string[];
}

export interface UnknownTable extends UnknownName {
  /** A file to create it in. */
  readonly migration: string;
}

function createTable({ name, known, migration }: UnknownTable): string {
  const meant = nearest(name, known);
  if (meant !== null) return `Did you mean \`${meant}\`?`;
  return `Create it in a migration, for example \`${migration}\`.`;
}

const chooseColumn = ({ name, known }: UnknownName): string =>
  known.length === 0
    ? "Name a column of a table that the statement uses."
    : suggest(name, known.slice(0, 20));

export const sqlCodes = {
  sqlSyntax: define<{ reason: string; isLine: boolean }>(
    "E_SQL_SYNTAX",
    "error",
    ({ reason }) => `This is not valid SQL: ${reason}.`,
    ({ isLine }) =>
      isLine
        ? "Write each statement on one line, as `exec` runs every line on its own, or use `prepare`."
        : "Correct the statement here; D1 speaks the SQL of SQLite.",
  ),
  unknownTable: define<UnknownTable>(
    "E_SQL_UNKNOWN_TABLE",
    "error",
    ({ name }) => `There is no table \`${name}\`.`,
    createTable,
  ),
  tableNotSeen: define<UnknownTable>(
    "W_SQL_UNKNOWN_TABLE",
    "warning",
    ({ name }) => `No migration and no statement of the program creates the table \`${name}\`.`,
    createTable,
  ),
  unknownColumn: define<UnknownName>(
    "E_SQL_UNKNOWN_COLUMN",
    "error",
    ({ name }) => `There is no column \`${name}\`.`,
    chooseColumn,
  ),
  columnNotSeen: define<UnknownName>(
    "W_SQL_UNKNOWN_COLUMN",
    "warning",
    ({ name }) => `No migration and no statement of the program makes the column \`${name}\`.`,
    chooseColumn,
  ),
  sqlInvalid: define<{ reason: string }>(
    "E_SQL_INVALID",
    "error",
    ({ reason }) => `The database will refuse this statement: ${reason}.`,
    "Correct the statement here; D1 speaks the SQL of SQLite.",
  ),
  bindCount: define<{ parameters: number; values: number; isExec: boolean }>(
    "E_SQL_BIND_COUNT",
    "error",
    ({ parameters, values }) =>
      `The statement takes ${counted(parameters, "value")}, and ${values === 0 ? "none" : values} ${values > 1 ? "are" : "is"} bound to it.`,
    ({ parameters, isExec }) => {
      if (isExec) return "Use `prepare(…).bind(…).run()`: `exec` takes no values.";
      return parameters === 0
        ? "Remove `.bind(…)`, or write `?` where the values belong."
        : `Call \`.bind(…)\` with ${counted(parameters, "value")}.`;
    },
  ),
  emptySql: define<object>(
    "E_SQL_STATEMENTS",
    "error",
    () => "There is no statement in this text.",
    "Write a statement, or leave the call out.",
  ),
  earlierParameters: define<object>(
    "E_SQL_STATEMENTS",
    "error",
    () => "A statement with a parameter is followed by another one.",
    "Prepare each statement on its own and run them together with `batch([…])`.",
  ),
  severalStatements: define<{ count: number }>(
    "W_SQL_STATEMENTS",
    "warning",
    ({ count }) =>
      `This text holds ${count} statements, of which only the last one gives its rows.`,
    "Prepare each statement on its own and run them together with `batch([…])`.",
  ),
  restOfSql: define<object>(
    "W_SQL_STATEMENTS",
    "warning",
    () => "D1 takes what stands behind this `;` for a statement, and refuses the text.",
    "End the text here.",
  ),
  refusedByD1: define<{ what: string; instead: string }>(
    "E_SQL_NOT_ON_D1",
    "error",
    ({ what }) => `D1 does not allow ${what}.`,
    ({ instead }) => instead,
  ),
  unknownToD1: define<{ what: string; instead: string }>(
    "W_SQL_NOT_ON_D1",
    "warning",
    ({ what }) => `D1 does not allow ${what}.`,
    ({ instead }) => instead,
  ),
  quotedText: define<{ name: string }>(
    "W_SQL_QUOTED_TEXT",
    "warning",
    ({ name }) => `There is no column \`${name}\`, so that SQLite takes "${name}" for a text.`,
    ({ name }) => `Write '${name}' for a text, or the name of a column.`,
  ),
};

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;
