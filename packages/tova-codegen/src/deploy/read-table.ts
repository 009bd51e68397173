// One table of parsed TOML (the file's top, or `[env.<name>]`) → its settings.
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { DeployRoute } from "../model/plan";
import type { KeyLocator } from "./key-ranges";
import { nameRules, type TextRule } from "./name-rules";

/** The settings of one environment; what it does not say is null or absent. */
export interface DeployTable {
  readonly accountId: string | null;
  readonly workersDev: boolean | null;
  /** By binding. */
  readonly kv: ReadonlyMap<string, { readonly id: string | null }>;
  readonly sql: ReadonlyMap<string, { readonly id: string | null; readonly name: string | null }>;
  readonly storage: ReadonlyMap<string, { readonly name: string | null }>;
  readonly queue: ReadonlyMap<string, { readonly name: string | null }>;
  /** By name of the `env` variable. */
  readonly vars: ReadonlyMap<string, string | number | boolean>;
  /** By name of the block; the unnamed block is `default`. */
  readonly workers: ReadonlyMap<string, WorkerSettings>;
}

export interface WorkerSettings {
  readonly name: string | null;
  readonly workersDev: boolean | null;
  readonly routes: readonly DeployRoute[];
}

export interface ReadContext {
  readonly locate: KeyLocator;
  readonly findings: Findings;
}

type Table = Readonly<Record<string, unknown>>;
type Path = readonly string[];

const accountRule: TextRule = {
  pattern: /^[0-9a-f]{32}$/,
  expected: "an account id of 32 hexadecimal digits",
  help: "`npx wrangler whoami` prints it.",
};
const kvIdRule: TextRule = {
  pattern: /^[0-9a-f]{32}$/,
  expected: "a KV namespace id of 32 hexadecimal digits",
  help: "`npx wrangler kv namespace list` prints the ids.",
};
const sqlIdRule: TextRule = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  expected: "a D1 database id, which is a UUID",
  help: "`npx wrangler d1 list` prints the ids.",
};
const textRule: TextRule = { pattern: /\S/, expected: "a text" };

/** Reads `table`, which stands at `path`; reports and leaves out what is wrong. */
export function readTable(value: unknown, path: Path, context: ReadContext): DeployTable {
  const known = ["account_id", "workers_dev", "kv", "sql", "storage", "queue", "vars", "workers"];
  if (path.length === 0) known.push("env");
  const table = tableAt(value, path, context) ?? {};
  reportUnknown(
    table,
    path,
    known,
    path.length === 0 ? "the deploy file" : "an environment",
    context,
  );
  const named = (key: string, rule: TextRule) =>
    readMap(table, key, path, context, (entry, at) => {
      reportUnknown(entry, at, ["name"], `\`[${at.join(".")}]\``, context);
      return { name: textAt(entry, "name", at, rule, context) };
    });
  return {
    accountId: textAt(table, "account_id", path, accountRule, context),
    workersDev: flagAt(table, "workers_dev", path, context),
    kv: readMap(table, "kv", path, context, (entry, at) => {
      reportUnknown(entry, at, ["id"], `\`[${at.join(".")}]\``, context);
      return { id: textAt(entry, "id", at, kvIdRule, context) };
    }),
    sql: readMap(table, "sql", path, context, (entry, at) => {
      reportUnknown(entry, at, ["id", "name"], `\`[${at.join(".")}]\``, context);
      return {
        id: textAt(entry, "id", at, sqlIdRule, context),
        name: textAt(entry, "name", at, textRule, context),
      };
    }),
    storage: named("storage", nameRules.bucket),
    queue: named("queue", nameRules.queue),
    vars: readVars(table, path, context),
    workers: readMap(table, "workers", path, context, (entry, at) =>
      readWorker(entry, at, context),
    ),
  };
}

function readWorker(entry: Table, at: Path, context: ReadContext): WorkerSettings {
  reportUnknown(entry, at, ["name", "routes", "workers_dev"], `\`[${at.join(".")}]\``, context);
  const { routes = [] } = entry;
  const list = Array.isArray(routes) ? routes.map(routeOf) : [null];
  if (list.includes(null)) {
    const expected = "a list of patterns, or of tables with `pattern`";
    const help =
      'Write `["example.com/*"]`, or `[{ pattern = "api.example.com", custom_domain = true }]`.';
    reportValue([...at, "routes"], expected, context, help);
  }
  return {
    name: textAt(entry, "name", at, nameRules.worker, context),
    workersDev: flagAt(entry, "workers_dev", at, context),
    routes: list.filter((route) => route !== null),
  };
}

const routeTypes: Readonly<Record<string, string>> = {
  pattern: "string",
  zone_name: "string",
  zone_id: "string",
  custom_domain: "boolean",
};

/** Null when the value is no route. */
function routeOf(value: unknown): DeployRoute | null {
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (!isTable(value) || typeof value.pattern !== "string" || value.pattern === "") return null;
  const right = Object.entries(value).every(([key, part]) => typeof part === routeTypes[key]);
  return right ? (value as unknown as DeployRoute) : null;
}

function readVars(
  table: Table,
  path: Path,
  context: ReadContext,
): ReadonlyMap<string, string | number | boolean> {
  const vars = new Map<string, string | number | boolean>();
  const at = [...path, "vars"];
  const given = "vars" in table ? tableAt(table.vars, at, context) : null;
  for (const [name, value] of Object.entries(given ?? {})) {
    const kind = typeof value;
    if (kind === "string" || Number.isFinite(value) || kind === "boolean") {
      vars.set(name, value as string | number | boolean);
    } else reportValue([...at, name], "a text, a number, `true` or `false`", context);
  }
  return vars;
}

function readMap<T>(
  table: Table,
  key: string,
  path: Path,
  context: ReadContext,
  read: (entry: Table, at: Path) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  const at = [...path, key];
  const given = key in table ? tableAt(table[key], at, context) : null;
  for (const [name, value] of Object.entries(given ?? {})) {
    const entry = tableAt(value, [...at, name], context);
    if (entry) entries.set(name, read(entry, [...at, name]));
  }
  return entries;
}

function isTable(value: unknown): value is Table {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function tableAt(value: unknown, path: Path, context: ReadContext): Table | null {
  if (isTable(value)) return value;
  reportValue(path, "a table", context);
  return null;
}

function textAt(
  table: Table,
  key: string,
  path: Path,
  rule: TextRule,
  context: ReadContext,
): string | null {
  const value = table[key];
  if (value === undefined) return null;
  if (typeof value === "string" && rule.pattern.test(value)) return value;
  reportValue([...path, key], rule.expected, context, rule.help);
  return null;
}

function flagAt(table: Table, key: string, path: Path, context: ReadContext): boolean | null {
  const value = table[key];
  if (value === undefined || typeof value === "boolean") return value ?? null;
  reportValue([...path, key], "`true` or `false`", context);
  return null;
}

function reportValue(path: Path, expected: string, context: ReadContext, help?: string): void {
  const key = path.join(".");
  const message = codes.deployValue({ key, expected, ...(help === undefined ? {} : { help }) });
  context.findings.report(context.locate(path), message);
}

function reportUnknown(
  table: Table,
  path: Path,
  known: readonly string[],
  place: string,
  context: ReadContext,
): void {
  for (const key of Object.keys(table)) {
    if (known.includes(key)) continue;
    context.findings.report(context.locate([...path, key]), codes.deployKey({ key, place, known }));
  }
}
