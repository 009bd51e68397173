// The deploy file: what it gives, and where each mistake in it is reported.
import { parse, read } from "tova-parser";
import { analyseProgram } from "../src/analyse/program";
import { checkDeployNames } from "../src/deploy/check-names";
import { parseDeployFile } from "../src/deploy/deploy-file";

const id = "0123456789abcdef0123456789abcdef";
const uuid = "01234567-89ab-cdef-0123-456789abcdef";

/** Code and text of each finding. */
function problems(text: string): [string, string][] {
  return parseDeployFile(text).findings.map(({ code, range }) => [
    code,
    text.slice(range.from, range.to),
  ]);
}

test("gives ids, names, routes and environments", () => {
  const text = `account_id = "${id}"
workers_dev = false
kv.CACHE.id = "${id}"
[sql]
DB = { id = "${uuid}", name = "images" }
[storage."FILES"]
name = "my-files"
[queue.JOBS]
name = "jobs"
[vars]
LIMIT = 5
[workers.api]
name = "images_api"
routes = ["example.com/*", { pattern = "api.example.com", custom_domain = true }]
[env.staging.kv.CACHE]
id = "${id}"
[env.staging]
account_id = "${id}"
`;
  const { value, findings } = parseDeployFile(text);
  expect(findings).toEqual([]);
  const { production, environments } = value;
  expect(production.accountId).toBe(id);
  expect(production.workersDev).toBe(false);
  expect([...production.kv]).toEqual([["CACHE", { id }]]);
  expect([...production.sql]).toEqual([["DB", { id: uuid, name: "images" }]]);
  expect([...production.storage]).toEqual([["FILES", { name: "my-files" }]]);
  expect([...production.queue]).toEqual([["JOBS", { name: "jobs" }]]);
  expect([...production.vars]).toEqual([["LIMIT", 5]]);
  expect(production.workers.get("api")).toEqual({
    name: "images_api",
    workersDev: null,
    routes: ["example.com/*", { pattern: "api.example.com", custom_domain: true }],
  });
  expect([...environments.keys()]).toEqual(["staging"]);
  expect(environments.get("staging")?.kv.get("CACHE")).toEqual({ id });
});

test.each(["", "\uFEFF", "# nothing\r\n", "\uFEFF[env.x]\r\n"])("%j is fine", (text) => {
  expect(problems(text)).toEqual([]);
});

describe("mistakes are reported at their key", () => {
  test.each([
    ["kv.CACHE.idd = 1", "E_DEPLOY_KEY", "kv.CACHE.idd"],
    [`[kv.CACHE]\nid = "TODO"`, "E_DEPLOY_VALUE", "id"],
    [`[kv.CACHE]\nid = "${id.toUpperCase()}"`, "E_DEPLOY_VALUE", "id"],
    [`[kv]\nCACHE = { id = "${uuid}" }`, "E_DEPLOY_VALUE", "CACHE"],
    [`[kv]\nCACHE = "${id}"`, "E_DEPLOY_VALUE", "CACHE"],
    ["kv = 1", "E_DEPLOY_VALUE", "kv"],
    ["[[kv.CACHE]]", "E_DEPLOY_VALUE", "kv.CACHE"],
    [`["sql"."DB"]\nid = "${id}"`, "E_DEPLOY_VALUE", "id"],
    [`[sql.DB]\nname = "  "`, "E_DEPLOY_VALUE", "name"],
    [`[storage.FILES]\nname = "ab"`, "E_DEPLOY_VALUE", "name"],
    [`[storage.FILES]\nname = "a_b"`, "E_DEPLOY_VALUE", "name"],
    [`[queue.JOBS]\nname = "-jobs"`, "E_DEPLOY_VALUE", "name"],
    ["[queue.JOBS]\nname = 1979-05-27", "E_DEPLOY_VALUE", "name"],
    [`[workers.api]\nname = "${"a".repeat(64)}"`, "E_DEPLOY_VALUE", "name"],
    [`[workers.api]\nroutes = "x"`, "E_DEPLOY_VALUE", "routes"],
    [`[workers.api]\nroutes = [""]`, "E_DEPLOY_VALUE", "routes"],
    [`[workers.api]\nroutes = [{ patern = "x" }]`, "E_DEPLOY_VALUE", "routes"],
    [`[workers.api]\nroutes = [{ pattern = "x", zone = "y" }]`, "E_DEPLOY_VALUE", "routes"],
    [`[[workers.api.routes]]\npattern = 1`, "E_DEPLOY_VALUE", "workers.api.routes"],
    ["[vars]\nA = [1]", "E_DEPLOY_VALUE", "A"],
    ["[vars]\nA = nan", "E_DEPLOY_VALUE", "A"],
    ['account_id = "x"', "E_DEPLOY_VALUE", "account_id"],
    ["workers_dev = 1", "E_DEPLOY_VALUE", "workers_dev"],
    ["env = 1", "E_DEPLOY_VALUE", "env"],
    ["env.staging = 1", "E_DEPLOY_VALUE", "env.staging"],
    ["[env.staging.env.x]", "E_DEPLOY_KEY", "env.staging.env.x"],
    ['[env."a b"]', "E_DEPLOY_ENVIRONMENT", 'env."a b"'],
    ["[env.-a]", "E_DEPLOY_ENVIRONMENT", "env.-a"],
    ["__proto__ = 1", "E_DEPLOY_KEY", "__proto__"],
    ["constructor.x = 1", "E_DEPLOY_KEY", "constructor.x"],
  ])("%s", (text, code, key) => expect(problems(text)).toEqual([[code, key]]));
});

describe("what is not TOML", () => {
  test.each([
    ["[kv", 3],
    ["a = 1\na = 2", 6],
    ["a = 1\r\n[b\r\n", 9],
    ["a = \u0000", 4],
    ["a = 99999999999999999999", 4],
  ])("%j is reported where it stands", (text, offset) => {
    const { value, findings } = parseDeployFile(text);
    expect(findings.map(({ code }) => code)).toEqual(["E_DEPLOY_SYNTAX"]);
    expect(Math.abs((findings[0]?.range.from ?? -9) - offset)).toBeLessThanOrEqual(2);
    expect(findings[0]?.message).not.toContain("\n");
    expect(value.environments.size).toBe(0);
  });
});

test("entries for names that the program lacks are reported, in every environment", () => {
  const source = `edge "api" { kv CACHE env LIMIT health "/h" }
edge { consume JOBS { dead_letter_queue: "jobs-dead" } fn(m) { 1 } queue JOBS }`;
  const program = analyseProgram(read(parse(source).tree, source), source).value;
  const text = `[kv.CACHE]
[kv.CACHES]
[sql.CACHE]
[queue.JOBS]
[queue.jobs-dead]
[workers.default]
[workers.worker]
[vars]
LIMIT = 1
[env.staging.storage.FILES]
[env.staging.vars]
LIMITS = 1
`;
  const { value } = parseDeployFile(text);
  const findings = checkDeployNames(value, program);
  expect(findings.map(({ range }) => text.slice(range.from, range.to))).toEqual([
    "kv.CACHES",
    "sql.CACHE",
    "workers.worker",
    "env.staging.storage.FILES",
    "LIMITS",
  ]);
  expect(findings[0]).toMatchObject({ code: "E_DEPLOY_NAME", help: "Did you mean `CACHE`?" });
});
