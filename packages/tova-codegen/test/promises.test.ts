// Promises that nothing waits for: of the program's own functions, the library, stores and queues.
import { waitedFor } from "../src/analyse/checks/gives-promise";
import { compile } from "../src/compile";
import { builtins, namespaces, runtime } from "../src/generated/runtime";

const found = (source: string) =>
  compile(source, { fileName: "x.tova" }).diagnostics.map(({ code, line, message }) => {
    return `${code} ${line} ${/`([^`]*)`/.exec(message)?.[1]}`;
  });

const worker = (body: string) => `edge "a" {
  kv STORE
  sql DB
  queue JOBS
  storage FILES
  secret KEY
  route POST "/" => fn(req) {
    ${body}
  }
}`;

test.each([
  ["crypto.verify_password", 'if crypto.verify_password("a", "b") { 1 } else { 2 }'],
  [
    "crypto.verify_password",
    'guard KEY != "" and crypto.verify_password("a", "b") else { return 1 } 2',
  ],
  [
    "is_right",
    'is_right = crypto.verify_password("a", KEY) guard KEY and is_right else { return 1 } 2',
  ],
  ["http.get", 'http.get("https://a.example").isOk()'],
  ["fetch", 'fetch("https://a.example").status'],
  ["STORE.get", 'STORE.get("a") == nil'],
  ["STORE.get", 'match STORE.get("a") { nil => 1 _ => 2 }'],
  ["FILES.get", 'FILES.get("a").body'],
  ["first", 'DB.prepare("SELECT 1 AS n").first().n'],
  ["row", 'row = DB.prepare("SELECT ? AS n").bind(1).first() row.n'],
  ["all", 'DB.prepare("SELECT 1 AS n").all().results'],
  ["JOBS.send", "JOBS.send({ a: 1 }) 1"],
  ["STORE.put", 'STORE.put("a", "b") 1'],
  ["sleep", "sleep(10) 1"],
])("%s is waited for, or told", (name, body) => {
  expect(found(worker(body))).toEqual([`W_MISSING_AWAIT 8 ${name}`]);
});

test.each([
  'await STORE.put("a", "b") await STORE.get("a") == nil',
  'STORE.get("a")',
  '_ = JOBS.send(1) text = STORE.get("a") await text',
  '(await DB.prepare("SELECT 1 AS n").first()).n',
  'a, b = STORE.get("a"), STORE.get("b") both = await parallel([a, b]) both[0] == nil',
  'STORE.get("a").then(fn(text) text == nil)',
  "fn sleep(ms) { ms } sleep(10) == 10",
  'fetch = fn(url) { { status: url } } fetch("a").status',
  'if crypto.constant_time_equal("a", KEY) { 1 } else { 2 }',
  "KEY.length > 3",
])("nothing is told of %s", (body) => {
  expect(found(worker(body))).toEqual([]);
});

test("all functions of the library that are written `async` are known to be", () => {
  const offered = [builtins, ...Object.values(namespaces)].flatMap((table) => Object.values(table));
  const missing = offered.filter(
    (name) => /^async function(?!\*)/.test(runtime[name].code) && !waitedFor.has(name),
  );
  expect(missing).toEqual([]);
});
