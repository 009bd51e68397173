// Migrations and the definitions of a program in, a database with its tables out.
import { classify, type FoundInText } from "./classify";
import { createDatabase, type Database } from "./database";
import { isTransaction, refusedIn } from "./refused";
import { compileText, type Refused } from "./statements";
import { isWord, type Token } from "./tokens";

/** The migrations of a program. */
export interface Migrations {
  readonly files: readonly { readonly name: string; readonly sql: string }[];
  /** Names a new file, in which a table would be created. */
  readonly migrationFor: (table: string) => string;
}

/** A database as the statements of a program find it. */
export interface Schema {
  readonly database: Database;
  /** False when tables may be made where nobody looked. */
  readonly isCertain: boolean;
  /** False when a migration could not be read to its end, so that nothing is known of the tables. */
  readonly isKnown: boolean;
  /** What is wrong with migrations, by their place among the files. */
  readonly found: readonly (readonly FoundInText[])[];
}

/** The table in which wrangler keeps its books; it exists as soon as a migration is applied. */
const bookkeeping =
  "CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)";

const changesTables = ([first]: readonly Token[]): boolean =>
  isWord(first, "create", "alter", "drop");

const addsToTables = ([first]: readonly Token[]): boolean => isWord(first, "create", "alter");

/**
 * Builds the tables that migrations and the program itself make. Statements that fill tables are
 * compiled and not run: they may be many, and nothing is asked of their rows.
 * @param definitions texts of the program that make or change tables, in any order
 * @param isOpen true when code that cannot be seen may make tables
 */
export function createSchema(
  migrations: Migrations,
  definitions: readonly string[],
  isOpen: boolean,
): Schema {
  const database = createDatabase();
  compileText(database, bookkeeping, { run: changesTables });
  const found = migrations.files.map(({ sql }) => applyMigration(database, sql, migrations));
  const all = found.flat().map(({ problem }) => problem.kind);
  applyDefinitions(database, definitions);
  const isSeen = !isOpen && !definitions.some(takesAway);
  return {
    database,
    isCertain: isSeen && found.length > 0 && !all.some((kind) => isMissing(kind)),
    isKnown: !all.some((kind) => kind === "syntax" || kind === "invalid"),
    found,
  };
}

const isMissing = (kind: string): boolean => kind === "table" || kind === "column";

/** What a migration takes for granted may have been made before there were any. */
function applyMigration(
  database: Database,
  sql: string,
  { migrationFor }: Migrations,
): readonly FoundInText[] {
  const context = { database, text: sql, isCertain: false, isLine: false, migrationFor };
  const problems: FoundInText[] = [];
  const goOn = (refused: Refused): boolean => {
    const found = classify(refused, { ...context, tokens: refused.tokens });
    if (found) problems.push(found);
    return found === null || isMissing(found.problem.kind);
  };
  const { statements } = compileText(database, sql, { run: changesTables, goOn });
  return [...problems, ...statements.flatMap(({ tokens }) => refusedInMigration(tokens))];
}

/** wrangler takes care of transactions; the rest is left to D1, which may have learnt it. */
function refusedInMigration(tokens: readonly Token[]): readonly FoundInText[] {
  if (isTransaction(tokens)) return [];
  return refusedIn(tokens).map(({ range, problem }) => ({
    range,
    problem: problem.kind === "refused" ? { ...problem, certain: false } : problem,
  }));
}

/** Applies what can be applied, until nothing more can: one may need what another makes. */
function applyDefinitions(database: Database, definitions: readonly string[]): void {
  let pending = definitions;
  for (;;) {
    const left = pending.filter((text) => {
      const { refused } = compileText(database, text, { run: addsToTables, goOn: () => true });
      return refused.some(({ reason }) => /^no such|has no column/.test(reason));
    });
    if (left.length === 0 || left.length === pending.length) return;
    pending = left;
  }
}

/** `ALTER TABLE … RENAME` and `DROP` make a table known by two shapes. */
const takesAway = (text: string): boolean =>
  /\balter\s+table\b[^;]*\b(?:rename|drop)\b/i.test(text);
