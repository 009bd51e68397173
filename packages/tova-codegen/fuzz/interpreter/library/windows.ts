// A column → a column that looks at the rows around each row (spec 14: `win_*`), in plain loops.
import { order } from "./lists";
import { groupsOf, isNil, isOptions, orNil, picked, placesBy, type Row, valueIn } from "./rows";
import { type Any, type Library, less } from "./values";

type Whole = (rows: readonly Row[]) => Any[];

/** Columns that are made of all rows at once. */
export const windows = new WeakMap<object, Whole>();

/** A window: what each row of a partition is given, by the values of the partition in order. */
function windowed(
  column: Any,
  args: readonly Any[],
  each: (values: Any[], at: number) => Any,
): object {
  const options = args.find(isOptions) ?? {};
  const made = Object.defineProperty({}, "valueOf", {
    value() {
      throw new TypeError("A window function gives a whole column: derive it, then use the column");
    },
  });
  windows.set(made, (rows) => {
    const result: Any[] = rows.map(() => null);
    for (const { places } of groupsOf(rows, [options.partition_by ?? []].flat())) {
      const by = [options.order_by ?? []].flat();
      const inOrder = placesBy(picked(rows, places), by, options.desc === true);
      const ordered = by.length > 0 ? inOrder.map((i) => places[i] ?? 0) : places;
      const values = ordered.map((place) =>
        column === null ? null : valueIn(rows[place] as Row, column, place),
      );
      for (const [at, place] of ordered.entries()) result[place] = orNil(each(values, at));
    }
    return result;
  });
  return made;
}

/** How many of the values, or of the different ones, come before a value. */
function ranked(column: Any, args: readonly Any[], dense: boolean): object {
  const { desc = false, partition_by = [] } = args.find(isOptions) ?? {};
  return windowed(column, [{ partition_by }], (values, at) => {
    const before = values.filter((value) =>
      desc ? less(values[at], value) : less(value, values[at]),
    );
    return 1 + (dense ? new Set(before).size : before.length);
  });
}

const offsetOf = (args: readonly Any[]): number => args.find((arg) => typeof arg === "number") ?? 1;

/** What a function makes of the values so far. */
const running =
  (fold: (values: number[]) => Any): Library[string] =>
  (column, ...args) =>
    windowed(column, args, (values, at) => fold(values.slice(0, at + 1).filter((v) => !isNil(v))));

/** Texts of numbers count as numbers. */
export const added = (values: readonly (number | string)[]): number =>
  values.reduce<number>((sum, value) => sum + Number(value), 0);
export const averaged = (values: readonly number[]): number | null =>
  values.length === 0 ? null : added(values) / values.length;
export const furthest = (values: readonly number[], up: boolean): number | null =>
  (up ? order.max : order.min)?.(values);

export const ofWindows: Library = {
  win_row_number: (...args) => windowed(null, args, (_, at) => at + 1),
  win_rank: (column, ...args) => ranked(column, args, false),
  win_dense_rank: (column, ...args) => ranked(column, args, true),
  win_ntile: (n, ...args) =>
    windowed(null, args, (values, at) => 1 + Math.floor((at * n) / values.length)),
  win_lag: (column, ...args) => windowed(column, args, (values, at) => values[at - offsetOf(args)]),
  win_lead: (column, ...args) =>
    windowed(column, args, (values, at) => values[at + offsetOf(args)]),
  win_first: (column, ...args) => windowed(column, args, (values) => values[0]),
  win_last: (column, ...args) => windowed(column, args, (values) => values[values.length - 1]),
  win_running_sum: running(added),
  win_running_count: running((values) => values.length),
  win_running_avg: running(averaged),
  win_running_min: running((values) => furthest(values, false)),
  win_running_max: running((values) => furthest(values, true)),
  win_moving_avg: (column, n, ...args) =>
    windowed(column, args, (values, at) =>
      averaged(values.slice(Math.max(0, at - n + 1), at + 1).filter((value) => !isNil(value))),
    ),
};
