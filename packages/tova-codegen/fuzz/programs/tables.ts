// Tables: rows that go through steps with columns, totals and windows (spec 5.7, 14).
import { inBlock, inFunction, isHidden, type Place, quiet } from "./context";
import { expression } from "./expression";
import { type Form, small } from "./form";

/** A number, or a condition, that a column is computed with; no step of it leaves the function. */
const n: Form = (place) => expression(inRow(place), "number");
const b: Form = (place) => expression(inRow(place), "bool");
/** What no row is needed for stands in no function. */
const plain: Form = (place) => expression({ ...quiet(inBlock(place)), depth: 1 }, "number");
const inRow = (place: Place): Place => ({ ...quiet(inFunction(place, null, false)), depth: 1 });

const kind: Form = ({ choices }) => choices.pick(['"x"', '"y"', '"x y"', "nil"]);
const number: Form = ({ choices }) => choices.pick(["1", "2", "3", "-1", "2.5"]);
const maybe: Form = ({ choices }) => choices.pick(["1", "nil", "4"]);
const text: Form = ({ choices }) => choices.pick(['"a"', '"b,c"', '"é"', "'q\"'"]);

const row: Form = (place) =>
  `{ k: ${kind(place)}, n: ${number(place)}, m: ${maybe(place)}, s: ${text(place)} }`;

const several = (place: Place, form: Form): string =>
  Array.from({ length: place.choices.below(4) }, () => form(place)).join(", ");

/** Rows as a list, as a table of rows or columns, lazy; two may be the same object. */
const sources: readonly [Form, ...Form[]] = [
  (place) => `[${several(place, row)}]`,
  (place) => `[one, ${several(place, row)}, one]`.replace(", ,", ","),
  (place) => `Table([one, ${row(place)}])`,
  (place) =>
    `Table({ k: [${kind(place)}, "x"], n: [1, 2, 3], m: [${maybe(place)}], s: ["a", "b", "c"] })`,
  (place) => `Table([["x", 1, ${maybe(place)}, "a"], ["y", 2]], ["k", "n", "m", "s"])`,
  (place) => `(Table([${several(place, row)}]) |> lazy)`,
];

const test: Form = (place) =>
  place.choices.pick<Form>([
    (at) => `.n > ${n(at)}`,
    (at) => `.n > ${small(at)} and .m != nil`,
    (at) => `.k == "x" or .n < ${n(at)}`,
    () => "not (.m is Int)",
    (at) => `.n in [1, ${n(at)}, 2]`,
    (at) => `if .n > 1 { true } else { ${b(at)} }`,
    (at) => `match .k { "x" => .n > 1, nil => true, _ => ${b(at)} }`,
    () => `"{.k}{.s}" != "xa"`,
    () => "1 <= .n <= 2",
    () => "fn(row) row.n != 2",
    () => "it.n > 1 and .n < 3",
    (at) => `(.m ?? ${n(at)}) > 0`,
  ])(place);

/** Steps that keep the columns. */
const steps: readonly [Form, ...Form[]] = [
  (place) => `where(${test(place)})`,
  (place) => `filter(${test(place)})`,
  (place) => `where(${test(place)}, ${test(place)})`,
  (place) => `derive(.d = .n * 2 + ${n(place)}, .f = "{.k}-{.d}")`,
  (place) => `derive(.n = .n + 1, .e = [.n, .m], fixed: ${plain(place)})`,
  (place) => `derive({ d: .n * 2 + ${n(place)}, "f g": .k, fixed: ${plain(place)} })`,
  ({ choices }) =>
    `derive({ c: { d: .n } }) |> sort_by(${choices.pick([".c.d", "-.c.d", ".k, .c.d"])}) |> select(-.c)`,
  () => "derive(.l = [.n, .m], .n = .l[0]) |> explode(.l)",
  (place) => `sort_by(${order(place)})`,
  (place) => `sort_by(${order(place)}, ${order(place)})`,
  (place) => `sort_by(${order(place)}, desc: true)`,
  (place) => `limit(${small(place)})`,
  (place) => `limit(2, ${place.choices.below(3)})`,
  ({ choices }) =>
    choices.pick(["drop_duplicates", "drop_duplicates(.k)", "drop_duplicates(.k, .n)"]),
  ({ choices }) => choices.pick(["drop_nil", "drop_nil(.m)", "drop_nil(.k, .m)"]),
  ({ choices }) => choices.pick(["fill_nil(0)", "fill_nil(.m, 7)", 'fill_nil(m: 7, k: "z")']),
  (place) => `derive(.w = ${window(place)})`,
  (place) => `derive(.w = ${window(place)}, .v = .w)`,
  () => "peek(fn(rows) print(rows.length))",
  ({ choices }) => choices.pick(['cast(m: "String")', 'cast(.m, "Bool")', "cast(m: fn(v) v * 2)"]),
];

const order: Form = ({ choices }) =>
  choices.pick([".n", "-.n", ".s", ".m", "-.m", ".n * -1", '"n"']);

