// Edits of sources and deploy files: what is new, and that all else stays byte for byte.
import { addEdgeBlock, compile, renameEdgeBlock, renameInDeployFile } from "../../src";

const program = `// Shop
edge "orders" {
    target: "cloudflare"
    route GET "/" => fn(req) { "orders" }
}

// its second part
edge "orders" {
    queue JOBS
    env A = "edge \\"orders\\""
}

edge "mail" { consume JOBS fn(messages) { print("orders") } }
`;

const api = {
  name: "api",
  target: "cloudflare" as const,
  body: ['route GET "/" => fn(req) {', "\tnil", "}"],
};
const text = ({ text: is, problem }: { text: string | null; problem: string | null }): string => {
  if (is === null) throw new Error(problem ?? "");
  return is;
};

describe("adding a block", () => {
  it.each([
    ["an empty file", ""],
    ["a file with blocks", program],
    ["a file without a last line break", program.trimEnd()],
    ["CRLF", program.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${program}`],
    ["a comment at the end", `${program}// the end`],
    ["non-ASCII text", `${program}// ☕ über 😀\n`],
  ])("keeps %s and adds a block that compiles", (_, source) => {
    const result = text(addEdgeBlock(source, api));
    expect(result.startsWith(source)).toBe(true);
    const { workers, diagnostics } = compile(result, { fileName: "shop.tova" });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(workers.map(({ name }) => name)).toContain("api");
    expect(/(?<!\r)\n/.test(result) && result.includes("\r\n")).toBe(false);
  });

  it("is indented as the file is", () => {
    expect(text(addEdgeBlock(program, api)).slice(program.length)).toBe(
      '\nedge "api" {\n    target: "cloudflare"\n    route GET "/" => fn(req) {\n        nil\n    }\n}\n',
    );
    expect(
      text(addEdgeBlock('edge "a" {\n\troute GET "/" => fn(req) { nil }\n}\n', api)),
    ).toContain('\n\ttarget: "cloudflare"\n\troute GET "/" => fn(req) {\n\t\tnil\n');
  });

  it.each([
    ["orders", /already/],
    ["Orders", /both be the worker orders/],
    ["a/b", /cannot name/],
    ["", /cannot name/],
    ["größe", /cannot name/],
    ["--", /cannot name/],
  ])("refuses the name %j", (name, problem) => {
    expect(addEdgeBlock(program, { ...api, name }).problem).toMatch(problem);
  });

  it("refuses a source with syntax errors", () => {
    expect(addEdgeBlock('edge "a" {', api).problem).toMatch(/syntax errors/);
  });
});

describe("renaming a block", () => {
  it("renames all its parts and nothing else", () => {
    const result = text(renameEdgeBlock(program, "orders", "sales"));
    expect(result).toBe(program.replaceAll(/^edge "orders"/gm, 'edge "sales"'));
  });

  it.each([
    ["none", "sales", /no edge block "none"; there are "orders", "mail"/],
    ["orders", "mail", /already/],
    ["orders", "orders", /already/],
    ["orders", "sa.les", /cannot name/],
  ])("refuses %j to %j", (from, to, problem) => {
    expect(renameEdgeBlock(program, from, to).problem).toMatch(problem);
  });

  it("may change the case of its own name", () => {
    expect(text(renameEdgeBlock(program, "mail", "Mail"))).toContain('edge "Mail"');
  });
});

describe("renaming a block in the deploy file", () => {
  const deploy = `# ids
[kv.orders] # a store that is only called so
id = "x"

[ workers . "orders" ]  # comment
routes = [{ pattern = "orders" }]

[workers.mail]
name = "orders"

[env.staging]
workers.orders.name = "o"

[env.orders.workers.orders]
name = "p"
`;

  it("renames the block's entries in every environment and nothing else", () => {
    expect(text(renameInDeployFile(deploy, "orders", "sales"))).toBe(
      deploy
        .replace('workers . "orders"', "workers . sales")
        .replace("workers.orders.name", "workers.sales.name")
        .replace("[env.orders.workers.orders]", "[env.orders.workers.sales]"),
    );
  });

  it("quotes a name that must be", () => {
    expect(text(renameInDeployFile("[workers.a]\nname = 'n'\n", "a", "b c"))).toBe(
      "[workers.\"b c\"]\nname = 'n'\n",
    );
  });

  it("leaves a file alone that does not speak of the block", () => {
    expect(text(renameInDeployFile("\uFEFFaccount_id = 'a'\r\n", "a", "b"))).toBe(
      "\uFEFFaccount_id = 'a'\r\n",
    );
  });

  it.each([
    ["[workers", /not valid TOML/],
    ["[workers.a]\n[workers.b]\n", /has an entry \[workers\.b\]/],
    ["workers = { a = { name = 'x' } }\n", /by hand/],
  ])("refuses %j", (given, problem) => {
    expect(renameInDeployFile(given, "a", "b").problem).toMatch(problem);
  });
});
