// Texts no one writes on purpose → the compiler ends, with output or a diagnostic, and never throws.
import { parse } from "acorn";
import { compile, outline, readImports } from "../src";

const options = { fileName: "hostile.tova" };

/** The codes of the errors, each once, and whether there is output; nothing else may happen. */
function outcome(source: string): { errors: readonly string[]; made: boolean } {
  const { diagnostics, program, workers } = compile(source, options);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  for (const { map } of program ? [program] : workers) expect(map).not.toBe("");
  return {
    errors: [...new Set(errors.map(({ code }) => code))],
    made: program !== null || workers.length > 0,
  };
}

const deep = { errors: ["E010"], made: false };
const fine = { errors: [], made: true };

const manyTimes = 100_000;
const nested = ["(", "[", "{", "({[", "fn f() { ", "match x { ", "if ", '"{', "f("];
const stray = [")", "]", "}", ")]}", "x) ", ", ", "=> ", "| ", "? ", "... ", "else { } "];

test.each(nested)("100,000 × %j is nested too deeply", (text) => {
  expect(outcome(text.repeat(manyTimes))).toEqual(deep);
});

test.each(stray)("100,000 × %j is refused", (text) => {
  const { errors, made } = outcome(text.repeat(manyTimes));
  expect(errors).not.toEqual([]);
  expect(made).toBe(false);
});

test.each([
  [
    "statements on a line, below a head whose block does not end",
    `fn f() {\n${"g(1) ; ".repeat(10_000)}\n`,
  ],
  ["parts of conditions", `x = (a) ? ${"(b) : ".repeat(125_000)}`],
])("many %s are refused", (_name, source) => {
  expect(outcome(source)).toEqual({ errors: [expect.any(String)], made: false });
});

test.each([
  ["closers of brackets that are not open", `security {\n${"f(1] ".repeat(20_000)}`],
  ["quotes behind backslashes on one line", '"a\\'.repeat(33_000)],
])("100 KB of %s are refused soon", (_name, source) => {
  const start = process.cpuUsage();
  expect(outcome(source)).toEqual({ errors: [expect.any(String)], made: false });
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});

const around = (count: number, open: string, inside: string, close: string): string =>
  open.repeat(count) + inside + close.repeat(count);

test.each([
  ["parentheses", `x = ${around(manyTimes, "(", "1", ")")}`],
  ["brackets", `x = ${around(manyTimes, "[", "", "]")}`],
  ["objects", `x = ${around(manyTimes, "{ a: ", "1", "}")}`],
  ["blocks", around(manyTimes, "{", "", "}")],
  ["lists of types", `type T = ${around(manyTimes, "[", "Int", "]")}`],
  ["arguments of types", `type T = ${around(manyTimes, "List<", "Int", ">")}`],
  ["functions of types", `type T = ${"(Int) -> ".repeat(10_000)}Int`],
  ["lists of patterns", `match x { ${around(manyTimes, "[", "a", "]")} => 1 _ => 2 }`],
  ["variants of patterns", `match x { ${around(manyTimes, "Some(", "a", ")")} => 1 _ => 2 }`],
  ["signs", `x = ${"- ".repeat(10_000)}1`],
  ["negations", `x = ${"not ".repeat(10_000)}true`],
  ["awaits", `fn f() { ${"await ".repeat(10_000)}1 }`],
  ["lambdas", `x = ${"fn(a) ".repeat(10_000)}1`],
  ["arrows", `x = ${"a => ".repeat(10_000)}1`],
  ["defaults", `x = ${around(10_000, "fn(a = ", "1", ") 1")}`],
  ["ifs", around(10_000, "if true { ", "", "}")],
  ["loops", around(10_000, "for i in 0..1 { ", "", "}")],
  ["tries", around(10_000, "try { ", "", "} catch e { }")],
  ["functions", around(10_000, "fn f() { ", "", "}")],
  ["defers", `fn f() { ${around(10_000, "defer { ", "", "}")} }`],
  ["matches", `print(${around(10_000, "match 1 { 1 => ", "1", " _ => 2 }")})`],
  ["comprehensions", `x = ${around(10_000, "[a for a in ", "[]", "]")}`],
  ["route groups", `edge "w" { ${around(10_000, 'routes "/a" { ', "", "}")} }`],
  ["70 interpolations", around(70, '"{', "1", '}"')],
])("%s in one another are too deep", (_name, source) => {
  expect(outcome(source)).toEqual(deep);
});

const hoisted = " elif match a { 1 => true } { b = 2 b }".repeat(900);

