// The outline that the Nx graph is made of, also for broken files.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outline } from "../src";

const seed = readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8");
const fileName = "apps/pipeline/pipeline.tova";
const deploy = (text: string) => ({ fileName: "apps/pipeline/pipeline.deploy.toml", text });

test("the seed's workers with what they are bound to, send and receive", () => {
  const { blocks, diagnostics } = outline(seed, { fileName });
  expect(diagnostics).toEqual([]);
  expect(blocks).toMatchObject([
    {
      name: "api",
      projectName: "pipeline-api",
      workerName: "pipeline-api",
      main: "pipeline.edge.api.js",
      configFile: "wrangler.api.toml",
      kv: [{ binding: "METADATA", placeholder: true }],
      produces: [{ binding: "PROCESS_QUEUE", id: "process-queue" }],
      consumes: [],
      env: [{ name: "MAX_FILE_SIZE", default: "10485760" }],
      secrets: ["API_KEY"],
      health: "/healthz",
      crons: ["0 9 * * *"],
      hasHttp: true,
    },
    {
      name: "processor",
      produces: [],
      consumes: [{ binding: "PROCESS_QUEUE", queue: "process-queue", maxBatchSize: 10 }],
      routes: [],
      hasHttp: true,
    },
  ]);
});

test("an environment changes names and values, not the project", () => {
  const text =
    '[env.staging.workers.api]\nname = "stage"\n[env.staging.vars]\nMAX_FILE_SIZE = "1"\n';
  const { blocks, diagnostics } = outline(seed, {
    fileName,
    deploy: deploy(text),
    environment: "staging",
  });
  expect(diagnostics).toEqual([]);
  expect(blocks[0]).toMatchObject({
    projectName: "pipeline-api",
    workerName: "stage",
    env: [{ default: "1" }],
    produces: [{ id: "process-queue-staging" }],
  });
});

test("an environment that the deploy file lacks is reported there", () => {
  const { diagnostics } = outline(seed, {
    fileName,
    deploy: deploy("[env.staging]"),
    environment: "stagin",
  });
  expect(diagnostics).toMatchObject([
    { code: "E_UNKNOWN_ENVIRONMENT", fileName: "apps/pipeline/pipeline.deploy.toml", line: 1 },
  ]);
});

test("a worker without requests has no HTTP", () => {
  const source = 'edge { schedule "s" cron("0 1 * * *") { 1 } }';
  expect(outline(source, { fileName }).blocks[0]).toMatchObject({ hasHttp: false, name: null });
});

test("a file with a syntax error keeps its blocks and has only that error", () => {
  const source = `${seed.replace("kv METADATA", "kv METADATA kv METADATA")}\nfn broken( {`;
  const { blocks, diagnostics } = outline(source, { fileName });
  expect(blocks.map(({ name }) => name)).toEqual(["api", "processor"]);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.every(({ code }) => /^E0\d\d$/.test(code))).toBe(true);
});

test("a broken deploy file leaves the workers, with placeholders", () => {
  const { blocks, diagnostics } = outline(seed, { fileName, deploy: deploy("[kv\n") });
  expect(diagnostics.map(({ code }) => code)).toEqual(["E_DEPLOY_SYNTAX"]);
  expect(blocks[0]?.kv[0]?.placeholder).toBe(true);
});

test.each([
  ["an empty file", ""],
  ["a byte order mark", "\uFEFF"],
  ["binary text", "\u0000\u0001\uFFFD\uD800{{{((("],
  ["a file without edge blocks", "x = 1"],
])("%s has no workers", (_, source) => {
  expect(outline(source, { fileName }).blocks).toEqual([]);
});

test("cut at any place, the seed is outlined without a throw", () => {
  for (let end = 0; end < seed.length; end += 211) {
    const { blocks } = outline(seed.slice(0, end), { fileName });
    expect(blocks.length).toBeLessThanOrEqual(2);
  }
});
