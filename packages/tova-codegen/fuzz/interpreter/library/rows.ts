// Rows of a table → values in columns, groups with the same values, orders (docs/language.md "Tables").
import { type Any, less } from "./values";

export type Row = Readonly<Record<string, Any>>;

export const isNil = (value: Any): boolean => value === null || value === undefined;
export const orNil = (value: Any): Any => value ?? null;

/** A row's value in a column, by its name or a function. */
export const valueIn = (row: Row, column: Any, place = 0): Any =>
  orNil(typeof column === "function" ? column(row, place) : row[column]);

export function namesOf(rows: readonly Row[]): string[] {
  const names: string[] = [];
  for (const row of rows)
    for (const name of Object.keys(row)) if (!names.includes(name)) names.push(name);
  return names;
}

/** Whether two values are the same in a column; lists and objects by what is in them. */
export function same(left: Any, right: Any): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (typeof left !== typeof right) return false;
  if (typeof left !== "object") return Object.is(left, right) || left === right;
  return JSON.stringify(left) === JSON.stringify(right);
}

export interface Group {
  readonly values: readonly Any[];
  /** The places of its rows. */
  readonly places: number[];
}

export function groupsOf(rows: readonly Row[], columns: readonly Any[]): Group[] {
  const groups: Group[] = [];
  for (const [place, row] of rows.entries()) {
    const values = columns.map((column) => valueIn(row, column, place));
    const known = groups.find((group) => group.values.every((value, i) => same(value, values[i])));
    if (known) known.places.push(place);
    else groups.push({ values, places: [place] });
  }
  return groups;
}

/** Which comes first; nil is last either way. */
function compared(left: Any, right: Any, down: boolean): number {
  if (isNil(left) || isNil(right)) return (isNil(left) ? 1 : 0) - (isNil(right) ? 1 : 0);
  if (less(left, right)) return down ? 1 : -1;
  return less(right, left) ? (down ? -1 : 1) : 0;
}

export const isOptions = (value: Any): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The places of rows in the order of columns, `-name` downwards. */
export function placesBy(rows: readonly Row[], by: readonly Any[], desc: boolean): number[] {
  const keys = by.map((column) => {
    const minus = typeof column === "string" && column[0] === "-";
    return { column: minus ? column.substring(1) : column, down: minus !== desc };
  });
  const values = rows.map((row, place) => keys.map(({ column }) => valueIn(row, column, place)));
  return rows
    .map((_, place) => place)
    .sort((a, b) => {
      for (const [i, { down }] of keys.entries()) {
        const order = compared(values[a]?.[i], values[b]?.[i], down);
        if (order !== 0) return order;
      }
      return 0;
    });
}

export const picked = (rows: readonly Row[], places: readonly number[]): Row[] =>
  places.map((place) => rows[place] as Row);