test("900 branches with statements are nested too deeply", () => {
  expect(outcome(`a = 1 x = if a { b = 1 b }${hoisted} else { 3 }`)).toEqual(deep);
});

test.each([
  ["sums", `x = 1${" + 1".repeat(10_000)}`],
  ["comparisons", `x = 1${" < 1".repeat(10_000)}`],
  ["conditions", `x = true${" and true".repeat(10_000)}`],
  ["powers", `x = 1${" ** 1".repeat(10_000)}`],
  ["pipes", `f = fn(x) x a = 1${" |> f()".repeat(10_000)}`],
  ["calls", `a = Promise.resolve(1)${".then(fn(x) x)".repeat(10_000)}`],
  ["members", `b = {} a = b${".c".repeat(10_000)}`],
  ["indexes", `b = [] a = b${"[0]".repeat(10_000)}`],
  ["branches", `a = 1 if a == 1 { print(1) }${" elif a == 2 { print(2) }".repeat(10_000)}`],
  ["branches of a value", `a = 1 x = if a { 1 }${" elif a { 2 }".repeat(10_000)} else { 3 }`],
  ["arms", `print(match 1 {${" 1 => 2\n".repeat(10_000)}})`],
])("10,000 %s in a row are too many", (_name, source) => {
  expect(outcome(source)).toEqual(deep);
});

const each = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join("\n");
const list = (count: number): string => each(count, (i) => `n${i}`).replaceAll("\n", ", ");
const worker = (members: string): string =>
  `edge "w" {\n${members}\nroute GET "/" => fn(req) { "x" }\n}`;

/** A statement of a name that stands for one used twice, and so on. */
const sql = (first: string, next: (q: string) => string, text: (q: string) => string): string =>
  `edge { sql DB route GET "/" => fn() {\n  q0 = ${first}
${each(2_000, (i) => `  q${i + 1} = ${next(`q${i}`)}`)}\n  await DB.prepare(${text("q2000")}).all()\n} }`;

const misspelt = (i: number): string =>
  `type Shape${i} { v: Int }\ninterface Drawn${i} { fn d${i}(self) }\nimpl Darwn${i} for Shaep${i} { }`;

test.each([
  ["a string of 5 MB", `x = "${"abc ".repeat(1_250_000)}"\nprint(x)`],
  ["a raw string of 5 MB", `x = r"${"abc ".repeat(1_250_000)}"`],
  ["a string of 700,000 lines", `x = """${"  abc\n".repeat(700_000)}"""`],
  ["a name of 5 MB", `${"a".repeat(5_000_000)} = 1`],
  ["a comment of 5 MB", `/* ${"c".repeat(5_000_000)} */ x = 1`],
  ["a list of 5 MB", `x = [${"123, ".repeat(1_000_000)}]`],
  ["a line of 100,000 names", `x = 1 ${"x ".repeat(100_000)}`],
  ["a line of 30,000 definitions", each(30_000, (i) => `a${i} = 1`).replaceAll("\n", " ")],
  ["a string of 100,000 values", `x = 1 y = "${"{x} ".repeat(100_000)}"`],
  ["a call of 100,000 arguments", `f = fn(x) x f(${"1, ".repeat(100_000)})`],
  ["64 interpolations in one another", around(64, '"{', "1", '}"')],
  ["900 branches", `a = 1 if a == 1 { print(1) }${" elif a == 2 { print(2) }".repeat(900)}`],
  ["900 arms", `print(match 1 {${each(900, (i) => ` ${i} => 2`)}})`],
  ["a pattern of 10,000 names", `print(match 1 { [${list(10_000)}] => 2 _ => 3 })`],
  [
    "a variant of 10,000 fields",
    `type T { V(${list(10_000)}) W }\nprint(match W { V => 1 W => 2 })`,
  ],
  [
    "a record pattern of 10,000 names",
    `type T { ${list(10_000)} }\nprint(match 1 { T(${list(10_000)}) => 1 _ => 2 })`,
  ],
  [
    "3,000 alternatives of a type's variants",
    `type T { ${Array.from({ length: 3000 }, (_, i) => `V${i}(n: Int)`).join(" ")} }
pub fn f(x) { match x { ${Array.from({ length: 3000 }, (_, i) => `V${i}(n)`).join(" | ")} => n } }`,
  ],
  ["10,000 alternatives", `print(match 1 {${"1 | ".repeat(10_000)}1 => 2 _ => 3 })`],
  ["10,000 routes", worker(each(10_000, (i) => `route GET "/r${i}/:id" => fn(req, p) { p.id }`))],
  ["10,000 routes of one path", worker('route GET "/a" => fn(req) { "x" }\n'.repeat(10_000))],
  ["10,000 blocks of one name", worker("").concat("\n").repeat(10_000)],
  ["10,000 bindings", worker(each(10_000, (i) => `kv K${i}`))],
  ["10,000 functions", each(10_000, (i) => `fn f${i}(x) { x }`)],
  ["10,000 types", each(10_000, (i) => `type T${i} { v: Int }`)],
  [
    "4,000 types with methods",
    each(4_000, (i) => `type T${i} { v: Int }\nimpl T${i} { fn m(self) { self.v } }`),
  ],
  [
    "4,000 objects made JSON between assignments",
    `o = { a: 1 }\nm = {}\n${each(4_000, (i) => `m.k${i} = JSON.stringify(o)`)}`,
  ],
  ["4,000 traits and types misspelt", each(4_000, misspelt)],
  ["20,000 unknown names", each(20_000, (i) => `print(unknown${i})`)],
  ["10,000 names of one another", `v0 = 1\n${each(10_000, (i) => `v${i + 1} = v${i}`)}`],
  [
    "SQL of texts twice each",
    sql(
      '"SELECT "',
      (q) => `${q} + ${q}`,
      (q) => q,
    ),
  ],
  [
    "SQL of numbers twice each",
    sql(
      'int("1")',
      (q) => `${q} ?? ${q}`,
      (q) => `"SELECT {${q}}"`,
    ),
  ],
  ["sums of sums", `v0 = 1\n${each(2_000, (i) => `v${i + 1} = v${i} + v${i} + v${i} + v${i}`)}`],
])("%s compile", (_name, source) => {
  expect(outcome(source)).toEqual(fine);
});