function window(place: Place): string {
  const { choices } = place;
  const partition = choices.pick(["", "", "partition_by: .k", "partition_by: [.k, .s]"]);
  const list = (...given: string[]) =>
    [...given, partition].filter((each) => each !== "").join(", ");
  const ordered = choices.pick(["", "order_by: .n", "order_by: .n, desc: true", "order_by: -.n"]);
  return choices.pick<() => string>([
    () => `win_row_number(${list(ordered)})`,
    () => `win_rank(${list(".n", choices.pick(["", "desc: true"]))})`,
    () => `win_dense_rank(${list(".n", choices.pick(["", "desc: true"]))})`,
    () => `win_ntile(2${partition && `, ${partition}`})`,
    () => `win_lag(${list(".m", choices.pick(["", "2"]), ordered)})`,
    () => `win_lead(${list(".s", choices.pick(["", "2"]), ordered)})`,
    () => `win_first(${list(".n", ordered)})`,
    () => `win_last(${list(".m", ordered)})`,
    () => `win_running_sum(${list(".m", ordered)})`,
    () => `win_running_count(${list(".m", ordered)})`,
    () => `win_running_avg(${list(".n * 2", ordered)})`,
    () => `win_running_min(${list(".n", ordered)})`,
    () => `win_running_max(${list(".m", ordered)})`,
    () => `win_moving_avg(${list(".n", "2", ordered)})`,
  ])();
}

const total: Form = (place) =>
  place.choices.pick([
    ...([
      "count()",
      "sum(.n)",
      "count(.n > 1)",
      "max(.n)",
      "avg(.n * 2)",
      ".n",
      "first(.s)",
    ] as const),
    ...[
      "sum(.n) / count()",
      "unique(.k).length",
      "fn(rows) rows.length",
      "agg_sum(.m)",
      "agg_list(.m)",
    ],
    ...[
      "agg_max(.n)",
      "agg_count(.m)",
      "agg_count()",
      "agg_unique(.k)",
      "agg_first(.m)",
      "agg_last(.m)",
    ],
    ...["sum(.n * .n) - 1", "any(.n > 2)", "[min(.n), max(.n)]", '"{count()} of {sum(.n)}"', "7"],
    ...[
      "agg_mean(.m)",
      "agg_sum(.n) * 2",
      "map(.n + 1)",
      'join(.s, "+")',
      "if count() > 1 { sum(.n) } else { 0 }",
    ],
  ]);

/** What ends a row of steps: text, or a number. */
const ends: readonly [Form, ...Form[]] = [
  () => "json_stringify",
  () => "collect |> json_stringify",
  () => "collect |> .map(.n) |> json_stringify",
  () => "table_to_csv",
  () => "table_to_csv |> table_from_csv |> json_stringify",
  () => "describe |> json_stringify",
  () => "Table |> .columns |> json_stringify",
  ({ choices }) =>
    `select(${choices.pick([".n, .k", "-.s", "-.s, -.k", ".k, double: .n * 2", '"n"', "[.n].length"])}) |> json_stringify`.replace(
      "[.n].length",
      ".s",
    ),
  ({ choices }) =>
    `derive(.c = { d: .n }) |> select(${choices.pick([".c.d", ".k, x: .c.d", "{ x: .c.d, y: .n * 2, z: .s }", ".k, { d: .c.d }"])}) |> json_stringify`,
  ({ choices }) => `rename(${choices.pick(['.s, "t"', 's: "t", n: "s"'])}) |> json_stringify`,
  (place) => `${grouped(place)} |> agg(a: ${total(place)}, b: ${total(place)}) |> json_stringify`,
  (place) => `agg(a: ${total(place)}, b: ${total(place)}) |> json_stringify`,
  (place) =>
    `${grouped(place)} |> agg({ a: ${total(place)}, "b c": ${total(place)} }) |> json_stringify`,
  (place) => `${grouped(place)} |> json_stringify`,
  ({ choices }) =>
    `pivot(index: .k, columns: .s, values: .n${choices.pick(["", ", agg: sum", ", agg: fn(all) all.length"])}) |> json_stringify`,
  ({ choices }) =>
    `select(.k, .n, .m) |> unpivot(${choices.pick(["id: .k", 'id: [.k, .n], name: "what", value: "is"'])}) |> json_stringify`,
  ({ choices }) =>
    `join(others, ${choices.pick(["on: .k", "left: .k, right: .key", 'left: .k, right: .key, how: "left"', 'on: .k, how: "outer"', 'on: .k, how: "right"', 'on: "k"', '{ left: .k, right: "key" }', '{ on: .k, how: "left" }'])}) |> json_stringify`,
];

const grouped: Form = ({ choices }) =>
  `group_by(${choices.pick([".k", ".k, .n", ".n % 2 == 0", '"s"'])})`;

const used =
  "where filter derive explode sort_by limit drop_duplicates drop_nil fill_nil peek cast select rename group_by agg pivot unpivot join json_stringify collect table_to_csv table_from_csv describe Table lazy count sum max min avg first unique any map".split(
    " ",
  );

/** Rows, some steps and what they come to; nothing where the program hides one of the functions. */
export function tabling(place: Place): string {
  const { choices } = place;
  if (used.some((name) => isHidden(place, name))) return `print(${expression(place, "number")})`;
  const source = choices.pick(sources)(place);
  const count = choices.below(4);
  const between = Array.from({ length: count }, () => choices.pick(steps)(place));
  const last = choices.pick(ends)(place);
  const looped = choices.once(5) ? "for each in rows { print(each.n, each.k) }\n" : "";
  return `if true {
one = ${row(place)}
others = [{ k: "x", key: "y", o: 1 }, { k: nil, key: "x", o: 2 }, { k: "q", key: "x", n: 9 }]
rows = ${[source, ...between].join("\n|> ")}
${looped}print(rows |> ${last}, 1)
}`;
}
