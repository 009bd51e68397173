// Rows → rows chosen, cut, ordered and extended; what a table is, and how one waits to be needed
// (spec 14: tables). Lists of rows give lists, tables give tables, lazy tables give lazy ones.
import { memberOf } from "./objects";
import { compareValues } from "./order";

/** One row: an object of values by column. */
export type Row = Readonly<Record<string, unknown>>;

/** What tells a value of a row: the name of its column, or a function. */
export type Column = string | ((row: Row, index: number) => unknown);

/** The names of all columns, in the order in which they first appear. */
export function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** Rows that know their columns; in all else a list. */
export class TableRows extends Array<Row> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
  get columns(): string[] {
    return columnsOf(this);
  }
  get rows(): Row[] {
    return [...this];
  }
  /** How many rows, and how many columns. */
  get shape(): [number, number] {
    return [this.length, this.columns.length];
  }
}

/** A table that is made when something asks for its rows. */
export class LazyTable {
  readonly collect: () => readonly Row[];
  constructor(collect: () => readonly Row[]) {
    this.collect = collect;
  }
  get __tag(): "Lazy" {
    return "Lazy";
  }
  toJSON(): readonly Row[] {
    return this.collect();
  }
  [Symbol.iterator](): Iterator<Row> {
    return this.collect()[Symbol.iterator]();
  }
}

/** A table of rows, of columns as lists by name, or of lists with the names of their columns. */
export type TableData =
  | Iterable<unknown>
  | Readonly<Record<string, readonly unknown[]>>
  | LazyTable;

/** The rows of what a table can be made of. */
export function rowsOf(data: TableData): readonly Row[] {
  if (data instanceof LazyTable) return data.collect();
  if (Array.isArray(data)) return data;
  if (Symbol.iterator in data) return Array.from(data as Iterable<Row>);
  const columns = Object.entries(data);
  const length = Math.max(0, ...columns.map(([, values]) => values.length));
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(columns.map(([name, values]) => [name, values[i] ?? null])),
  );
}

/** The same rows as a table. */
export function tableOf(rows: Iterable<Row>): TableRows {
  const table = new TableRows();
  for (const row of rows) table.push(row);
  return table;
}

/** `Table(rows)`, `Table(columns)`, or `Table(lists, names)`. */
export function Table(data: TableData = [], names?: readonly string[]): TableRows {
  if (!names) return tableOf(rowsOf(data));
  const rows = rowsOf(data) as readonly (Row | readonly unknown[])[];
  return tableOf(
    rows.map((row) =>
      Object.fromEntries(
        names.map((name, i) => [name, (Array.isArray(row) ? row[i] : (row as Row)[name]) ?? null]),
      ),
    ),
  );
}

/** A table whose steps wait until its rows are asked for. */
export function lazyTable(data: TableData): LazyTable {
  return new LazyTable(() => tableOf(rowsOf(data)));
}

/** All rows of a lazy table; of anything else the values, as a list. */
export function collectTable(data: Iterable<unknown> | LazyTable): readonly unknown[] {
  return data instanceof LazyTable ? data.collect() : [...data];
}

/** Takes a step: now, or for a lazy table when its rows are asked for. */
export function step(
  data: TableData,
  run: (rows: readonly Row[]) => readonly Row[],
): readonly Row[] | LazyTable {
  if (data instanceof LazyTable) return new LazyTable(() => tableOf(run(data.collect())));
  const rows = run(rowsOf(data));
  return data instanceof TableRows ? tableOf(rows) : rows;
}

/** A row's value in a column; nil where it has none. */
export function cell(row: Row, column: Column, index = 0): unknown {
  const value = typeof column === "function" ? column(row, index) : memberOf(row, column);
  return value ?? null;
}

type Test = ((row: Row, index: number) => unknown) | Row;

/** The rows that pass all tests; an object is a test for its values. */
export function where(data: TableData, ...tests: Test[]): readonly Row[] | LazyTable {
  const passes = (row: Row, index: number) => (test: Test) =>
    typeof test === "function"
      ? test(row, index)
      : Object.entries(test).every(([name, value]) => cell(row, name) === value);
  return step(data, (rows) => rows.filter((row, index) => tests.every(passes(row, index))));
}