test("a bracket too many behind 10,000 comments is refused", () => {
  const { errors } = outcome(`fn f() {\n  x = 1\n}\n${"// a\n".repeat(10_000)}}\n`);
  expect(errors).toEqual(["E001"]);
});

test("a name of the library that is defined 3,000 times behind its columns is refused", () => {
  const columns = "x = [] filter(x, .b)\nfn f() { 1 }\n".repeat(3_000);
  const { made } = outcome(`${columns}${"filter = 1\n".repeat(3_000)}`);
  expect(made).toBe(false);
});

test("a union of 10,000 equal names is refused", () => {
  const source = `type T = A${" | A".repeat(10_000)}`;
  expect(outcome(source)).toEqual({ errors: ["E201"], made: false });
});

test("an outline, the imports and a module of them end too", () => {
  for (const text of ["if ", ")", "f("]) {
    expect(outline(text.repeat(manyTimes), options).blocks).toEqual([]);
  }
  for (const source of [
    around(manyTimes, "(", "1", ")"),
    around(10_000, 'routes "/a" { ', "", "}"),
    each(10_000, (i) => `type T${i} { v: Int }`),
    worker(each(5_000, (i) => `route GET "/r${i}/:id" => fn(req, p) { p.id }`)),
    `import { a } from "b"\na${".then(fn(x) x)".repeat(10_000)}`,
  ]) {
    expect(outline(source, options).blocks.length).toBeLessThan(2);
    expect(readImports(source).length).toBeLessThan(2);
    expect(compile(source, { ...options, as: "module" }).workers).toEqual([]);
  }
});

test.each(["\n", "\r", "\u2028", "\u2029"])("a file's name with %j in it", (breaks) => {
  const fileName = `a${breaks}throw 1.tova`;
  const { program, workers } = compile('edge { env A = "1" route GET "/" => fn() A }', {
    fileName,
  });
  const plain = compile("print(1)", { fileName }).program;
  expect(program).toBeNull();
  for (const code of [workers[0]?.code, plain?.code]) {
    const read = parse(code ?? "", { sourceType: "module", ecmaVersion: "latest" });
    expect(read.body.map(({ type }) => type)).not.toContain("ThrowStatement");
  }
  for (const text of [workers[0]?.config?.text, workers[0]?.types?.text]) {
    expect(text?.split(/[\n\r]/).filter((line) => /^throw 1/.test(line))).toEqual([]);
  }
});

test("a chain of 2,000 types as a body", () => {
  const types = Array.from({ length: 2000 }, (_, i) => `type T${i} { next: T${i + 1} }`);
  const source = `${types.join("\n")}
type T2000 { a: Int }
edge { route POST "/" body: T0 => fn() 1 }`;
  expect(outcome(source)).toEqual(fine);
});
