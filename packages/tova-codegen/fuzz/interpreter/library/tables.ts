// Rows → what the library's functions for tables give (spec 14, docs/language.md "Tables"), in plain loops.
import { described, rowsOfCsv } from "./csv";
import {
  type Group,
  groupsOf,
  isNil,
  isOptions,
  namesOf,
  orNil,
  picked,
  placesBy,
  type Row,
  same,
  valueIn,
} from "./rows";
import { type Any, type Library, listOf, values } from "./values";
import { added, averaged, furthest, ofWindows, windows } from "./windows";

const tables = new WeakSet<object>();
const lazies = new WeakMap<object, () => Row[]>();
/** Groups of what was a table. */
const grouped = new WeakSet<object>();

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
  for (const name of Reflect.ownKeys(made))
    Object.defineProperty(made, name, { enumerable: false });
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

/** A row with these columns, each of the first row that has it, else nil. */
function filledRow(names: readonly string[], ...from: readonly Row[]): Row {
  const row: Record<string, Any> = {};
  for (const name of names) {
    const owner = from.find((one) => Object.hasOwn(one, name));
    row[name] = owner ? owner[name] : null;
  }
  return row;
}

/** What gives lists for lists, tables for tables and waits for lazy ones. */
const stepping =
  (run: (rows: Row[], ...args: Any[]) => Row[]): Library[string] =>
  (data, ...args) => {
    if (lazies.has(data)) return lazy(() => table(run(rowsOf(data), ...args)));
    const rows = run(rowsOf(data), ...args);
    return tables.has(data) ? table(rows) : rows;
  };

const groupedBy = new WeakMap<
  object,
  { readonly columns: readonly Any[]; readonly groups: Group[]; readonly rows: Row[] }
>();

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
  where: stepping((rows, ...tests) => rows.filter((row, i) => tests.every((test) => test(row, i)))),
  select: stepping((rows, ...columns) => {
    const left = columns.filter((each) => typeof each === "string" && each[0] === "-");
    const kept = columns.filter((each) => !left.includes(each));
    const chosen = kept.length > 0 ? kept : namesOf(rows);
    return rows.map((row, i) => {
      const made: Record<string, Any> = {};
      for (const each of chosen) {
        if (typeof each === "string") made[each] = valueIn(row, each);
        else if (typeof each === "function") throw new TypeError("a column without a name");
        else
          for (const [name, column] of Object.entries(each)) made[name] = valueIn(row, column, i);
      }
      for (const name of left) delete made[name.slice(1)];
      return made;
    });
  }),
  derive: stepping((rows, named: Row) => {
    let made = rows;
    if (typeof named === "function") throw new TypeError("a column without a name");
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
      for (const each of Array.isArray(value) ? value : [value])
        made.push({ ...row, [column]: each });
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
      for (const old of Object.keys(row))
        made[Object.hasOwn(wanted, old) ? wanted[old] : old] = row[old];
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
      names.map((each) => ({
        ...keyOf(
          ids,
          ids.map((one: string) => valueIn(row, one)),
        ),
        [name]: each,
        [value]: valueIn(row, each),
      })),
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
        const own = picked(rows, group.places).filter(
          (row) => textOf(valueIn(row, columns)) === name,
        );
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
        made.push(filledRow([...Object.keys(row), ...Object.keys(one)], row, one));
      }
      const stays = found.length === 0 && (how === "left" || how === "outer");
      if (stays) made.push(filledRow([...Object.keys(row), ...namesOf(others)], row));
    }
    if (how === "inner" || how === "left") return made;
    const alone = others.filter((one) => !matched.has(one));
    return [...made, ...alone.map((one) => filledRow([...namesOf(rows), ...namesOf(others)], one))];
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
    const ofTable = tables.has(data) || lazies.has(data);
    for (const { values, places } of groups) {
      const own = picked(rows, places);
      made[values.map(String).join(", ")] = ofTable ? table(own) : own;
    }
    groupedBy.set(made, { columns, groups, rows });
    if (ofTable) grouped.add(made);
    return made;
  },
  agg(data, named) {
    if (typeof named === "function") throw new TypeError("a total without a name");
    if (lazies.has(data)) return lazy(() => table(totals(data, named)));
    const isTable = tables.has(data) || grouped.has(data);
    return isTable ? table(totals(data, named)) : totals(data, named);
  },
  lazy: (data) => lazy(() => table(rowsOf(data))),
  collect: (data) => (lazies.has(data) ? rowsOf(data) : [...data]),
  table_to_csv(data) {
    const rows = rowsOf(data);
    const names = namesOf(rows);
    const field = (value: Any): string => {
      const text = isNil(value)
        ? ""
        : typeof value === "object"
          ? JSON.stringify(value)
          : textOf(value);
      return /[",\r\n]/.test(text) ? `"${text.split('"').join('""')}"` : text;
    };
    const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
    return lines.map((line) => line.map(field).join(",")).join("\n");
  },
  table_from_csv: (text) => table(rowsOfCsv(text)),
  describe: (data) => described(rowsOf(data)),
  peek(data, look) {
    look(rowsOf(data));
    return data;
  },
};
