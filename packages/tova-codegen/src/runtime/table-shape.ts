// Rows → the same values in other rows and columns, or under other names and types (spec 14: tables).
import { asText, float, int, toBool } from "./convert";
import {
  type Column,
  cell,
  columnsOf,
  type LazyTable,
  type Row,
  rowsOf,
  step,
  type TableData,
} from "./table";
import { groupsBy } from "./table-groups";

type Stepped = readonly Row[] | LazyTable;
type Names = string | readonly string[];

const listed = (names: Names | undefined): string[] =>
  names === undefined ? [] : typeof names === "string" ? [names] : [...names];

interface PivotOptions {
  /** What stays a row. */
  readonly index: Names;
  /** The column whose values become columns. */
  readonly columns: string;
  readonly values: string;
  /** What several values in one place become; the last one without it. */
  readonly agg?: (values: readonly unknown[]) => unknown;
}

/** `pivot(t, index: .region, columns: .product, values: .sales)`: a row per index, values as columns. */
export function pivot(
  data: TableData,
  ...given: [PivotOptions] | [index: Names, columns: string, values: string]
): Stepped {
  const [first, columns = "", values = ""] = given;
  const options =
    typeof first === "object" && "index" in first ? first : { index: first, columns, values };
  const total = options.agg ?? ((all: readonly unknown[]) => all.at(-1));
  return step(data, (rows) => {
    const names = [...new Set(rows.map((row) => asText(cell(row, options.columns))))];
    return groupsBy(rows, listed(options.index)).map((group) => {
      const cells = names.map((name) => {
        const own = group.rows.filter((row) => asText(cell(row, options.columns)) === name);
        const found = own.map((row) => cell(row, options.values));
        return [name, found.length > 0 ? total(found) : null];
      });
      return { ...group.key, ...Object.fromEntries(cells) };
    });
  });
}

interface UnpivotOptions {
  /** Columns that stay. */
  readonly id?: Names;
  /** Columns that become rows; without them all others. */
  readonly columns?: Names;
  /** @default "variable" */
  readonly name?: string;
  /** @default "value" */
  readonly value?: string;
}

/** `unpivot(t, id: .region)`: a row for each value of the other columns, with the column's name. */
export function unpivot(data: TableData, given: UnpivotOptions | Names = {}): Stepped {
  const isNames = typeof given === "string" || Array.isArray(given);
  const options = isNames ? { id: given as Names } : (given as UnpivotOptions);
  const { name = "variable", value = "value" } = options;
  return step(data, (rows) => {
    const id = listed(options.id);
    const columns = options.columns
      ? listed(options.columns)
      : columnsOf(rows).filter((column) => !id.includes(column));
    return rows.flatMap((row) =>
      columns.map((column) => ({
        ...Object.fromEntries(id.map((one) => [one, cell(row, one)])),
        [name]: column,
        [value]: cell(row, column),
      })),
    );
  });
}

/** A row for each value of the lists in a column; none for an empty list. */
export function explode(data: TableData, column: string): Stepped {
  return step(data, (rows) =>
    rows.flatMap((row) => {
      const values = cell(row, column);
      return (Array.isArray(values) ? values : [values]).map((value) => ({
        ...row,
        [column]: value,
      }));
    }),
  );
}

/** The first of the rows with the same values in the columns, or in all of them. */
export function dropDuplicates(
  data: TableData,
  ...by: (Column | readonly string[] | { readonly by: Names })[]
): Stepped {
  const columns = by.flatMap((one): Column[] =>
    typeof one === "object" && "by" in one ? listed(one.by) : ([one].flat() as Column[]),
  );
  return step(data, (rows) =>
    groupsBy(rows, columns.length > 0 ? columns : columnsOf(rows)).flatMap((group) =>
      group.rows.slice(0, 1),
    ),
  );
}

/** Columns under other names: `rename(t, old: "new")`, `rename(t, .old, "new")`. */
export function renameColumns(
  data: TableData,
  names: string | Readonly<Record<string, string>>,
  name = "",
): Stepped {
  const pairs = new Map(Object.entries(typeof names === "string" ? { [names]: name } : names));
  return step(data, (rows) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [pairs.get(column) ?? column, value]),
      ),
    ),
  );
}

type Conversion = string | ((value: unknown) => unknown);

