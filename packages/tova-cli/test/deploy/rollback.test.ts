// Rollbacks by the real wrangler on a stand-in for Cloudflare that keeps every version.
import { rollback } from "../../src/deploy/rollback";
import { type CloudflareProject, createCloudflareProject } from "../cloudflare-project";
import { broken, type Fault, tooMany } from "../fake/faults";

const program = ["api", "web"]
  .map((name) => `edge "${name}" {\n  route GET "/" => fn(req) { "ok" }\n}\n`)
  .join("");

let project: CloudflareProject;
afterEach(() => project.close());

async function create(versions: Record<string, number>) {
  project = await createCloudflareProject({ "app.tova": program });
  for (const [block, count] of Object.entries(versions)) {
    for (let at = 1; at <= count; at++) {
      project.cloudflare.deploy(`app-${block}`, { A: String(at) }, `tova app/${block} (${at})`);
    }
  }
}

const answering = (worker: string) =>
  project.cloudflare.scripts.get(worker)?.current.metadata.annotations?.["workers/message"];
const changes = () => project.cloudflare.requests.filter(({ method }) => method !== "GET");

test("a worker goes back to what answered before, and then to a version that is named", async () => {
  await create({ api: 3 });
  const first = await project.run(rollback, { block: "api", message: "too slow" });
  // Each of these versions was uploaded with another value of it.
  expect(first.errors).toMatch(
    /^warning\[T114\]: A changed since this version of `app-api` answered, .*\n.*`tova secrets app\.tova`\.\n?$/,
  );
  expect(first.output).toMatch(/app-api: 0\S+3 → 0\S+2, uploaded 2026\S+ \(tova app\/api \(2\)\)/);
  expect(first.exitCode).toBe(0);
  expect(answering("app-api")).toBe("tova app/api (2)");
  const newest = project.cloudflare.scripts.get("app-api")?.deployments.at(-1);
  expect(newest?.annotations).toEqual({ "workers/message": "tova app/api: too slow" });

  const to = "00000000-0000-4000-8000-000000000001";
  expect((await project.run(rollback, { block: "api", to })).exitCode).toBe(0);
  expect(answering("app-api")).toBe("tova app/api (1)");
  // Back and forth: what answered before that.
  expect((await project.run(rollback, { block: "api" })).exitCode).toBe(0);
  expect(answering("app-api")).toBe("tova app/api (2)");
}, 90_000);

test("a dry run shows what would answer", async () => {
  await create({ api: 2, web: 2 });
  const { exitCode, output } = await project.run(rollback, { dryRun: true });
  expect(output.match(/ → /g)).toHaveLength(2);
  expect(exitCode).toBe(0);
  expect(changes()).toEqual([]);
});

const post = /app-api\/deployments$/;

test("after each fault of Cloudflare's what was not done is said, and a later run finishes", async () => {
  await create({ api: 2 });
  const faults: Record<string, Fault> = {
    "429": tooMany("POST", post),
    "500": broken("POST", post),
    "a cut connection": { method: "POST", path: post, kind: "cut before" },
    "a missing right": { ...broken("POST", post), status: 403, code: 10000 } as Fault,
  };
  for (const [name, fault] of Object.entries(faults)) {
    project.cloudflare.faults.push(fault);
    const { errors, exitCode } = await project.run(rollback, { block: "api" });
    expect([name, errors]).toEqual([
      name,
      expect.stringMatching(
        /error\[T050\]: Failed to roll back app-api: .*\.\n.*Not done: app-api/,
      ),
    ]);
    expect(exitCode).toBe(1);
    expect(answering("app-api")).toBe("tova app/api (2)");
  }
  expect((await project.run(rollback, { block: "api" })).exitCode).toBe(0);
  expect(answering("app-api")).toBe("tova app/api (1)");
}, 120_000);

test.each<[string, Record<string, number>, object, RegExp, number]>([
  ["a worker that was never deployed", {}, {}, /T092.*app-web[\s\S]*T092.*app-api/, 1],
  ["a worker with one version", { api: 1 }, { block: "api" }, /T093/, 1],
  ["a version that is none", { api: 2 }, { block: "api", to: "f" }, /T094.* f\.[\s\S]*0002, 0/, 1],
  ["one of several versions", { api: 2 }, { block: "api", to: "0" }, /T094/, 1],
  [
    "the version that answers",
    { api: 2 },
    { block: "api", to: "00000000-0000-4000-8000-000000000002" },
    /T095/,
    1,
  ],
  ["a version of two workers", { api: 2, web: 2 }, { to: "0" }, /T096/, 2],
  ["an unknown environment", {}, { env: "nope" }, /T042/, 1],
])("%s is refused", async (_, versions, options, expected, code) => {
  await create(versions);
  const { exitCode, errors } = await project.run(rollback, options);
  expect(errors).toMatch(expected);
  expect(exitCode).toBe(code);
  expect(changes()).toEqual([]);
});

test("a worker that another program deployed stays as it is", async () => {
  await create({});
  for (const at of [1, 2]) project.cloudflare.deploy("app-api", {}, `tova other/api (${at})`);
  const { exitCode, errors } = await project.run(rollback, { block: "api" });
  expect(errors).toMatch(/T074/);
  expect(exitCode).toBe(1);
  expect(changes()).toEqual([]);
});
