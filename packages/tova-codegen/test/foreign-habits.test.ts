// What programmers write out of habit: either it is Tova too, or one sentence names the Tova form.
import { compile } from "../src";

const said = (source: string) => compile(source, { fileName: "habit.tova" }).diagnostics;

describe("a habit of another language is one diagnostic, at its place, that names the form", () => {
  test.each([
    ["const x = 5\nprint(x)", "1:1", "`x = value`"],
    ["let x = 5\nprint(x)", "1:1", "`var name = value`"],
    ["let { a } = b()", "1:1", "`name = value`"],
    ["let mut x = 5", "1:1", "`var name = value`"],
    ["x := 5", "1:3", "`x = value`"],
    ["x: number = 5", "1:2", "`name = value`"],
    ["print(1 === 2)", "1:9", "`==`"],
    ["print(1 !== 2)", "1:9", "`!=`"],
    ["print(1 <> 2)", "1:9", "`!=`"],
    ["x = true ? 1 : 2", "1:14", "`if condition { a } else { b }`"],
    ["var i = 0\ni++\nprint(i)", "2:2", "`x += 1`"],
    ["var i = 0\ni--\nprint(i)", "2:2", "`x -= 1`"],
    ["var a = nil\na ??= 5", "2:3", "`x = x ?? value`"],
    ["var a = 1\na %= 5", "2:3", "`x = x % n`"],
    ["function add(a, b) { return a + b }", "1:1", "`fn name(x) { … }`"],
    ["add = function(a, b) { return a + b }", "1:7", "`fn name(x) { … }`"],
    ["def add(a, b):\n    return a + b", "1:1", "`fn name(x) { … }`"],
    ["func add(a, b) { a + b }", "1:1", "`fn name(x) { … }`"],
    ["fun add(a, b) { a + b }", "1:1", "`fn name(x) { … }`"],
    ["f = lambda x: x + 1", "1:5", "`fn(x) x + 1`"],
    ["fn add(a, b) => a + b", "1:14", "`fn name(x) { … }`"],
    ["fn add(a, b) = a + b", "1:14", "`fn name(x) { … }`"],
    ["fn f(a: number): number { a }", "1:16", "-> Type"],
    ["fn* g() { yield 1 }", "1:3", "`fn name() { yield … }`"],
    ["fn f(a, b?: String) { a }", "1:10", "`Option<Type>`"],
    ["fn f(a: Int?) { a }", "1:12", "`Option<Type>`"],
    ["fn f(a: Int[]) { a }", "1:12", "`[Type]`"],
    ["d = new Date()\nprint(d)", "1:5", "`Name.new(…)`"],
    ["print(typeof x)", "1:7", "`type_of(x)`"],
    ["print(x instanceof Date)", "1:9", "`x is Name`"],
    ["delete o.a", "1:1", "`omit(object, [key])`"],
    ["print(`hello`)", "1:7", '`"text {expression}"`'],
    ["# comment", "1:1", "`//`"],
    ['x = 1.5\nprint("{x:.2f}")', "2:10", "format the value with a function"],
    ['switch (x) { case 1: print("a"); break }', "1:1", "`match value { pattern => … }`"],
    ["for (let i = 0; i < 3; i++) { print(i) }", "1:6", "`for i in 0..n { … }`"],
    ["for (const x of [1, 2]) { print(x) }", "1:12", "`for item in items { … }`"],
    ["for x of [1, 2] { print(x) }", "1:7", "`for item in items { … }`"],
    ["for (x in [1, 2]) { print(x) }", "1:8", "`for item in items { … }`"],
    ["for i in 0...3 { print(i) }", "1:14", "`a..b`"],
    ["do { print(1) } while (false)", "1:1", "`loop { … }`"],
    ["unless x { print(1) }", "1:1", "`if not condition { … }`"],
    ["if 1 > x { print(1) } elseif x > 2 { print(2) }", "1:23", "`elif condition { … }`"],
    ["if (x) return 1", "1:8", "`{ … }`"],
    ["if x == 1:\n  print(x)", "1:10", "`{ … }`"],
    ["try { print(1) } catch (e) { print(e) }", "1:24", "`catch error { … }`"],
    ["try { print(1) } except e { print(e) }", "1:18", "`try { … } catch error { … }`"],
    ['import "./styles"', "1:8", '`import { name } from "module"`'],
    ["from math import sqrt", "1:1", '`import { name } from "module"`'],
    ["interface User { name: string; age?: number }", "1:18", "`type Name { field: Type }`"],
    ["type User = { name: string }", "1:13", "`type Name { field: Type }`"],
    ["enum Color { Red, Green }", "1:1", "`type Name { A B }`"],
    ["class Foo { }", "1:1", "`type Name { … }`"],
    ["type P { x: Int }\nimpl P { static fn make() { P(1) } }", "2:10", "Leave it out"],
    ["y = 5 as number", "1:7", "`int(x)`"],
    ["fn f() { this.x = 1 }\nf()", "1:10", "`fn area(self) { self.width }`"],
    ["print(True)", "1:7", "`true`"],
    ["fn f() { pass }\nf()", "1:10", "`{ }`"],
    ['fs = require("fs")\nprint(fs)', "1:6", '`import name from "module"`'],
    ["type P { x: Int }\nimpl P { fn get() { self.x } }\nprint(P(1))", "2:21", "`fn get(self)`"],
  ])("%s", (source, place, form) => {
    const found = said(source).filter(({ code }) => code !== "W002" && code !== "W001");
    const [first] = found;
    expect(`${first?.line}:${first?.column}`).toBe(place);
    expect(first?.help).toContain(form);
    // What has no partner in Tova, as a line that ends in a colon, may show once more further on.
    expect(found.length).toBeLessThanOrEqual(2);
  });
});

test.each([
  "x = null\ny = undefined\nprint(x == nil, y == nil)",
  "var x = 1; var y = 2;\nx = 2; y = 3;\nprint(x, y);",
  "fn f(a) { x = a + 1; return x; }\nprint(f(1));",
  "print(true && !false || false)",
  "f = x => x + 1\ng = (x) => { return x + 1; }\nprint(f(1), g(1))",
  "f = async (x) => await x\nprint(await f(1))",
  'fn fail() { throw Error.new("x") }\ntry { fail() } catch e { print(e.message) }',
  'fn f(...args) { args }\nprint(f(1, 2), f"a {1}", "a" + "b")',
  'x = { "a": 1, b: 2, }\nprint(x?.a, x?.b?.c, x["a"])',
  "var i = 0\nwhile (i < 3) { i += 1 }\nif (i == 3) { print(i) } else if (i == 4) { print(4) }",
  'import { readFileSync } from "node:fs"\nprint(readFileSync)',
  "pub fn area(w: Float, h: Float) -> Float { w * h }\nexport default fn() 1",
  "print([1, 2, 3].map(x => x * 2).filter(x => x > 2).length, JSON.stringify({ a: 1 }))",
])("%s is Tova", (source) => {
  expect(said(source).map(({ code, message }) => `${code} ${message}`)).toEqual([]);
});
