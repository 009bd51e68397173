// Names of the table functions → what they make of a column expression among their arguments; data only.

const set = (...lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.split(" ")));

/** Those that take a column by its name: `select(.id, -.secret)`. */
export const byName = set(
  "select sort_by sortBy pivot unpivot explode drop_duplicates dropDuplicates rename cast drop_nil",
  "dropNil fill_nil fillNil table_select tableSelect table_sort_by tableSortBy table_pivot tablePivot",
  "table_unpivot tableUnpivot table_explode tableExplode table_drop_duplicates tableDropDuplicates",
  "table_rename tableRename table_cast tableCast table_drop_nil tableDropNil table_fill_nil tableFillNil",
  "table_group_by tableGroupBy table_join tableJoin",
);

/** Functions of lists, and what they are called when they are given columns of a table. */
export const ofTables: Readonly<Record<string, string>> = {
  group_by: "table_group_by",
  groupBy: "table_group_by",
  join: "table_join",
};

/** Those whose arguments are totals of a group of rows. */
export const aggregating = set("agg table_agg tableAgg");

/** Those that choose columns. */
export const selects = set("select table_select tableSelect");

/** Those that make columns by name: an object is what its properties are as named arguments. */
export const naming = set("derive table_derive tableDerive", ...selects);

/** In a total: functions of all values, `sum(.price)`. */
export const ofValues = set(
  "sum product mean avg median min max mode stdev variance percentile first last unique sorted",
  "reversed frequencies join compact flatten",
);

/** In a total: functions that take the rows and a function of one, `count(.paid)`. */
export const ofRows = set(
  "count any all find filter map flat_map flatMap reduce min_by minBy max_by maxBy sum_by sumBy",
  "partition find_index findIndex",
);
