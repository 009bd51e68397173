// Constructs of the full language: reported once each, the rest of the file checked as ever (spec 10).
import { compile } from "../src";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(
    ({ code, line, column }) => `${code} ${line}:${column}`,
  );

test("blocks of other toolchains are reported once each, and what they mention is used", () => {
  const source = `import { table } from "./data"
fn helper() { 1 }
fn unused() { 2 }
server "api" { route GET "/" => fn(req) { helper() + table } }
browser { component App() { <p class="a">it's {"}"} <a href="http://x"/></p> } }
test "slow" timeout=5000 { helper() }
print(nothing)
`;
  expect(found(source)).toEqual([
    "W002 3:4",
    "W_UNSUPPORTED_BLOCK 4:1",
    "W_UNSUPPORTED_BLOCK 5:1",
    "W_UNSUPPORTED_BLOCK 6:1",
    "E200 7:7",
  ]);
});

test("braces and quotes in regular expressions and texts of a block are none of its own", () => {
  const source = `server { x = "{ }" y = 'a } b' z = /[}"]/ w = [/\\}/g, 4 / 2 / 1] f(/{+/) }
browser { <a href="/x"/> <b>1/2 {/}/.test(x)} 3/4</b> background: url(https://x.y/z) }
print(nothing)
`;
  expect(found(source)).toEqual(["W_UNSUPPORTED_BLOCK 1:1", "W_UNSUPPORTED_BLOCK 2:1", "E200 3:7"]);
});

test.each([
  ["apostrophes beside texts", `<p>It's {"it's"} and {x}'s {if ok { 'fine' } else { '}' }}</p> '`],
  ["a brace in a text of JSX", `<code>{"{"}</code> <p>it's</p>`],
  ["slashes in text and styles", `<a>x // it's</a> <p>a: //b</p> style { a { b: url(//x.y/z) } }`],
  ["comments of markup", `<div><!-- it's { --> {/* it's } */} </div>`],
  ["elements without an end", `<div><br><input value={"}"}>it's<hr/></div>`],
  ["comparisons and generics", `if a <b { c } x = Map<T>() if (a < b) { f<T>("}") }`],
  ["scripts", `<script>if (a < b) { it's</script><>it's { "}" }</>`],
  ["markup in functions", `f(fn(x) <b>{x}'s</b>) return <i>it's {"}"}</i> g = () => <p>{'{'}'</p>`],
  ["interpolation over lines", '"a {f("}\n")} b" """ " {x} \\{ """'],
  ["a regular expression behind a word", "return /[}]/.test(x) or /}/.test(y)"],
  ["templates of JavaScript", "<p>{`it's $" + "{b} }`}</p>"],
])("where a block ends: %s", (_, content) => {
  const source = `browser { component A { ${content} } }\nprint(nothing)\n`;
  const line = source.split("\n").length - 1;
  expect(found(source)).toEqual(["W_UNSUPPORTED_BLOCK 1:1", `E200 ${line}:7`]);
});

test("what a block mentions does not come into a worker", () => {
  const { workers } = compile(
    'fn helper() { "only there" }\nserver { helper() }\nedge { route GET "/" => fn() 1 }\n',
    { fileName: "x.tova" },
  );
  expect(workers[0]?.code).not.toContain("only there");
});

test("names of a construct outside the toolchain are no mistakes of their own", () => {
  const source = `state count = 0
computed double = count * 2
store Todo { items = [] }
component App() { <p>{count}</p> }
print(double, Todo, App)
`;
  expect(found(source)).toEqual(["E302 1:1", "E302 2:1", "E302 3:1", "E302 4:1"]);
});

test("concurrency is an error in a worker and its modules, and throws in a plain program", () => {
  const source = `fn f(x) { x }
concurrent { a = spawn f(1) }
concurrent timeout(9 * (2)) { b = spawn f(2) }
fn g() { select { m from a => print(m) } }
print(a, b, g)
`;
  const reported = [
    "W_UNSUPPORTED_BLOCK 2:1",
    "W_UNSUPPORTED_BLOCK 3:1",
    "W_UNSUPPORTED_BLOCK 4:10",
  ];
  expect(found(source)).toEqual(reported);
  const asModule = compile(source, { fileName: "x.tova", as: "module" });
  expect(asModule.diagnostics.map(({ code }) => code)).toEqual(["E304", "E304", "E304"]);
  const inWorker = `${source}edge { route GET "/" => fn() g() }\n`;
  expect(found(inWorker)).toEqual(["E304 2:1", "E304 3:1", "E304 4:10"]);
});
