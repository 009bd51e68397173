// Workers for Vercel in its own edge runtime: requests, cron jobs, files of the Build Output API.
import { EdgeRuntime } from "edge-runtime";
import { transformSync } from "esbuild";
import { compile } from "../../src";

const program = `
edge "web" {
  target: "vercel"
  env SIZE = 10
  secret TOKEN
  var runs = []
  schedule "nightly" cron("0 3 * * *") { runs.push("nightly") }
  schedule "also" cron("0 3 * * *") { runs.push("also") }
  schedule "broken" cron("30 9 * * mon") { throw Error.new("secret detail") }
  route GET "/see/:id" => fn(req, params) { [params.id, SIZE, req.url] }
  route GET "/runs" => fn() { runs }
}`;

const compiled = compile(program, { fileName: "app.tova" });
const [worker] = compiled.workers;

/** The edge runtime takes a script; Vercel itself takes the module. */
function start(env: Readonly<Record<string, string>>) {
  const { code } = transformSync(worker?.code ?? "", { format: "iife", globalName: "$worker" });
  const listen = 'addEventListener("fetch", (e) => e.respondWith($worker.default(e.request)));';
  const runtime = new EdgeRuntime({
    initialCode: `${code}\n${listen}`,
    extend: (context) => Object.assign(context, { process: { env } }),
  });
  return async (path: string, authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const response = await runtime.dispatchFetch(`https://app.example${path}`, { headers });
    return { status: response.status, body: await response.text() };
  };
}

const cron = "/_tova/cron/1";
let silent: jest.SpyInstance;
beforeEach(() => {
  silent = jest.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => silent.mockRestore());

test("requests are answered by the routes", async () => {
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const get = start({ TOKEN: "t", SIZE: "3" });
  expect(await get("/see/a%20b?q=1")).toEqual({
    status: 200,
    body: '["a b","3","https://app.example/see/a%20b?q=1"]',
  });
  expect((await get("/nowhere")).status).toBe(404);
});

test("a cron job runs its schedules for Vercel, and for nobody else", async () => {
  const get = start({ TOKEN: "t", CRON_SECRET: "k".repeat(16) });
  const right = `Bearer ${"k".repeat(16)}`;
  for (const wrong of [undefined, "", "Bearer ", `Bearer ${"k".repeat(15)}`, right.toLowerCase()]) {
    expect((await get(cron, wrong)).status).toBe(401);
  }
  expect((await get("/runs")).body).toBe("[]");
  expect(await get(cron, right)).toEqual({ status: 200, body: '{"ok":true}' });
  expect((await get("/runs")).body).toBe('["nightly","also"]');
  expect(await get("/_tova/cron/2", right)).toEqual({
    status: 500,
    body: '{"error":"Internal Server Error"}',
  });
  expect((await get("/_tova/cron/3", right)).status).toBe(404);
});

test.each([{}, { CRON_SECRET: "" }])("without a secret no schedule runs: %j", async (env) => {
  const get = start({ TOKEN: "t", ...env });
  for (const given of [undefined, "Bearer ", "Bearer undefined", "Bearer null"]) {
    expect((await get(cron, given)).status).toBe(401);
  }
  expect((await get("/runs")).body).toBe("[]");
});

test("a schedule fails while a secret of the program is missing", async () => {
  const get = start({ CRON_SECRET: "k" });
  expect((await get(cron, "Bearer k")).status).toBe(500);
});

test("the folder is what `vercel deploy --prebuilt` takes", () => {
  expect(worker?.outline.upload).toEqual({
    folder: "vercel.web",
    main: "vercel.web/.vercel/output/functions/index.func/index.js",
  });
  expect(worker?.config?.fileName).toBe("vercel.web/.vercel/output/config.json");
  expect(JSON.parse(worker?.config?.text ?? "")).toEqual({
    version: 3,
    routes: [{ src: "/.*", dest: "/index" }],
    crons: [
      { path: "/_tova/cron/1", schedule: "0 3 * * *" },
      { path: "/_tova/cron/2", schedule: "30 9 * * 1" },
    ],
  });
  const [config] = worker?.files ?? [];
  expect(config?.fileName).toBe("vercel.web/.vercel/output/functions/index.func/.vc-config.json");
  expect(JSON.parse(config?.text ?? "")).toEqual({
    runtime: "edge",
    entrypoint: "index.js",
    envVarsInUse: ["SIZE", "TOKEN", "CRON_SECRET"],
  });
});
