// A statement's tokens in, what D1 does not allow in it out: SQLite itself would take it.
import type { FoundInText, Place } from "./classify";
import { isWord, type Token } from "./tokens";

/** Pragmas that D1 knows (developers.cloudflare.com/d1/sql-api/sql-statements, and as measured). */
const pragmas = new Set(
  (
    "table_info table_xinfo table_list index_list index_info index_xinfo foreign_key_list " +
    "foreign_key_check foreign_keys defer_foreign_keys quick_check optimize data_version " +
    "case_sensitive_like ignore_check_constraints legacy_alter_table recursive_triggers " +
    "reverse_unordered_selects"
  ).split(" "),
);

/** Modules of virtual tables that D1 has. */
const modules = ["fts5", "fts5vocab"];

/**
 * Functions that SQLite has and D1 has not, all that were found so in workerd 2026-04-26, and what
 * does the same there.
 */
const functions = new Map<string, string | null>([
  ...(
    "fts5_insttoken fts5_locale fts5_source_id json_error_position json_pretty load_extension median " +
    "percentile percentile_cont percentile_disc sqlite_compileoption_get sqlite_compileoption_used " +
    "sqlite_log sqlite_offset sqlite_source_id sqlite_version subtype unistr unistr_quote"
  )
    .split(" ")
    .map((name) => [name, null] as const),
  ...Object.entries({ ceiling: "ceil", if: "iif", log10: "log", power: "pow" }),
]);

const transactions = ["begin", "commit", "end", "rollback", "savepoint", "release"];

/** True for `BEGIN` and its like. */
export const isTransaction = ([first]: readonly Token[]): boolean => isWord(first, ...transactions);

/** Finds what D1 refuses in one statement. */
export function refusedIn(tokens: readonly Token[]): readonly FoundInText[] {
  const [first] = tokens;
  if (first === undefined) return [];
  const verb = refusedVerb(first, tokens);
  return verb ? [verb] : [...refusedNames(tokens)];
}

const found = (range: Place, what: string, instead: string, certain: boolean): FoundInText => ({
  range: { from: range.from, to: range.to },
  problem: { kind: "refused", what, instead, certain },
});

function refusedVerb(first: Token, tokens: readonly Token[]): FoundInText | null {
  const word = first.value.toUpperCase();
  if (isTransaction(tokens)) {
    const batch = "Run the statements together with `batch([…])`, which is one transaction.";
    return found(first, `\`${word}\``, batch, true);
  }
  if (isWord(first, "attach", "detach")) {
    return found(first, `\`${word}\``, "Declare the other database with `sql NAME`.", true);
  }
  if (isWord(first, "vacuum")) {
    return found(first, "`VACUUM`", "Leave it out: D1 keeps its files itself.", true);
  }
  if (isWord(first, "create")) return refusedCreate(tokens);
  return isWord(first, "pragma") ? refusedPragma(tokens) : null;
}

function refusedCreate(tokens: readonly Token[]): FoundInText | null {
  const [, second, third] = tokens;
  if (second && isWord(second, "temp", "temporary")) {
    return found(second, "temporary tables", "Create an ordinary table, or use a `WITH`.", true);
  }
  if (!isWord(second, "virtual") || !isWord(third, "table")) return null;
  const using = tokens.findIndex((token) => isWord(token, "using"));
  const module = tokens[using + 1];
  if (!module || modules.includes(module.value.toLowerCase())) return null;
  const what = `virtual tables of \`${module.value}\``;
  return found(module, what, "Use `fts5`, or an ordinary table.", false);
}

function refusedPragma(tokens: readonly Token[]): FoundInText | null {
  const name = tokens[2]?.value === "." ? tokens[3] : tokens[1];
  if (!name || pragmas.has(name.value.toLowerCase())) return null;
  return found(name, `\`PRAGMA ${name.value}\``, "Leave it out.", false);
}

/** Words before the name of a table, which may have a list of columns in brackets behind it. */
const beforeTables = ["table", "exists", "view", "into", "references", "on", "with", "recursive"];

/** True behind the brackets that begin there for `AS (`, with which a `WITH` defines a table. */
function definesTable(tokens: readonly Token[], opening: number): boolean {
  let depth = 0;
  let at = opening;
  do {
    const mark = tokens[at]?.value;
    if (mark === "(") depth++;
    if (mark === ")") depth--;
    at++;
  } while (depth > 0 && at < tokens.length);
  const then = tokens[at + 1];
  return isWord(tokens[at], "as") && (then?.value === "(" || isWord(then, "not", "materialized"));
}

/** True for a name that brackets make a call, and not the name of a table. */
function isCall(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.kind !== "name" || tokens[at + 1]?.value !== "(") return false;
  const before = tokens[at - 1];
  if (before?.value === "." || isWord(before, ...beforeTables)) return false;
  return !definesTable(tokens, at + 1);
}

function* refusedNames(tokens: readonly Token[]): Generator<FoundInText> {
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== "name" && token.kind !== "quoted") continue;
    const name = token.value.toLowerCase();
    if (name.startsWith("_cf_")) {
      yield found(token, "tables that begin with `_cf_`", "Use another name.", true);
    } else if (functions.has(name) && isCall(tokens, i)) {
      const same = functions.get(name) ?? null;
      const instead = same === null ? "Leave it out." : `Write \`${same}(…)\`.`;
      yield found(token, `the function \`${token.value}\``, instead, false);
    }
  }
}
