// Which stores workers share, in one file and across files, as their metadata says.
import { block, inferFiles } from "./infer";

const kv = "0123456789abcdef0123456789abcdef";
const d1 = "01234567-89ab-cdef-0123-456789abcdef";
const stores = "kv CACHE\n  sql DB\n  storage IMAGES";

async function sharedBy(files: Record<string, string>, project: string) {
  const projects = await inferFiles(files);
  return Object.values(projects).find(({ name }) => name === project)?.metadata?.tova?.shared;
}

test("blocks of one file share what they both name", async () => {
  const source = `${block("api", stores)}${block("worker", "sql DB\n  kv OTHER")}${block("plain")}`;
  const files = { "apps/shop/shop.tova": source };
  expect(await sharedBy(files, "shop-api")).toEqual({ "sql DB": ["shop-worker"] });
  expect(await sharedBy(files, "shop-worker")).toEqual({ "sql DB": ["shop-api"] });
  expect(await sharedBy(files, "shop-plain")).toBeUndefined();
});

test("files share a namespace or database by its id, and a bucket by its name", async () => {
  const deploy = (database: string) =>
    `[kv.CACHE]\nid = "${kv}"\n[sql.${database}]\nid = "${d1}"\nname = "main"\n`;
  const files = {
    "apps/shop/shop.tova": block("api", stores),
    "apps/shop/shop.deploy.toml": deploy("DB"),
    "apps/admin/admin.tova": block("web", "kv CACHE\n  sql MAIN\n  storage IMAGES"),
    "apps/admin/admin.deploy.toml": deploy("MAIN"),
  };
  expect(await sharedBy(files, "admin-web")).toEqual({
    "kv CACHE": ["shop-api"],
    "sql MAIN": ["shop-api"],
    "storage IMAGES": ["shop-api"],
  });
});

test("one placeholder in two files is not one store", async () => {
  const files = {
    "apps/a/a.tova": block("api", "kv CACHE\n  sql DB"),
    "apps/b/b.tova": block("api", "kv CACHE\n  sql DB"),
  };
  expect(await sharedBy(files, "a-api")).toBeUndefined();
});

test("a database that the deploy files give one name is one, before it has an id", async () => {
  const files = {
    "apps/a/a.tova": block("api", "sql DB"),
    "apps/a/a.deploy.toml": '[sql.DB]\nname = "main"\n',
    "apps/b/b.tova": block("api", "sql DB"),
    "apps/b/b.deploy.toml": '[sql.DB]\nname = "main"\n',
  };
  expect(await sharedBy(files, "a-api")).toEqual({ "sql DB": ["b-api"] });
});

test("of many workers at one store some are named and the rest counted", async () => {
  const blocks = Array.from({ length: 30 }, (_, at) => block(`b${at + 10}`, "sql DB"));
  const shared = await sharedBy({ "apps/shop/shop.tova": blocks.join("\n") }, "shop-b10");
  expect(shared).toEqual({
    "sql DB": [...Array.from({ length: 20 }, (_, at) => `shop-b${at + 11}`), "9 more"],
  });
});

test("buckets of one name in two accounts are two", async () => {
  const files = {
    "apps/a/a.tova": block("api", "storage IMAGES"),
    "apps/a/a.deploy.toml": `account_id = "${kv}"\n`,
    "apps/b/b.tova": block("api", "storage IMAGES"),
  };
  expect(await sharedBy(files, "a-api")).toBeUndefined();
});
