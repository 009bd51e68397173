// The table of exactness: edits of the program, each with the blocks whose workers it changes.
import { files, source } from "./program";

/** The contents of files by path; null removes one. */
export type Edit = Readonly<Record<string, string | null>>;

export interface Row {
  readonly title: string;
  readonly edit: Edit;
  /** Projects whose `build` runs anew, and which `nx affected -t build` selects, beside the file's own. */
  readonly builds: readonly string[];
}

/** Replaces in one of the files. */
export function replace(path: string, old: string, next: string): Edit {
  const text = files[path] ?? "";
  if (!text.includes(old)) throw new Error(`${path} has no ${old}`);
  return { [path]: text.replace(old, () => next) };
}

const block = (name: string): string => {
  const start = files[source]?.indexOf(`edge "${name}"`) ?? -1;
  const text = files[source]?.slice(start) ?? "";
  return text.slice(0, text.indexOf("\n}\n") + 3);
};

const edit = (old: string, next: string): Edit => replace(source, old, next);

const none: readonly string[] = [];

export const table: readonly Row[] = [
  {
    title: "a comment",
    edit: edit("  kv CACHE", "  // Short-lived.\n  kv CACHE // by id"),
    builds: none,
  },
  {
    title: "blank lines and other formatting",
    edit: edit(
      "    await JOBS.send({ id: params.id })\n",
      "\n\n      await JOBS.send({\n        id: params.id\n      })\n\n",
    ),
    builds: none,
  },
  {
    title: "another place in the file",
    edit: { [source]: block("web") + (files[source] ?? "").replace(block("web"), "") },
    builds: none,
  },
  {
    title: "a route of one block",
    edit: edit('GET "/orders/:id"', 'GET "/order/:id"'),
    builds: ["shop-api"],
  },
  {
    title: "a consumer",
    edit: edit('"done"', '"processed"'),
    builds: ["shop-processor"],
  },
  {
    title: "a shared type that one block uses",
    edit: edit("id: String, total: Int", "id: String, sum: Int"),
    builds: ["shop-api"],
  },
  {
    title: "a shared type that no block uses",
    edit: edit("type Draft { id: String }", "type Draft { key: Int }"),
    builds: none,
  },
  { title: "CORS", edit: edit("https://shop.example", "https://shop.test"), builds: ["shop-api"] },
  {
    title: "the security block: all that answer requests",
    edit: edit('["self"]', '["self", "https://cdn.example"]'),
    builds: ["shop-api", "shop-web"],
  },
  {
    title: "the deployed id of one resource",
    edit: replace("apps/shop/shop.deploy.toml", "0123456789abcdef", "fedcba9876543210"),
    builds: ["shop-api"],
  },
  {
    title: "another migration: a worker with a database has its SQL checked against it",
    edit: { "apps/shop/migrations/0002_paid.sql": "ALTER TABLE orders ADD paid INTEGER;\n" },
    builds: ["shop-api"],
  },
  {
    title: "no migrations at all: the config of a worker with a database names their folder",
    edit: { "apps/shop/migrations/0001_orders.sql": null },
    builds: ["shop-api"],
  },
  {
    title: "an imported file",
    edit: replace("libs/shapes/shapes.tova", "side * side", "side ** 2"),
    builds: ["shop-api"],
  },
  {
    title: "what nobody imports of an imported file",
    edit: replace("libs/shapes/shapes.tova", "side * 4", "side * 4.0"),
    builds: none,
  },
  {
    title: "another name of a block",
    edit: edit('edge "processor"', 'edge "worker"'),
    builds: ["shop-worker"],
  },
  {
    title: "a new block",
    edit: { [source]: `${files[source]}\n${block("web").replace('"web"', '"admin"')}` },
    builds: ["shop-admin"],
  },
  {
    title: "a deleted block",
    edit: {
      ...edit(block("web"), ""),
      ...replace("apps/shop/shop.deploy.toml", '[workers.web]\nname = "shop-front"\n', ""),
    },
    builds: none,
  },
  { title: "a README", edit: { "apps/shop/README.md": "# Shop\n" }, builds: none },
];
