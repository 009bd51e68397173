// Rows → what the library's functions for tables give (spec 14, docs/language.md "Tables"), in plain loops.
import { type Any, type Library, less, listOf, values } from "./values";

type Row = Readonly<Record<string, Any>>;

const isNil = (value: Any): boolean => value === null || value === undefined;
const orNil = (value: Any): Any => value ?? null;

/** A row's value in a column, by its name or a function. */
const valueIn = (row: Row, column: Any, place = 0): Any =>
  orNil(typeof column === "function" ? column(row, place) : row[column]);

function namesOf(rows: readonly Row[]): string[] {
  const names: string[] = [];
  for (const row of rows)
    for (const name of Object.keys(row)) if (!names.includes(name)) names.push(name);
  return names;
}

const tables = new WeakSet<object>();
const lazies = new WeakMap<object, () => Row[]>();

/** A list that knows its columns. */
function table(rows: readonly Row[]): Row[] {
  const made = [...rows];
  tables.add(made);
  const known: Record<string, () => Any> = {
    columns: () => namesOf(made),
    rows: () => [...made],
    shape: () => [made.length, namesOf(made).length],
  };
  for (const [name, get] of Object.entries(known)) Object.defineProperty(made, name, { get });
  return made;
}

function lazy(rows: () => Row[]): object {
  const made = { collect: rows, [Symbol.iterator]: () => rows()[Symbol.iterator]() };
  for (const name of Reflect.ownKeys(made)) Object.defineProperty(made, name, { enumerable: false });
  Object.defineProperty(made, "__tag", { value: "Lazy" });
  Object.defineProperty(made, "toJSON", { value: rows });
  lazies.set(made, rows);
  return made;
}

/** The rows of a table, of a list, of columns by name. */
function rowsOf(data: Any): Row[] {
  const waiting = lazies.get(data);
  if (waiting) return waiting();
  if (Symbol.iterator in data) return listOf(data);
  const rows: Record<string, Any>[] = [];
  const names = Object.keys(data);
  const most = names.reduce((length, name) => Math.max(length, data[name].length), 0);
  for (let i = 0; i < most; i++) {
    const row: Record<string, Any> = {};
    for (const name of names) row[name] = orNil(data[name][i]);
    rows.push(row);
  }
  return rows;
}

/** What gives lists for lists, tables for tables and waits for lazy ones. */
const stepping =
  (run: (rows: Row[], ...args: Any[]) => Row[]): Library[string] =>
  (data, ...args) => {
    if (lazies.has(data)) return lazy(() => table(run(rowsOf(data), ...args)));
    const rows = run(rowsOf(data), ...args);
    return tables.has(data) ? table(rows) : rows;
  };

/** Whether two values are the same in a column; lists and objects by what is in them. */
function same(left: Any, right: Any): boolean {
  if (isNil(left) || isNil(right)) return isNil(left) && isNil(right);
  if (typeof left !== typeof right) return false;
  if (typeof left !== "object") return left === right || (left !== left && right !== right);
  return JSON.stringify(left) === JSON.stringify(right);
}

interface Group {
  readonly values: readonly Any[];
  /** The places of its rows. */
  readonly places: number[];
}

