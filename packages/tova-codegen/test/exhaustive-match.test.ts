// What a `match` leaves out, by name: nested, behind guards, of the language's own types; patterns of no type.
import { compile } from "../src";

const missing = (source: string): readonly string[] =>
  compile(source, { fileName: "match.tova" })
    .diagnostics.filter(({ code }) => code === "W200")
    .map(({ message }) => /does not cover (.*) of/.exec(message)?.[1] ?? message);

const types = `type Inner { Off On(level: Int) }
type Outer { Wrap(inner: Inner) Pair(a: Inner, b: Inner) Nothing }
type Size = Small | Medium | Large
`;

test.each([
  ["b: Bool", "true => 1", "`false`"],
  ["r", "Ok(v) if v > 1 => v\n Err(e) => e", "`Ok`"],
  ["r", "Ok(v) => v", "`Err`"],
  ["o", "Some(Some(v)) => v\n None => 0", "`Some(None)`"],
  ["o", "Some(Ok(v)) => v\n None => 0", "`Some(Err(_))`"],
  ["o", "None => 0", "`Some`"],
  ["s: Size", "Small => 1\n Large => 3", "`Medium`"],
  ["s: Size", "Small | Medium => 1", "`Large`"],
  ["x: Outer", "Wrap(Off) => 1\n Pair(_, _) => 2\n Nothing => 3", "`Wrap(On(_))`"],
  ["x: Outer", "Wrap(_) => 1\n Pair(Off, Off) => 2\n Nothing => 3", "`Pair(Off, On(_))`"],
  ["x: Outer", "Wrap(_) => 1", "`Pair`, `Nothing`"],
  ["o", "Less => 1\n Greater => 2", "`Equal`"],
])("match of %s with %s", (parameter, arms, expected) => {
  const [name] = parameter.split(":");
  expect(missing(`${types}fn f(${parameter}) { match ${name} {\n ${arms}\n} }\nf(nil)`)).toEqual([
    expected,
  ]);
});

test.each([
  ["b: Bool", "true => 1\n false => 0"],
  ["r", "Ok(v) if v > 1 => v\n Ok(_) => 0\n Err(e) => e"],
  ["o", "Some(Some(v)) => v\n Some(None) => 1\n None => 0"],
  ["s: Size", "Small => 1\n Medium | Large => 2"],
  ["x: Outer", "Wrap(On(n)) if n > 1 => 1\n other => 2"],
  ["o", "Less => -1\n Equal => 0\n Greater => 1"],
  ["n", "1 => 1\n 2 => 2"],
  ["s", '"a" => 1\n "b" ++ rest => rest'],
  ["xs", "[] => 0\n [x] => x"],
])("match of %s with %s leaves out nothing that is known", (parameter, arms) => {
  const [name] = parameter.split(":");
  expect(missing(`${types}fn f(${parameter}) { match ${name} {\n ${arms}\n} }\nf(nil)`)).toEqual(
    [],
  );
});

test("a pattern with parts that names a function of the program is said to match nothing", () => {
  const source = "fn f(x) { x }\nprint(match 1 { f(1) => 1 _ => 2 })";
  const { diagnostics } = compile(source, { fileName: "match.tova" });
  expect(diagnostics).toMatchObject([{ code: "E500", line: 2, column: 17 }]);
});

test.each([
  ["one of thirty flags an arm", 30, 1, `\`M(${Array(30).fill("false").join(", ")})\``],
  ["two of nineteen flags an arm", 19, 2, `\`M(true, ${Array(18).fill("false").join(", ")})\``],
])("%s is told of without trying all combinations", (_, count, each, expected) => {
  const indices = Array.from({ length: count }, (_, index) => index);
  const row = (...set: number[]) =>
    `M(${indices.map((index) => (set.includes(index) ? "true" : "_")).join(", ")}) => 1`;
  const arms = indices.flatMap((i) =>
    each === 1 ? [row(i)] : indices.slice(i + 1).map((j) => row(i, j)),
  );
  const flags = indices.map((index) => `b${index}: Bool`).join(", ");
  const program = `type T { M(${flags}) N }\nfn f(t: T) { match t {\n ${arms.join("\n ")}\n N => 1\n} }\nf(N)`;
  expect(missing(program)).toEqual([expected]);
});
