// Deployments to other platforms than Cloudflare, by stand-ins for their tools that note how they were called.
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { deploy } from "../../src/deploy/deploy";
import { rollback } from "../../src/deploy/rollback";
import { provision } from "../../src/provision";
import { secrets } from "../../src/secrets";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

jest.setTimeout(60_000);

/** What a stand-in was called with. */
interface Call {
  readonly tool: string;
  readonly args: readonly string[];
  /** From the workspace. */
  readonly cwd: string;
  readonly input: string;
  /** The text of the file after `--config-file`. */
  readonly config: string | null;
  /** Files of the folder it ran in. */
  readonly files: readonly string[];
}

const standIn = `#!${process.execPath}
const { appendFileSync, readFileSync, readdirSync } = require("node:fs");
const { basename, join } = require("node:path");
const args = process.argv.slice(2);
const at = args.indexOf("--config-file");
const [config, mode] = at < 0 ? [null] : [readFileSync(args[at + 1], "utf8")];
const input = process.env.FAKE_INPUT && args[0] === "env" ? readFileSync(0, "utf8") : "";
const tool = basename(process.argv[1]);
const call = { tool, args, cwd: process.cwd(), input, config, files: readdirSync(".", { recursive: true }).sort() };
appendFileSync(join(__dirname, "calls"), JSON.stringify(call) + "\\n");
process.exit(args[0] === process.env.FAKE_FAILS || tool === process.env.FAKE_FAILS ? 3 : 0);
`;

const program = `
edge "site" {
  target: "vercel"
  env SIZE = 10
  secret TOKEN
  schedule "nightly" cron("0 3 * * *") { print("n") }
  route GET "/" => fn() { [SIZE, TOKEN] }
}
edge "api" {
  target: "lambda"
  secret TOKEN
  consume JOBS { dead_letter_queue: "failed" } fn(messages) { print(messages) }
  route GET "/" => fn() { TOKEN }
}
edge "failures" {
  target: "lambda"
  consume FAILED fn(messages) { print(messages) }
}
edge "hub" { target: "deno" route GET "/" => fn() { "ok" } }
edge "box" { target: "bun" secret TOKEN route GET "/" => fn() { TOKEN } }
`;
const queues =
  'edge "queues" { target: "lambda" queue JOBS queue FAILED route GET "/" => fn() { [JOBS, FAILED] } }\n';
const deployFile = '[vars]\nSIZE = 20\n[env.staging.workers.api]\nname = "staged-api"\n';

let workspace: Workspace;
const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
  workspace.remove();
});

function create(tools: readonly string[], files: Record<string, string> = {}) {
  workspace = createWorkspace({
    "app.tova": program + queues,
    "app.deploy.toml": deployFile,
    "secrets.env": "TOKEN=it's a \"\\\\\\\\ s3cret\nCRON_SECRET=cr0n\n",
    ...files,
  });
  const bin = workspace.path("node_modules/.bin");
  mkdirSync(bin, { recursive: true });
  for (const tool of tools) {
    writeFileSync(join(bin, tool), standIn);
    chmodSync(join(bin, tool), 0o755);
  }
  // Nothing of this machine's is found.
  process.env.PATH = "/usr/bin:/bin";
  process.env.FAKE_INPUT = "1";
}

function calls(): Call[] {
  const path = workspace.path("node_modules/.bin/calls");
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => {
    const call = JSON.parse(line) as Call;
    return {
      ...call,
      cwd: call.cwd.slice(call.cwd.indexOf(workspace.folder) + workspace.folder.length + 1),
    };
  });
}

async function run(options: Partial<Parameters<typeof deploy>[0]> = {}) {
  const log = createRecorder();
  const result = await deploy({ file: "app.tova", cwd: workspace.folder, log, ...options });
  const output = [...log.infos, ...log.warnings, ...log.errors].join("\n");
  return { ...result, output, errors: log.errors.join("\n") };
}

const lambda = ["api", "failures"];

test("sam deploys a folder of its own; who reads dead letters comes first, and secrets are no arguments", async () => {
  create(["sam"]);
  const { exitCode, output } = await run({ block: lambda, secretsFile: "secrets.env" });
  expect(output).toContain("Deployed: app-failures, app-api.");
  expect(exitCode).toBe(0);
  const [failures, api] = calls();
  const common = [
    "--capabilities",
    "CAPABILITY_IAM",
    "--resolve-s3",
    "--no-confirm-changeset",
    "--no-fail-on-empty-changeset",
  ];
  expect(failures).toMatchObject({
    tool: "sam",
    args: ["deploy", "--template-file", "template.yaml", "--stack-name", "app-failures", ...common],
    cwd: ".tova-out/lambda.failures",
    config: null,
  });
  expect(api?.args).toEqual([
    ...["deploy", "--template-file", "template.yaml", "--stack-name", "app-api", ...common],
    ...["--config-file", expect.any(String)],
  ]);
  expect(api?.files).toEqual([
    "code",
    "code/index.mjs",
    "code/index.mjs.map",
    "template.staging.yaml",
    "template.yaml",
  ]);
  const overrides = 'SecretToken="it\'s a \\"\\\\\\\\\\\\\\\\ s3cret"';
  expect(parse(api?.config ?? "")).toEqual({
    version: 0.1,
    default: { deploy: { parameters: { parameter_overrides: overrides } } },
  });
  expect(JSON.stringify([api?.args, output])).not.toContain("s3cret");
  expect(existsSync(api?.args.at(-1) ?? "")).toBe(false);
});

