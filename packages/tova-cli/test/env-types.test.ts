// The declarations beside a worker, against those of `wrangler types` and in the hands of tsc.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { build } from "../src/build";
import { findWrangler } from "../src/cloudflare/wrangler";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

const source = `edge "api" {
  kv NOTES
  sql DB
  storage FILES
  queue JOBS
  env GREETING = "say \\"hi\\""
  env LIMIT = 10
  env DEBUG = true
  env REGION = "eu"
  env UNSET
  env COMPUTED = 6 * 7
  env ONLY_HERE
  secret TOKEN
  route GET "/" => fn(req) {
    await JOBS.send({ id: 1 })
    [NOTES, DB, FILES, GREETING, LIMIT, DEBUG, REGION, UNSET, COMPUTED, ONLY_HERE, TOKEN]
  }
}

edge "reader" {
  sql DB
  consume JOBS fn(messages) { print(len(messages)) }
}

edge "bare" {
  route GET "/" => fn() "ok"
}
`;

const deploy = `[vars]
ONLY_HERE = "production"
REGION = "us"

[env.staging.vars]
LIMIT = 20
`;

let workspace: Workspace;

beforeAll(async () => {
  workspace = createWorkspace({ "app.tova": source, "app.deploy.toml": deploy });
  const log = createRecorder();
  const { exitCode } = await build({ file: "app.tova", cwd: workspace.folder, log });
  expect([exitCode, log.errors]).toEqual([0, []]);
});
afterAll(() => workspace.remove());

const output = (name: string): string => readFileSync(workspace.path(`.tova-out/${name}`), "utf8");

/** By name: the members of the last \`Env\` of some declarations, unions in one order. */
function membersOf(declarations: string): Record<string, string> {
  const body = declarations.slice(declarations.lastIndexOf("interface Env {")).split("}")[0] ?? "";
  const members = [...body.matchAll(/^\s*(\w+\??): (.*);$/gm)].map(([, name = "", type = ""]) => {
    return [name, type.split(" | ").sort().join(" | ")];
  });
  return Object.fromEntries(members);
}

test.each(["api", "reader", "bare"])(
  "%s has the members that wrangler finds, and variables without a value",
  (block) => {
    const args = ["types", "wrangler.d.ts", "-c", `wrangler.${block}.toml`];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [findWrangler(workspace.folder), ...args, "--include-runtime=false"],
      {
        cwd: workspace.path(".tova-out"),
        encoding: "utf8",
        env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false" },
      },
    );
    expect([status, stdout + stderr]).toEqual([0, expect.anything()]);
    const ours = membersOf(output(`app.edge.${block}.d.ts`));
    const unset = block === "api" ? { "UNSET?": "string", "COMPUTED?": "string" } : {};
    expect(ours).toEqual({ ...membersOf(output("wrangler.d.ts")), ...unset });
  },
  60_000,
);

test("tsc takes a test of the worker that is right, and no other", () => {
  workspace.write(
    "worker.ts",
    `import worker, { type Env } from "./.tova-out/app.edge.api.js";
export async function run(request: Parameters<NonNullable<typeof worker.fetch>>[0], env: Env, ctx: ExecutionContext) {
  const row = await env.DB.prepare("SELECT 1").first<{ id: number }>();
  await env.NOTES.put("a", env.TOKEN.toUpperCase());
  await env.JOBS.send({ id: row?.id });
  const limit: 10 | 20 = env.LIMIT;
  const unset: string | undefined = env.UNSET;
  const wrong: number = env.GREETING;
  env.MISSING;
  return [await worker.fetch?.(request, env, ctx), limit, unset, wrong];
}
`,
  );
  const program = ts.createProgram([workspace.path("worker.ts")], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts"],
    types: [require.resolve("@cloudflare/workers-types")],
  });
  const found = ts.getPreEmitDiagnostics(program).map(({ messageText }) => {
    return ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0];
  });
  expect(found).toEqual([
    "Type 'string' is not assignable to type 'number'.",
    "Property 'MISSING' does not exist on type 'Env'.",
  ]);
}, 60_000);
