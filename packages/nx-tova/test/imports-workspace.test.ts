// Real runs of Nx over programs that import: an edit rebuilds the blocks that import, and no others.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstalledWorkspace, type InstalledWorkspace, lockfile } from "./installed-workspace";

jest.setTimeout(180_000);

const files = {
  "nx.json": JSON.stringify({
    analytics: false,
    neverConnectToCloud: true,
    defaultBase: "main",
    plugins: ["nx-tova/plugin"],
  }),
  "apps/shop/shop.tova": `import { area } from "../../libs/shapes/shapes"
import { version } from "./data.json"
edge "api" { route GET "/" => fn(req) { area(2) } }
edge "info" { route GET "/" => fn(req) { version } }
edge "plain" { route GET "/" => fn(req) { "plain" } }
`,
  "apps/shop/data.json": '{ "version": "first" }\n',
  "libs/shapes/project.json": '{ "name": "shapes" }',
  "libs/shapes/shapes.tova": 'import { square } from "./math"\npub fn area(x) { square(x) }\n',
  "libs/shapes/math.tova": "pub fn square(x) { x * x }\n",
};

let workspace: InstalledWorkspace;
beforeAll(() => {
  workspace = createInstalledWorkspace({ ...files, "package-lock.json": lockfile() });
});
afterAll(() => workspace.remove());

/** Builds all blocks; gives those that did not come from the cache. */
function rebuilt(): string[] {
  const run = workspace.nx(["run-many", "-t", "build", "--outputStyle=static"]);
  expect(run).toMatchObject({ exitCode: 0 });
  return ["api", "info", "plain"].filter((name) => {
    const line = run.output.split("\n").find((text) => text.includes(`nx run shop-${name}:build`));
    expect(line).toBeDefined();
    return !/\[(local cache|existing outputs match the cache[^\]]*)\]/.test(line ?? "");
  });
}

const worker = (name: string) =>
  readFileSync(join(workspace.root, `apps/shop/.tova-out/shop.edge.${name}.js`), "utf8");

test("an edit of an imported file rebuilds exactly the blocks that import it", () => {
  expect(rebuilt()).toEqual(["api", "info", "plain"]);
  expect(worker("api")).toContain("square");
  expect(rebuilt()).toEqual([]);

  workspace.write({ "libs/shapes/math.tova": "pub fn square(x) { x ** 2 + 1234 }\n" });
  expect(rebuilt()).toEqual(["api"]);
  expect(worker("api")).toContain("1234");

  workspace.write({ "apps/shop/data.json": '{ "version": "second" }\n' });
  expect(rebuilt()).toEqual(["info"]);
  expect(worker("info")).toContain("second");
});

test("nx graph shows edges of imports and queues across files, and what workers share", () => {
  const bucket = '[storage.IMAGES]\nname = "images"\n';
  workspace.write({
    "apps/mail/mail.tova": `edge "sender" { storage IMAGES queue LETTERS route GET "/" => fn(req) { "ok" } }`,
    "apps/mail/mail.deploy.toml": bucket,
    "apps/post/post.tova": `edge "office" { storage IMAGES consume MAIL fn(messages) { print(messages) } }`,
    "apps/post/post.deploy.toml": `${bucket}[queue.MAIL]\nname = "letters"\n`,
  });
  expect(workspace.nx(["graph", "--file=out.json"]).exitCode).toBe(0);
  const { graph } = JSON.parse(readFileSync(join(workspace.root, "out.json"), "utf8"));
  const targets = (name: string) =>
    graph.dependencies[name].map(({ target }: { target: string }) => target);
  expect(targets("shop-api")).toContain("shapes");
  expect(targets("shop-info")).not.toContain("shapes");
  expect(graph.dependencies["post-office"]).toEqual([
    { source: "post-office", target: "mail-sender", type: "implicit" },
  ]);
  expect(graph.nodes["mail-sender"].data.metadata.tova.shared).toEqual({
    "storage IMAGES": ["post-office"],
  });
});