test("an environment has its own template and stack", async () => {
  create(["sam"]);
  const { exitCode } = await run({ block: "api", env: "staging", args: ["--region", "eu-west-1"] });
  expect(exitCode).toBe(0);
  expect(calls()[0]?.args.join(" ")).toMatch(
    /^deploy --template-file template\.staging\.yaml --stack-name staged-api .*--region eu-west-1$/,
  );
});

test("vercel takes what is built, into a project of the worker's name, its secrets on the input", async () => {
  create(["vercel"]);
  const { exitCode, output } = await run({ block: "site", secretsFile: "secrets.env" });
  expect(exitCode).toBe(0);
  const all = calls();
  expect(all.map(({ args }) => args.join(" "))).toEqual([
    "link --yes --project app-site",
    "env add TOKEN production --sensitive --force",
    "env add CRON_SECRET production --sensitive --force",
    "deploy --prebuilt --yes --prod --env SIZE=20",
  ]);
  expect(all.map(({ input }) => input)).toEqual(["", "it's a \"\\\\\\\\ s3cret", "cr0n", ""]);
  expect(all[3]?.cwd).toBe(".tova-out/vercel.site");
  expect(all[3]?.files).toEqual(
    expect.arrayContaining([
      ".vercel/output/config.json",
      ".vercel/output/functions/index.func/.vc-config.json",
      ".vercel/output/functions/index.func/index.js",
    ]),
  );
  expect(output).not.toMatch(/s3cret|cr0n/);
});

test("a preview of vercel is no production; an environment is a target of its own", async () => {
  create(["vercel", "deno"]);
  await run({ block: ["site", "hub"], preview: true });
  await run({ block: "site", env: "staging" });
  expect(calls().map(({ args }) => args.join(" "))).toEqual([
    "link --yes --project app-site",
    "deploy --prebuilt --yes --env SIZE=20",
    "deploy --app app-hub",
    "link --yes --project app-site-staging",
    "deploy --prebuilt --yes --target=staging --env SIZE=10",
  ]);
  const { exitCode, errors } = await run({ block: ["api", "box"], preview: true });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T103\]: `app-api` cannot be previewed: lambda has no previews/);
  expect(errors).toMatch(/error\[T103\]: `app-box`/);
});

test("deno deploys a folder with nothing of other workers; bun makes a program", async () => {
  create(["deno", "bun"]);
  const { exitCode, output } = await run({ block: ["hub", "box"], secretsFile: "secrets.env" });
  expect(exitCode).toBe(0);
  const [hub, box] = calls();
  expect(hub).toMatchObject({ tool: "deno", args: ["deploy", "--app", "app-hub", "--prod"] });
  expect(hub?.files.filter((file) => !file.startsWith("deno"))).toEqual(["main.js"]);
  expect(box).toMatchObject({
    tool: "bun",
    args: ["build", "--compile", "--outfile", "app-box", "app.edge.box.js"],
    cwd: ".tova-out",
  });
  expect(output).toMatch(/warning\[T105\]: TOKEN of `app-box` cannot be set from here on bun/);
});

test("a dry run shows the runs and changes nothing; sam checks the template", async () => {
  create(["sam"]);
  const { exitCode, output } = await run({
    block: ["site", "api", "hub", "box"],
    dryRun: true,
    secretsFile: "secrets.env",
  });
  expect(exitCode).toBe(0);
  expect(calls().map(({ args }) => args.join(" "))).toEqual([
    "validate --lint --template-file template.yaml",
  ]);
  expect(output).toContain("in .tova-out/lambda.api: sam deploy --template-file template.yaml");
  expect(output).toContain("in .tova-out/vercel.site: vercel deploy --prebuilt --yes --prod");
  expect(output).toContain("in .tova-out: bun build --compile --outfile app-box app.edge.box.js");
  expect(output).toContain("copy app.edge.hub.js to app.edge.hub.deno/main.js");
  expect(output).not.toMatch(/s3cret|cr0n/);
  expect(existsSync(workspace.path(".tova-out/app.edge.hub.deno"))).toBe(false);
  // Vercel's tool is nowhere, which a dry run only says.
  expect(output).toMatch(/warning\[T100\]: `vercel`, which deploys such workers, is not installed/);
});

