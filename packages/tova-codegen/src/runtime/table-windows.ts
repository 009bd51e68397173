// A column → a column that looks at the rows around each row: ranks, neighbours, running totals
// (spec 14: `win_*`). Each takes `partition_by`, `order_by` and `desc` as its last, named arguments.
import { compareValues, max, min, sum } from "./order";
import { type Column, cell, type Row, sortBy, WindowColumn } from "./table";
import { groupsBy } from "./table-groups";

interface WindowOptions {
  /** Columns whose values tell apart the stretches that know nothing of each other. */
  readonly partition_by?: Column | readonly Column[];
  /** Columns that give the order; the order of the table without it. */
  readonly order_by?: Column | readonly Column[];
  readonly desc?: boolean;
}

type Arguments = readonly (Column | WindowOptions | number | string)[];
type Compute = (values: readonly unknown[], rows: readonly Row[]) => readonly unknown[];

const isOptions = (value: unknown): value is WindowOptions =>
  typeof value === "object" && value !== null;

const columnsIn = (columns: WindowOptions["order_by"]): Column[] =>
  columns === undefined ? [] : ([columns].flat() as Column[]);

/** A window over a column: the rows of each partition in order, and the values in it. */
function overRows(column: Column | null, args: Arguments, compute: Compute): WindowColumn {
  const options = args.find(isOptions) ?? {};
  const order = columnsIn(options.order_by);
  return new WindowColumn((given) => {
    // A table may have the same object twice: each row is one of its own here.
    const rows = given.map((row) => Object.assign(Object.create(Object.getPrototypeOf(row)), row));
    const places = new Map(rows.map((row, index) => [row, index]));
    const results = new Map<Row, unknown>();
    for (const group of groupsBy(rows, columnsIn(options.partition_by))) {
      const ordered = order.length > 0 ? sortBy(group.rows, ...order, options) : group.rows;
      const list = ordered as readonly Row[];
      const values = column ? list.map((row) => cell(row, column, places.get(row))) : [];
      const computed = compute(values, list);
      for (const [index, row] of list.entries()) results.set(row, computed[index] ?? null);
    }
    return rows.map((row) => results.get(row));
  });
}

/** Places by value, the greatest first with `desc`; `next` numbers what comes after equal values. */
function ranks(
  column: Column,
  args: Arguments,
  next: (rank: number, place: number) => number,
): WindowColumn {
  const options = args.find(isOptions) ?? {};
  const sign = options.desc ? -1 : 1;
  const { order_by: _, ...partition } = options;
  return overRows(column, [partition], (values) => {
    const sorted = values.map((value, at) => ({ value, at }));
    sorted.sort((left, right) => sign * compareValues(left.value, right.value));
    const found: number[] = [];
    let rank = 0;
    for (const [place, { value, at }] of sorted.entries()) {
      const before = sorted[place - 1];
      if (!before || compareValues(before.value, value) !== 0) rank = next(rank, place);
      found[at] = rank;
    }
    return found;
  });
}

/** 1, 2, 3 … in the order of the rows. */
export function winRowNumber(...args: Arguments): WindowColumn {
  return overRows(null, args, (_, rows) => rows.map((_row, i) => i + 1));
}

/** The place of a value among all: equal values share one, and the next ones are left out. */
export function winRank(column: Column, ...args: Arguments): WindowColumn {
  return ranks(column, args, (_, place) => place + 1);
}

/** {@link winRank} without gaps after equal values. */
export function winDenseRank(column: Column, ...args: Arguments): WindowColumn {
  return ranks(column, args, (rank) => rank + 1);
}

/** Which of `n` parts of about equal size a row is in, from 1. */
export function winNtile(n: number, ...args: Arguments): WindowColumn {
  return overRows(null, args, (_, rows) =>
    rows.map((_row, i) => Math.floor((i * n) / rows.length) + 1),
  );
}

/** The value so many rows before, one by default; nil where there is no such row. */
export function winLag(column: Column, ...args: Arguments): WindowColumn {
  const offset = args.find((arg) => typeof arg === "number") ?? 1;
  return overRows(column, args, (values) => values.map((_, i) => values[i - offset]));
}

/** The value so many rows after, one by default; nil where there is no such row. */
export function winLead(column: Column, ...args: Arguments): WindowColumn {
  const offset = args.find((arg) => typeof arg === "number") ?? 1;
  return overRows(column, args, (values) => values.map((_, i) => values[i + offset]));
}

/** The first value of the partition. */
export function winFirst(column: Column, ...args: Arguments): WindowColumn {
  return overRows(column, args, (values) => values.map(() => values[0]));
}

/** The last value of the partition. */
export function winLast(column: Column, ...args: Arguments): WindowColumn {
  return overRows(column, args, (values) => values.map(() => values.at(-1)));
}

/** What a function gives of the values up to each row, the last `size` of them. */
function running(
  column: Column,
  args: Arguments,
  total: (values: readonly number[]) => unknown,
  size = Number.POSITIVE_INFINITY,
): WindowColumn {
  return overRows(column, args, (values) =>
    values.map((_, i) => {
      const window = values.slice(Math.max(0, i + 1 - size), i + 1);
      return total(window.filter((value) => value !== null) as number[]);
    }),
  );
}

const average = (values: readonly number[]): number | null =>
  values.length > 0 ? sum(values) / values.length : null;

/** The sum of the values so far. */
export function winRunningSum(column: Column, ...args: Arguments): WindowColumn {
  return running(column, args, sum);
}

/** How many values there are so far. */
export function winRunningCount(column: Column, ...args: Arguments): WindowColumn {
  return running(column, args, (values) => values.length);
}

/** The mean of the values so far. */
export function winRunningAvg(column: Column, ...args: Arguments): WindowColumn {
  return running(column, args, average);
}

/** The least value so far. */
export function winRunningMin(column: Column, ...args: Arguments): WindowColumn {
  return running(column, args, min);
}

/** The greatest value so far. */
export function winRunningMax(column: Column, ...args: Arguments): WindowColumn {
  return running(column, args, max);
}

/** The mean of the last `n` values. */
export function winMovingAvg(column: Column, n: number, ...args: Arguments): WindowColumn {
  return running(column, args, average, n);
}