function groupsOf(rows: readonly Row[], columns: readonly Any[]): Group[] {
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

const isOptions = (value: Any): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The places of rows in the order of columns, `-name` downwards. */
function placesBy(rows: readonly Row[], by: readonly Any[], desc: boolean): number[] {
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

const picked = (rows: readonly Row[], places: readonly number[]): Row[] =>
  places.map((place) => rows[place] as Row);

const groupedBy = new WeakMap<object, { readonly columns: readonly Any[]; readonly groups: Group[]; readonly rows: Row[] }>();

const columnNames = (columns: readonly Any[]): string[] =>
  columns.map((column, i) =>
    typeof column === "string" ? column : i === 0 ? "key" : `key${i + 1}`,
  );

const keyOf = (columns: readonly Any[], values: readonly Any[]): Row =>
  Object.fromEntries(columnNames(columns).map((name, i) => [name, values[i]]));

/** The groups that `agg` totals, each with what it is grouped by. */
function groupsIn(data: Any): { readonly key: Row; readonly rows: Row[] }[] {
  const known = groupedBy.get(data);
  if (!known && !lazies.has(data) && !(Symbol.iterator in data)) {
    return Object.entries(data).map(([key, rows]) => ({ key: { key }, rows: rowsOf(rows) }));
  }
  if (!known) return [{ key: {}, rows: rowsOf(data) }];
  const { columns, groups, rows } = known;
  return groups.map(({ values, places }) => ({
    key: keyOf(columns, values),
    rows: picked(rows, places),
  }));
}

function totals(data: Any, named: Row): Row[] {
  return groupsIn(data).map(({ key, rows }) => {
    const made: Record<string, Any> = { ...key };
    for (const [name, total] of Object.entries(named)) {
      made[name] = typeof total === "function" ? total(rows) : total;
    }
    return made;
  });
}

const steps: Library = {
  where: stepping((rows, ...tests) =>
    rows.filter((row, i) => tests.every((test) => test(row, i))),
  ),
  select: stepping((rows, ...columns) => {
    const left = columns.filter((each) => typeof each === "string" && each[0] === "-");
    const kept = columns.filter((each) => !left.includes(each));
    const chosen = kept.length > 0 ? kept : namesOf(rows);
    return rows.map((row, i) => {
      const made: Record<string, Any> = {};
      for (const each of chosen) {
        if (typeof each === "string") made[each] = valueIn(row, each);
        else for (const [name, column] of Object.entries(each)) made[name] = valueIn(row, column, i);
      }
      for (const name of left) delete made[name.slice(1)];
      return made;
    });
  }),
  derive: stepping((rows, named: Row) => {
    let made = rows;
    for (const [name, column] of Object.entries(named)) {
      const whole = windows.get(column)?.(made);
      made = made.map((row, i) => {
        const value = whole ? whole[i] : typeof column === "function" ? column(row, i) : column;
        return { ...row, [name]: orNil(value) };
      });
    }
    return made;
  }),
  sort_by: stepping((rows, ...by) => {
    const options = by.find(isOptions);
    const columns = by.filter((each) => !isOptions(each));
    return picked(rows, placesBy(rows, columns, options?.desc === true));
  }),
  limit: stepping((rows, n, skipped = 0) => rows.filter((_, i) => i >= skipped && i < skipped + n)),
  explode: stepping((rows, column) => {
    const made: Row[] = [];
    for (const row of rows) {
      const value = valueIn(row, column);
      for (const each of Array.isArray(value) ? value : [value]) made.push({ ...row, [column]: each });
    }
    return made;
  }),
  drop_duplicates: stepping((rows, ...columns) =>
    groupsOf(rows, columns.length > 0 ? columns : namesOf(rows)).map(
      ({ places: [first = 0] }) => rows[first] as Row,
    ),
  ),
  rename: stepping((rows, names, name) => {
    const wanted: Row = typeof names === "string" ? { [names]: name } : names;
    return rows.map((row) => {
      const made: Record<string, Any> = {};
      for (const old of Object.keys(row)) made[Object.hasOwn(wanted, old) ? wanted[old] : old] = row[old];
      return made;
    });
  }),
  drop_nil: stepping((rows, ...columns) => {
    const names = columns.length > 0 ? columns : namesOf(rows);
    return rows.filter((row) => !names.some((name) => isNil(row[name])));
  }),
  fill_nil: stepping((rows, first, ...others) => {
    const byName = others.length > 0 ? { [first]: others[0] } : isOptions(first) ? first : null;
    const names = byName ? Object.keys(byName) : namesOf(rows);
    return rows.map((row) => {
      const made: Record<string, Any> = { ...row };
      for (const name of names) if (isNil(made[name])) made[name] = byName ? byName[name] : first;
      return made;
    });
  }),
  unpivot: stepping((rows, { id = [], name = "variable", value = "value" } = {}) => {
    const ids = [id].flat();
    const names = namesOf(rows).filter((each) => !ids.includes(each));
    return rows.flatMap((row) =>
      names.map((each) => ({ ...keyOf(ids, ids.map((one: string) => valueIn(row, one))), [name]: each, [value]: valueIn(row, each) })),
    );
  }),
  cast: stepping((rows, names, type) => {
    const wanted: Row = typeof names === "string" ? { [names]: type } : names;
    return rows.map((row) => {
      const made: Record<string, Any> = { ...row };
      for (const [name, to] of Object.entries(wanted)) {
        const change = typeof to === "function" ? to : casts[to];
        if (!change) throw new TypeError(`cast knows no type ${to}`);
        made[name] = isNil(row[name]) ? null : change(row[name]);
      }
      return made;
    });
  }),
  pivot: stepping((rows, { index, columns, values, agg }) => {
    const wide: string[] = [];
    for (const row of rows) {
      const name = textOf(valueIn(row, columns));
      if (!wide.includes(name)) wide.push(name);
    }
    return groupsOf(rows, [index].flat()).map((group) => {
      const made: Record<string, Any> = { ...keyOf([index].flat(), group.values) };
      for (const name of wide) {
        const own = picked(rows, group.places).filter((row) => textOf(valueIn(row, columns)) === name);
        const found = own.map((row) => valueIn(row, values));
        made[name] = found.length === 0 ? null : agg ? agg(found) : found[found.length - 1];
      }
      return made;
    });
  }),
  table_join: stepping((rows, other, options) => {
    const { on, left = on, right = on, how = "inner" } = options;
    const others = rowsOf(other);
    const matched = new Set<Row>();
    const made: Row[] = [];
    for (const [i, row] of rows.entries()) {
      const key = valueIn(row, left, i);
      const found = others.filter((one, j) => same(valueIn(one, right, j), key));
      for (const one of found) {
        matched.add(one);
        made.push({ ...one, ...row });
      }
      if (found.length === 0 && how !== "inner") made.push(row);
    }
    if (how === "outer") made.push(...others.filter((one) => !matched.has(one)));
    return made;
  }),
};

const casts: Library = {
  Int: (value) => values.int?.(value),
  Float: (value) => values.float?.(value),
  Number: (value) => values.float?.(value),
  String: (value) => textOf(value),
  Bool: (value) => values.to_bool?.(value),
};

const textOf = (value: Any): string => (isNil(value) ? "nil" : String(value));

type Whole = (rows: readonly Row[]) => Any[];

/** Columns that are made of all rows at once. */
const windows = new WeakMap<object, Whole>();

/** A window: what each row of a partition is given, by the values of the partition in order. */
function windowed(column: Any, args: readonly Any[], each: (values: Any[], at: number) => Any): object {
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

const offsetOf = (args: readonly Any[]): number =>
  args.find((arg) => typeof arg === "number") ?? 1;

/** What a function makes of the values so far. */
const running =
  (fold: (values: number[]) => Any): Library[string] =>
  (column, ...args) =>
    windowed(column, args, (values, at) => fold(values.slice(0, at + 1).filter((v) => !isNil(v))));

const added = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const averaged = (values: readonly number[]): number | null =>
  values.length === 0 ? null : added(values) / values.length;
const furthest = (values: readonly number[], up: boolean): number | null =>
  values.length === 0
    ? null
    : values.reduce((best, value) => (up ? (value > best ? value : best) : value < best ? value : best));

const ofWindows: Library = {
  win_row_number: (...args) => windowed(null, args, (_, at) => at + 1),
  win_rank: (column, ...args) => ranked(column, args, false),
  win_dense_rank: (column, ...args) => ranked(column, args, true),
  win_ntile: (n, ...args) =>
    windowed(null, args, (values, at) => 1 + Math.floor((at * n) / values.length)),
  win_lag: (column, ...args) => windowed(column, args, (values, at) => values[at - offsetOf(args)]),
  win_lead: (column, ...args) => windowed(column, args, (values, at) => values[at + offsetOf(args)]),
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

/** A total of the values of a column that are there. */
const totalling =
  (total: (values: Any[]) => Any): Library[string] =>
  (column) =>
  (rows: Row[]) =>
    total(rows.map((row, i) => valueIn(row, column, i)).filter((value) => !isNil(value)));

const ofGroups: Library = {
  agg_sum: totalling(added),
  agg_mean: totalling(averaged),
  agg_min: totalling((values) => furthest(values, false)),
  agg_max: totalling((values) => furthest(values, true)),
  agg_first: totalling(([first]) => orNil(first)),
  agg_last: totalling((values) => orNil(values[values.length - 1])),
  agg_list: totalling((values) => values),
  agg_unique: totalling((values) => new Set(values).size),
  agg_count: (column) => (rows: Row[]) =>
    column === undefined ? rows.length : rows.filter((row, i) => valueIn(row, column, i)).length,
};

export const tableFunctions: Library = {
  ...{ ...steps, ...ofWindows, ...ofGroups },
  Table(data = [], names = null) {
    if (!names) return table(rowsOf(data));
    return table(
      listOf(data).map((values) =>
        Object.fromEntries(names.map((name: string, i: number) => [name, orNil(values[i])])),
      ),
    );
  },
  table_group_by(data, ...columns) {
    const rows = rowsOf(data);
    const groups = groupsOf(rows, columns);
    const made: Record<string, Row[]> = {};
    for (const { values, places } of groups) made[values.join(", ")] = picked(rows, places);
    groupedBy.set(made, { columns, groups, rows });
    return made;
  },
  agg(data, named) {
    if (lazies.has(data)) return lazy(() => table(totals(data, named)));
    return tables.has(data) ? table(totals(data, named)) : totals(data, named);
  },
  lazy: (data) => lazy(() => table(rowsOf(data))),
  collect: (data) => (lazies.has(data) ? rowsOf(data) : [...data]),
  table_to_csv(data) {
    const rows = rowsOf(data);
    const names = namesOf(rows);
    const field = (value: Any): string => {
      const text = isNil(value) ? "" : typeof value === "object" ? JSON.stringify(value) : textOf(value);
      return /[",\r\n]/.test(text) ? `"${text.split('"').join('""')}"` : text;
    };
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    return lines.map((line) => line.map(field).join(",")).join("\n");
  },
  peek(data, look) {
    look(rowsOf(data));
    return data;
  },
};