test("a missing tool stops everything before anything is changed, and says how to get it", async () => {
  create(["vercel"]);
  const { exitCode, errors } = await run({ block: ["site", "api"] });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T100\]: `sam`.*\n.*Install the AWS SAM CLI/);
  expect(calls()).toEqual([]);
});

test.each([
  ["deploys", ""],
  ["fails", "sam"],
])("no secret is left on disk when the tool %s", async (_, fails) => {
  create(["sam"]);
  process.env.FAKE_FAILS = fails;
  await run({ block: ["api"], secretsFile: "secrets.env" });
  const [call] = calls();
  expect(call?.config).toContain("s3cret");
  const file = call?.args[call.args.indexOf("--config-file") + 1] as string;
  expect(existsSync(dirname(file))).toBe(false);
});

test("what a failed worker makes is not used; others go on", async () => {
  create(["sam", "bun"]);
  process.env.FAKE_FAILS = "sam";
  const first = await run({ block: [...lambda, "box"], secretsFile: "secrets.env" });
  expect(first.output).toContain("Deployed: app-box. Failed: app-failures. Left out: app-api.");
  expect(first.errors).toMatch(/error\[T101\]: `sam` ended with exit code 3 for `app-failures`/);
  expect(first.exitCode).toBe(1);
});

test("arguments after -- go to one tool only", async () => {
  create(["sam", "vercel"]);
  const { exitCode, errors } = await run({ block: ["site", "api"], args: ["--debug"] });
  expect(exitCode).toBe(2);
  expect(errors).toContain("error[T106]");
  expect(calls()).toEqual([]);
});

test("one project of Vercel is not for two workers", async () => {
  const web = (name: string) => `edge "${name}" { target: "vercel" route GET "/" => fn() { 1 } }\n`;
  create(["vercel"], { "app.tova": web("one") + web("two"), "app.deploy.toml": "" });
  process.env.VERCEL_PROJECT_ID = "prj_1";
  const { errors } = await run();
  expect(errors).toMatch(/error\[T104\].*app-one and app-two would replace each other/);
  expect(calls()).toEqual([]);
});

test("without a build the folder must be there", async () => {
  create(["sam"]);
  const { errors } = await run({ block: "api", build: false });
  expect(errors).toMatch(
    /error\[T045\]: `\.tova-out\/lambda\.api\/code\/index\.mjs` has not been built/,
  );
});

test("without a build source maps need not be there", async () => {
  create(["sam"]);
  await run({ block: "api", dryRun: true });
  rmSync(workspace.path(".tova-out/app.edge.api.js.map"));
  const { exitCode, errors } = await run({ block: "api", build: false });
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
});

test("code that another program of the folder has written is not deployed without a build", async () => {
  const other = 'edge "api" { target: "lambda" route GET "/" => fn() { "other" } }\n';
  create(["sam"], { "other.tova": other });
  for (const file of ["app.tova", "other.tova"]) await run({ file, block: "api", dryRun: true });
  const { exitCode, errors } = await run({ block: "api", build: false });
  expect(errors).toMatch(
    /error\[T113\]: `\.tova-out\/lambda\.api\/code\/index\.mjs` is of another program: it names other\.tova\./,
  );
  expect(exitCode).toBe(1);
});

test("values that a function has no room for stop its deployment", async () => {
  create(["sam"], { "secrets.env": `TOKEN=${"x".repeat(4092)}\n` });
  const { errors } = await run({ block: "api", secretsFile: "secrets.env" });
  expect(errors).toMatch(
    /error\[T108\]: The variables .*`app-api` take 4097 bytes; Lambda accepts/,
  );
  expect(calls()).toEqual([]);
  writeFileSync(workspace.path("secrets.env"), `TOKEN=${"x".repeat(4091)}\n`);
  const { exitCode, output } = await run({ block: "api", secretsFile: "secrets.env" });
  expect(exitCode).toBe(0);
  expect(output).toMatch(/✓ size +app-api [\d.]+ KiB, of 250\.0 MiB/);
});

test("what is only for Cloudflare says so, and does the rest of a mixed file", async () => {
  create([], { "app.deploy.toml": "" });
  const log = createRecorder();
  const given = { file: "app.tova", cwd: workspace.folder, log };
  await secrets({ ...given, block: "api" });
  await rollback({ ...given, block: ["site"] });
  expect(log.errors.join("\n")).toMatch(
    /T107\]: `tova secrets` is for workers on Cloudflare; `app-api` is for lambda/,
  );
  expect(log.errors.join("\n")).toMatch(/T107\]: `tova rollback` is .*`app-site` is for vercel/);
  writeFileSync(
    workspace.path("app.tova"),
    'edge { target: "deno" route GET "/" => fn() { 1 } }\n',
  );
  const { exitCode } = await provision(given);
  expect(exitCode).toBe(1);
  expect(log.errors.at(-1)).toMatch(/T107\]: `tova provision`/);
});
