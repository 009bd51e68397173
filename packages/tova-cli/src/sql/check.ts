// The SQL of a program and its migrations in, what is wrong with either as diagnostics out.
import {
  type Diagnostic,
  locateSqlProblems,
  placeOfSql,
  type SqlProblem,
  type SqlText,
  type SqlUse,
} from "tova-codegen";
import { checkText } from "./check-text";
import type { Place } from "./classify";
import { createSchema, type Migrations, type Schema } from "./schema";

/** A program's source and the files that make its tables. */
export interface CheckedProgram {
  readonly fileName: string;
  readonly text: string;
  readonly migrations: Migrations;
}

interface FoundInSource {
  readonly range: Place;
  readonly problem: SqlProblem;
}

/** Checks every text against each database that it may be for. */
export function checkSql(use: SqlUse, program: CheckedProgram): readonly Diagnostic[] {
  const { migrations } = program;
  const schemas = schemasOf(use, migrations);
  const inMigrations = [...new Set(schemas.values())].flatMap(({ found }) =>
    found.flatMap((list, i) => {
      const { name = "", sql = "" } = migrations.files[i] ?? {};
      return locateSqlProblems(list, sql, name);
    }),
  );
  const inSource = use.texts
    .filter(({ kind }) => kind !== "definition")
    .flatMap((text) => findIn(text, schemas, migrations));
  const shown = eachMissingOnce(inSource);
  return [
    ...withoutRepeats(inMigrations),
    ...locateSqlProblems(shown, program.text, program.fileName),
  ];
}

function findIn(
  text: SqlText,
  schemas: ReadonlyMap<string, Schema>,
  { migrationFor }: Migrations,
): readonly FoundInSource[] {
  const found: FoundInSource[] = [];
  for (const schema of new Set(text.databases.map((name) => schemas.get(name)))) {
    if (schema === undefined) continue;
    for (const { in: place, found: one } of checkText(text, { schema, migrationFor })) {
      found.push(place === "text" ? { ...one, range: placeOfSql(text, one.range) } : one);
    }
  }
  return found;
}

/** By database; those that the program treats alike are one. */
function schemasOf(use: SqlUse, migrations: Migrations): ReadonlyMap<string, Schema> {
  const made = new Map<string, Schema>();
  const schemas = new Map<string, Schema>();
  for (const { name, isOpen } of use.databases) {
    const definitions = use.texts
      .filter(({ databases }) => databases.includes(name))
      .flatMap(definitionsIn);
    const key = JSON.stringify([definitions, isOpen]);
    const schema = made.get(key) ?? createSchema(migrations, definitions, isOpen);
    made.set(key, schema);
    schemas.set(name, schema);
  }
  return schemas;
}

const mayDefine = /\b(?:create|alter)\s/i;

function definitionsIn({ kind, text }: SqlText): readonly string[] {
  const pieces = kind === "exec" ? text.split("\n") : [text];
  return pieces.filter((piece) => mayDefine.test(piece));
}

/** A table that may be made elsewhere is missed once, not in every statement that uses it. */
function eachMissingOnce(found: readonly FoundInSource[]): readonly FoundInSource[] {
  const missed = new Set<string>();
  return found.filter(({ problem }) => {
    if (problem.kind !== "table" || problem.certain) return true;
    const isNew = !missed.has(problem.name);
    missed.add(problem.name);
    return isNew;
  });
}

/** Databases that get the same migrations share what is wrong with them. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}
