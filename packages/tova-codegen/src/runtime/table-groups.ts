// Rows → groups of rows, and a row of totals for each (spec 14: `group_by`, `agg`, `agg_*`).
import { listOf } from "./lists";
import { max, min, sum } from "./order";
import { mean, median, percentile, stdev, variance } from "./statistics";
import {
  type Column,
  cell,
  LazyTable,
  namedColumns,
  type Row,
  rowsOf,
  type TableData,
  TableRows,
  tableOf,
} from "./table";

/** Rows that have the same values in the columns that group them. */
export interface Group {
  readonly key: Row;
  readonly rows: readonly Row[];
}

/** What a record of groups keeps of the rows that were grouped. */
interface Grouped {
  readonly groups: readonly Group[];
  readonly ofTable: boolean;
}

/** Where it does so. */
const groupedKey = Symbol("grouped");
const groupedOf = (data: object): Grouped | undefined =>
  (data as { [groupedKey]?: Grouped })[groupedKey];

/** A column's name, or a number for one that is computed. */
const nameOf = (column: Column, place: number): string =>
  typeof column === "string" ? column : place === 0 ? "key" : `key${place + 1}`;

/** What only equal values have the same JSON of; lists and objects are compared by what is in them. */
const comparable = (value: unknown): unknown =>
  typeof value === "object" ? [value] : [typeof value, String(value)];

/** The groups of rows with equal values in the columns, in the order of their first rows. */
export function groupsBy(rows: readonly Row[], columns: readonly Column[]): Group[] {
  const groups = new Map<string, { key: Row; rows: Row[] }>();
  rows.forEach((row, index) => {
    const values = columns.map((column) => cell(row, column, index));
    const id = JSON.stringify(values.map(comparable));
    const group = groups.get(id);
    if (group) group.rows.push(row);
    else {
      const key = Object.fromEntries(columns.map((column, i) => [nameOf(column, i), values[i]]));
      groups.set(id, { key, rows: [row] });
    }
  });
  return [...groups.values()];
}

/** The rows in lists by their values in the columns, as an object; `agg` knows the columns. */
export function tableGroupBy(
  data: TableData,
  ...columns: (Column | readonly string[])[]
): Record<string, readonly Row[]> {
  const groups = groupsBy(rowsOf(data), columns.flat() as Column[]);
  const named = new Map<string, Row[]>();
  for (const { key, rows: inGroup } of groups) {
    const name = Object.values(key).map(String).join(", ");
    // Groups of other values may have the same name: 1 and "1".
    const known = named.get(name);
    if (known) for (const row of inGroup) known.push(row);
    else named.set(name, [...inGroup]);
  }
  const ofTable = data instanceof TableRows || data instanceof LazyTable;
  const lists = [...named].map(([name, rows]) => [name, ofTable ? tableOf(rows) : rows]);
  const record: Record<string, readonly Row[]> = Object.fromEntries(lists);
  const grouped: Grouped = { groups, ofTable };
  Object.defineProperty(record, groupedKey, { value: grouped });
  return record;
}

/** The groups of what `agg` is given: of a whole table a single one. */
function groupsIn(data: TableData | object): readonly Group[] {
  const known = groupedOf(data);
  if (known) return known.groups;
  const lists = Symbol.iterator in data ? null : Object.entries(data);
  const isGroups = lists?.every(([, rows]) => rows.every?.(isRow));
  if (lists && isGroups) return lists.map(([key, rows]) => ({ key: { key }, rows }));
  return [{ key: {}, rows: rowsOf(data as TableData) }];
}

const isRow = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A row for each group: what it was grouped by, and what each function gives for its rows. */
export function agg(
  data: TableData | object,
  ...totals: Readonly<Record<string, unknown>>[]
): readonly Row[] | LazyTable {
  if (data instanceof LazyTable)
    return new LazyTable(() => tableOf(rowsIn(data.collect(), totals)));
  const rows = rowsIn(data, totals);
  return data instanceof TableRows || groupedOf(data)?.ofTable ? tableOf(rows) : rows;
}

function rowsIn(data: TableData | object, totals: readonly Row[]): Row[] {
  const columns = namedColumns(totals);
  return groupsIn(data).map(({ key, rows }) => ({
    ...key,
    ...Object.fromEntries(
      columns.map(([name, total]) => [name, typeof total === "function" ? total(rows) : total]),
    ),
  }));
}

type Total<T> = (rows: Iterable<Row>) => T;

/** The values of a column that are there. */
export function present<T>(rows: Iterable<Row>, column: Column): T[] {
  const values = listOf(rows).map((row, index) => cell(row, column, index));
  return values.filter((value) => value !== null) as T[];
}

/** The sum of a column. */
export function aggSum(column: Column): Total<number> {
  return (rows) => sum(present<number>(rows, column));
}

/** How many rows there are; with a column, how many have a true value in it. */
export function aggCount(column?: Column): Total<number> {
  return (rows) => (column ? present(rows, column).filter(Boolean) : listOf(rows)).length;
}

/** The mean of a column; nil without values. */
export function aggMean(column: Column): Total<number | null> {
  return (rows) => mean(present<number>(rows, column));
}

/** The median of a column. */
export function aggMedian(column: Column): Total<number | null> {
  return (rows) => median(present<number>(rows, column));
}

/** The least value of a column. */
export function aggMin(column: Column): Total<unknown> {
  return (rows) => min(present(rows, column));
}

/** The greatest value of a column. */
export function aggMax(column: Column): Total<unknown> {
  return (rows) => max(present(rows, column));
}

/** The first value of a column. */
export function aggFirst(column: Column): Total<unknown> {
  return (rows) => present(rows, column)[0] ?? null;
}

/** The last value of a column. */
export function aggLast(column: Column): Total<unknown> {
  return (rows) => present(rows, column).at(-1) ?? null;
}

/** The standard deviation of a column. */
export function aggStdev(column: Column): Total<number | null> {
  return (rows) => stdev(present<number>(rows, column));
}

/** The variance of a column. */
export function aggVariance(column: Column): Total<number | null> {
  return (rows) => variance(present<number>(rows, column));
}

/** The value that so many percent of a column are at most. */
export function aggPercentile(column: Column, percent: number): Total<number | null> {
  return (rows) => percentile(present<number>(rows, column), percent);
}

/** All values of a column, in a list. */
export function aggList(column: Column): Total<unknown[]> {
  return (rows) => present(rows, column);
}

/** How many different values a column has. */
export function aggUnique(column: Column): Total<number> {
  return (rows) => new Set(present(rows, column)).size;
}