const conversions: Readonly<Record<string, (value: unknown) => unknown>> = {
  int,
  float,
  number: float,
  string: asText,
  bool: toBool,
};

/** A value in another type; nil stays nil. @throws TypeError for a type that it does not know */
function converted(value: unknown, type: Conversion): unknown {
  const change = typeof type === "function" ? type : conversions[type.toLowerCase()];
  if (!change) throw new TypeError(`cast knows no type ${type}`);
  return value === null ? null : change(value);
}

/** Columns in other types: `cast(t, age: "Int")`, `cast(t, .age, "Int")`, `cast(t, age: int)`. */
export function castColumns(
  data: TableData,
  types: string | Readonly<Record<string, Conversion>>,
  type: Conversion = "String",
): Stepped {
  const all = Object.entries(typeof types === "string" ? { [types]: type } : types);
  return step(data, (rows) =>
    rows.map((row) => ({
      ...row,
      ...Object.fromEntries(all.map(([name, to]) => [name, converted(cell(row, name), to)])),
    })),
  );
}

/** The rows with values in all the columns, or in every one. */
export function dropNil(data: TableData, ...by: Names[]): Stepped {
  const names = by.flatMap(listed);
  return step(data, (rows) => {
    const columns = names.length > 0 ? names : columnsOf(rows);
    return rows.filter((row) => columns.every((name) => cell(row, name) !== null));
  });
}

/** Values for nil: `fill_nil(t, 0)` in all columns, `fill_nil(t, .age, 0)`, `fill_nil(t, age: 0)`. */
export function fillNil(
  data: TableData,
  ...given: [unknown] | [column: string, value: unknown]
): Stepped {
  const [first, second] = given;
  const one = given.length === 2 ? { [String(first)]: second } : first;
  const isByColumn = typeof one === "object" && one !== null;
  return step(data, (rows) => {
    const columns = columnsOf(rows);
    const values = isByColumn ? { ...one } : Object.fromEntries(columns.map((name) => [name, one]));
    return rows.map((row) => {
      const missing = Object.entries(values).filter(([name]) => cell(row, name) === null);
      return { ...row, ...Object.fromEntries(missing) };
    });
  });
}

interface JoinOptions {
  /** The column that both have. */
  readonly on?: Column;
  readonly left?: Column;
  readonly right?: Column;
  /** Of which tables rows without a partner stay: none, one, or both. @default "inner" */
  readonly how?: "inner" | "left" | "right" | "outer";
}

/**
 * Rows of two tables with the same value in a column: `join(a, b, left: .id, right: .user_id)`; nil
 * in the columns of the other table where a row has no partner.
 * @throws TypeError without columns to join by, or for another `how`
 */
export function tableJoin(
  data: TableData,
  other: TableData,
  options: JoinOptions | string,
): Stepped {
  const {
    on,
    left = on,
    right = on,
    how = "inner",
  } = typeof options === "string" ? { on: options } : options;
  if (left === undefined || right === undefined) {
    throw new TypeError("A join needs `on`, or `left` and `right`");
  }
  if (!["inner", "left", "right", "outer"].includes(how)) {
    throw new TypeError(`A join is inner, left, right or outer, not ${how}`);
  }
  return step(data, (rows) => {
    const added = rowsOf(other);
    const places = new Map(
      groupsBy(added, [right]).map((group) => [Object.values(group.key)[0], group.rows]),
    );
    const [noRow, noOther] = [nilRow(rows), nilRow(added)];
    const matched = rows.flatMap((row, index) => {
      const found = places.get(cell(row, left, index));
      if (!found) return /left|outer/.test(how) ? [{ ...row, ...noOther, ...row }] : [];
      // The left table's columns come first and keep their values.
      return found.map((one) => ({ ...row, ...one, ...row }));
    });
    if (!/right|outer/.test(how)) return matched;
    const known = new Set(rows.map((row, index) => cell(row, left, index)));
    const alone = added.filter((row, index) => !known.has(cell(row, right, index)));
    return [...matched, ...alone.map((row) => ({ ...noRow, ...noOther, ...row }))];
  });
}

/** A row with nil in every column of a table. */
function nilRow(rows: readonly Row[]): Row {
  return Object.fromEntries(columnsOf(rows).map((name) => [name, null]));
}