/**
 * New columns by their names.
 * @throws TypeError for one without a name: `agg(sum(.price))`
 */
export function namedColumns(
  added: readonly Readonly<Record<string, unknown>>[],
): [string, unknown][] {
  if (added.some((one) => typeof one === "function")) {
    throw new TypeError("A new column needs a name: `total: sum(.price)`");
  }
  return added.flatMap((one) => Object.entries(one));
}

type Selection = Column | readonly string[] | Readonly<Record<string, Column>>;

/** `-name` leaves a column out. */
function selected(rows: readonly Row[], selections: readonly Selection[]): [string, Column][] {
  const given = selections.flatMap((one): [string, Column][] => {
    if (typeof one === "string") return [[one, one]];
    if (Array.isArray(one)) return one.map((name: string) => [name, name]);
    return namedColumns([one as Readonly<Record<string, Column>>]) as [string, Column][];
  });
  const excluded = new Set(given.map(([name]) => name).filter((name) => name.startsWith("-")));
  const kept = given.filter(([name]) => !excluded.has(name));
  const all =
    kept.length > 0 ? kept : columnsOf(rows).map((name): [string, Column] => [name, name]);
  return all.filter(([name]) => !excluded.has(`-${name}`));
}

/** The named columns, all but `-name`, and `new: value` under a new name. */
export function select(data: TableData, ...selections: Selection[]): readonly Row[] | LazyTable {
  return step(data, (rows) => {
    const columns = selected(rows, selections);
    return rows.map((row, index) =>
      Object.fromEntries(columns.map(([name, column]) => [name, cell(row, column, index)])),
    );
  });
}

/** A column that is made of all rows at once; see `win_rank` and its like. */
export class WindowColumn {
  readonly over: (rows: readonly Row[]) => readonly unknown[];
  constructor(over: (rows: readonly Row[]) => readonly unknown[]) {
    this.over = over;
  }
  /** @throws TypeError always: a window is a column by itself, no part of an expression */
  valueOf(): never {
    throw new TypeError("A window function gives a whole column: derive it, then use the column");
  }
}

/** The rows with new columns, or other values in old ones; later columns see earlier ones. */
export function deriveColumns(
  data: TableData,
  ...added: Readonly<Record<string, unknown>>[]
): readonly Row[] | LazyTable {
  const columns = namedColumns(added);
  return step(data, (rows) =>
    columns.reduce((table, [name, column]) => {
      const values = column instanceof WindowColumn ? column.over(table) : null;
      return table.map((row, index) => {
        const value = typeof column === "function" ? column(row, index) : column;
        return { ...row, [name]: (values ? values[index] : value) ?? null };
      });
    }, rows),
  );
}

/** At most `n` rows, after the first `skipped`. */
export function limitRows(data: TableData, n: number, skipped = 0): readonly Row[] | LazyTable {
  const start = Math.max(0, skipped);
  return step(data, (rows) => rows.slice(start, start + Math.max(0, n)));
}

interface SortOptions {
  readonly desc?: boolean;
}

/** Orders two values; nil comes last in either direction. */
function inOrder(left: unknown, right: unknown, sign: number): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * compareValues(left, right);
}

/** The rows ordered by columns, `-name` downwards, all of them with `desc: true`. */
export function sortBy(
  data: TableData,
  ...by: (Column | readonly string[] | SortOptions)[]
): readonly Row[] | LazyTable {
  const isColumn = (one: unknown): one is Column => /function|string/.test(typeof one);
  const columns = by.flat().filter(isColumn);
  const down = by.some((one) => !isColumn(one) && (one as SortOptions).desc === true) ? -1 : 1;
  const keys = columns.map((column) => {
    const reversed = typeof column === "string" && column.startsWith("-");
    return { column: reversed ? column.slice(1) : column, sign: reversed ? -down : down };
  });
  return step(data, (rows) => {
    const keyed = rows.map((row, i) => ({ row, values: keys.map((k) => cell(row, k.column, i)) }));
    keyed.sort((left, right) => {
      const at = keys.findIndex(
        ({ sign }, i) => inOrder(left.values[i], right.values[i], sign) !== 0,
      );
      return at < 0 ? 0 : inOrder(left.values[at], right.values[at], keys[at]?.sign ?? 1);
    });
    return keyed.map(({ row }) => row);
  });
}
