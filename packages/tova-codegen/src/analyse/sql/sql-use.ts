// The resolved workers of a file → the SQL that they hand to their databases.
import type { ast, SourceRange } from "tova-parser";
import type { EdgeBlock } from "../../model/program";
import type { SqlBind, SqlText, SqlUse } from "../../model/sql";
import type { ResolvedUnit } from "../unit";
import {
  argumentsOf,
  collectSqlFacts,
  looksLikeDefinition,
  type SqlFacts,
  variableOf,
} from "./facts";
import { databasesOf, type KnownText, objectOf, preparedBy, textsOf } from "./meaning";

/** A worker, with its code. */
export interface SqlUnit extends ResolvedUnit {
  readonly block: EdgeBlock;
}

/** What is found, in the making. */
interface Found {
  readonly open: Set<string>;
  readonly texts: Map<string, SqlText>;
  /** Where what databases are given is written, known or not. */
  readonly given: SourceRange[];
}

const databaseNames = ({ bindings }: EdgeBlock): readonly string[] =>
  bindings.flatMap(({ kind, name }) => (kind === "sql" ? [name] : []));

/** Finds the SQL of a file's workers; null when none has a database. */
export function sqlUse(units: readonly SqlUnit[], source: string): SqlUse | null {
  const names = new Set(units.flatMap(({ block }) => databaseNames(block)));
  if (names.size === 0) return null;
  const found: Found = { open: new Set(), texts: new Map(), given: [] };
  for (const unit of units) {
    const databases = new Set(databaseNames(unit.block));
    if (databases.size === 0) continue;
    const { resolution, statements, roots } = unit;
    const facts = collectSqlFacts([...statements, ...roots], { source, resolution, databases });
    findInUnit(facts, found);
  }
  const databases = [...names].map((name) => ({ name, isOpen: found.open.has(name) }));
  const texts = [...found.texts.values()].sort((a, b) => a.range.from - b.range.from);
  return { databases, texts };
}

function findInUnit(facts: SqlFacts, found: Found): void {
  const binds = bindsOf(facts);
  for (const { call, callee } of facts.methods) {
    const method = callee.property.name;
    const object = method === "prepare" || method === "exec" ? objectOf(facts, callee) : null;
    if (object === null || (method !== "prepare" && method !== "exec")) continue;
    const databases = databasesOf(facts, object);
    if (databases.length === 0) continue;
    for (const text of textsOf(facts, call)) {
      if (text.range !== null) found.given.push(text.range);
      if ("text" in text) {
        addText(found, text, { kind: method, databases, binds: binds.get(call) ?? [] });
      } else if (text.mayDefine) for (const name of databases) found.open.add(name);
    }
  }
  for (const name of escapedDatabases(facts)) found.open.add(name);
  addDefinitions(facts, found);
}

/** A text that two workers share is one, for the databases of both. */
function addText(
  found: Found,
  { text, runs, range }: KnownText,
  use: Pick<SqlText, "kind" | "databases" | "binds">,
): void {
  const { from, to } = range;
  const { kind } = use;
  const key = `${kind} ${from} ${to} ${text}`;
  const known = found.texts.get(key);
  const databases = [...new Set([...(known?.databases ?? []), ...use.databases])];
  const binds = distinct([...(known?.binds ?? []), ...use.binds]);
  found.texts.set(key, { kind, databases, text, runs, range: { from, to }, binds });
}

/** Each once, the first of equal ones. */
function distinct(binds: readonly SqlBind[]): readonly SqlBind[] {
  if (binds.length < 2) return binds;
  return [...new Map(binds.map((bind) => [JSON.stringify(bind), bind])).values()];
}

/** Texts that make tables where the compiler does not see for which database. */
function addDefinitions(facts: SqlFacts, found: Found): void {
  for (const node of facts.definitions) {
    if (found.given.some(({ from, to }) => from <= node.from && node.to <= to)) continue;
    const [text] = node.parts;
    if (node.parts.length === 1 && typeof text === "string") {
      const use = { kind: "definition", databases: [...facts.databases], binds: [] } as const;
      addText(found, { text, runs: [], range: node }, use);
    } else if (looksLikeDefinition(String(text))) {
      for (const name of facts.databases) found.open.add(name);
    }
  }
}

/** Databases given to code that may do anything with them. */
function escapedDatabases(facts: SqlFacts): ReadonlySet<string> {
  const escaped = new Set<string>();
  const candidates = facts.passed.filter((node) => mayBeDatabase(facts, node));
  if (candidates.length === 0) return escaped;
  const followed = new Set<object>(facts.resolution.values.values());
  for (const [called, calls] of facts.calls) {
    if (facts.unknownCallers.has(called)) continue;
    for (const argument of calls.flat()) followed.add(argument);
  }
  for (const node of candidates) {
    if (followed.has(node)) continue;
    for (const name of databasesOf(facts, node)) escaped.add(name);
  }
  return escaped;
}

function mayBeDatabase(facts: SqlFacts, node: ast.Identifier): boolean {
  const variable = variableOf(facts, node);
  if (!variable) return false;
  if (variable.kind === "binding") return facts.databases.has(variable.name);
  return facts.resolution.values.has(variable) || facts.parameters.has(variable);
}

/** Methods by which a prepared statement runs. */
const running = new Set(["run", "first", "all", "raw"]);

/** By call of `prepare`: what is bound to its statement. */
function bindsOf(facts: SqlFacts): ReadonlyMap<ast.Call, readonly SqlBind[]> {
  const binds = new Map<ast.Call, SqlBind[]>();
  const add = (statement: ast.Expression, values: readonly SourceRange[]) => {
    for (const prepare of preparedBy(facts, statement)) {
      binds.set(prepare, [...(binds.get(prepare) ?? []), { values }]);
    }
  };
  for (const { call, callee } of facts.methods) {
    const method = callee.property.name;
    const object = objectOf(facts, callee);
    if (object === null) continue;
    if (method === "bind") {
      const values = valuesOf(argumentsOf(facts, call));
      if (values !== null) add(object, values);
    } else if (running.has(method)) add(object, []);
    else if (method === "batch") {
      for (const element of elementsOf(call.args[0])) add(element, []);
    }
  }
  return binds;
}

/** The values of arguments: named ones come as one object (spec 4); null when there is a spread. */
function valuesOf(args: readonly ast.Argument[]): readonly SourceRange[] | null {
  if (args.some(({ kind }) => kind === "Spread")) return null;
  const named = args.filter(({ kind }) => kind === "NamedArgument");
  const plain = args.filter(({ kind }) => kind !== "NamedArgument");
  return [...plain, ...named.slice(0, 1)].map(({ from, to }) => ({ from, to }));
}

function elementsOf(node: ast.Argument | undefined): readonly ast.Expression[] {
  if (node?.kind !== "Array") return [];
  return node.elements.filter((element): element is ast.Expression => element.kind !== "Spread");
}
