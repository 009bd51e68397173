// Secrets set by the real wrangler on workers of a stand-in for Cloudflare; no value may leak.
import { secrets } from "../src/secrets";
import { type CloudflareProject, createCloudflareProject } from "./cloudflare-project";
import { broken, type Fault, tooMany } from "./fake/faults";

const block = (name: string, declared: string) => `edge "${name}" {
  target: "cloudflare"
  ${declared}
  route GET "/" => fn(req) { "ok" }
}
`;
const program = block("api", "secret API_KEY\n  secret TOKEN") + block("web", "secret SALT");

// Node's own reads the environment of the process, of which a test has a copy.
jest.mock("node:os", () => {
  const os = jest.requireActual<typeof import("node:os")>("node:os");
  return { ...os, tmpdir: () => process.env.TMPDIR ?? os.tmpdir() };
});

let project: CloudflareProject;
afterEach(() => project.close());

/** Workers are there as after a deploy, with these secrets. */
async function create(
  from: string,
  deployed: Record<string, Record<string, string>> = { "app-api": {}, "app-web": {} },
) {
  const files = { "app.tova": program, "app.deploy.toml": "[env.staging]\n", ".env.x": from };
  project = await createCloudflareProject(files);
  for (const [worker, values] of Object.entries(deployed))
    project.cloudflare.deploy(
      worker,
      values,
      `tova ${worker.replace("-staging", "").replace("-", "/")}`,
    );
}

const stored = (worker: string) =>
  Object.fromEntries(project.cloudflare.secrets.get(worker) ?? new Map());
const patches = () => project.cloudflare.requests.filter(({ method }) => method !== "GET");
const from = ".env.x";

test("a block gets what it declares, beside what it has; nothing shows or keeps a value", async () => {
  await create("# c\nAPI_KEY='first \"v4lue\" # x'\nTOKEN=s3cond\nSALT=th1rd\n", {
    "app-api": { OLD: "kept", TOKEN: "before" },
  });
  const { exitCode, output } = await project.run(secrets, { block: "api", from });
  expect(output).toBe("app-api: set API_KEY, TOKEN\n");
  expect(exitCode).toBe(0);
  expect(stored("app-api")).toEqual({
    OLD: "kept",
    API_KEY: 'first "v4lue" # x',
    TOKEN: "s3cond",
  });
  expect(project.leftovers()).toEqual([]);
}, 120_000);

test("JSON with lines in a value goes to all workers, of one environment", async () => {
  const values = { API_KEY: "-----\nlines\n", TOKEN: "t", SALT: "=é" };
  await create(JSON.stringify(values, null, 2), { "app-api-staging": {}, "app-web-staging": {} });
  const { exitCode, errors } = await project.run(secrets, { env: "staging", from });
  expect(errors).toBe("");
  expect(exitCode).toBe(0);
  expect(stored("app-api-staging")).toEqual({ API_KEY: "-----\nlines\n", TOKEN: "t" });
  expect(stored("app-web-staging")).toEqual({ SALT: "=é" });
}, 120_000);

test("values come from the environment when there is no file; one that is set may be left out", async () => {
  await create("", { "app-web": { SALT: "before" } });
  const { exitCode, output } = await project.run(secrets, { block: "web" });
  expect(output).toContain("app-web: has its secrets, none was given");
  expect(exitCode).toBe(0);
  expect(patches()).toEqual([]);
  process.env.SALT = "fresh";
  try {
    expect((await project.run(secrets, { block: "web" })).exitCode).toBe(0);
  } finally {
    delete process.env.SALT;
  }
  expect(stored("app-web")).toEqual({ SALT: "fresh" });
}, 120_000);

test("missing values are named for all workers, and nothing is sent to any", async () => {
  await create("API_KEY=v4lue\nSALT=\n");
  const { exitCode, errors } = await project.run(secrets, { from });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T054\]: `app-api` has no value for TOKEN, /);
  expect(errors).toMatch(/error\[T054\]: `app-web` has no value for SALT, /);
  expect(errors).not.toContain("v4lue");
  expect(patches()).toEqual([]);
}, 120_000);

test("a worker that was never deployed is told how to get them", async () => {
  await create("SALT=v4lue\n", {});
  const { exitCode, errors } = await project.run(secrets, { block: "web", env: "staging", from });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T055\]: `app-web-staging` has not been deployed/);
  expect(errors).toContain("tova deploy app.tova --block web --env staging --secrets-file .env.x");
  expect(patches()).toEqual([]);
}, 120_000);

test("a worker that another program deployed gets no secrets", async () => {
  await create("SALT=v4lue\n", {});
  project.cloudflare.deploy("app-web", {});
  const { exitCode, errors } = await project.run(secrets, { block: "web", from });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T074\].*`app-web` that this program did not deploy/);
  expect(patches()).toEqual([]);
});

test("a failure quotes no value, whatever Cloudflare says, and a second run finishes", async () => {
  await create("API_KEY=v4lue\nTOKEN=v4lue-longer\nSALT=s4lt\n");
  project.cloudflare.faults.push({
    ...broken("PATCH", /app-web\/settings/),
    message: "no s4lt please",
  } as ReturnType<typeof broken>);
  const { exitCode, errors, output } = await project.run(secrets, { from });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/error\[T059\]: The secrets of `app-web` were not set: .*no ••• please/);
  expect(errors).toContain("Set: app-api. Not set: app-web.");
  expect(output).not.toMatch(/v4lue|s4lt/);
  expect((await project.run(secrets, { from })).exitCode).toBe(0);
  expect(stored("app-web")).toEqual({ SALT: "s4lt" });
}, 240_000);

const settings = { method: "PATCH", path: /app-api\/settings/ };
test.each<[string, Fault[]]>([
  [
    "too many requests, and a connection cut before the values are kept",
    [tooMany(settings.method, settings.path), { ...settings, kind: "cut before" }],
  ],
  ["a connection cut after it", [{ ...settings, kind: "cut after" }]],
])(
  "%s: a success has set them, a failure says so, and a later run finishes",
  async (_, faults) => {
    await create("API_KEY=v4lue\nTOKEN=s3cond\n");
    for (const fault of faults) {
      project.cloudflare.faults.push(fault);
      const { exitCode, errors, output } = await project.run(secrets, { block: "api", from });
      expect(project.cloudflare.faults).toEqual([]);
      if (exitCode === 0) expect(stored("app-api")).toEqual({ API_KEY: "v4lue", TOKEN: "s3cond" });
      else expect(errors).toMatch(/error\[T059\]: The secrets of `app-api` were not set/);
      expect(output).not.toMatch(/v4lue|s3cond/);
    }
    expect((await project.run(secrets, { block: "api", from })).exitCode).toBe(0);
    expect(stored("app-api")).toEqual({ API_KEY: "v4lue", TOKEN: "s3cond" });
  },
  240_000,
);

test.each<[string, string, object, RegExp]>([
  ["a name that no block declares", "API_KEY=v4lue\nOTHER=v4lue\n", {}, /error\[T053\].* OTHER, /],
  ["a file that is not there", "", { from: "gone" }, /error\[T001\].*gone/],
  ["a file without a line", "v4lue\n", {}, /error\[T056\].*NAME=value/],
  ["broken JSON", '{ "API_KEY": v4lue }', {}, /error\[T056\].*not valid JSON/],
  ["JSON that is not text", '{ "API_KEY": ["v4lue"] }', {}, /error\[T056\].*API_KEY must be text/],
  ["an unknown block", "API_KEY=v4lue\n", { block: "nope" }, /error\[T020\].*"nope"/],
  ["an unknown environment", "API_KEY=v4lue\n", { env: "nope" }, /error\[T042\].*"nope"/],
])("%s stops it before anything is asked", async (_, text, options, expected) => {
  await create(text);
  const { exitCode, errors } = await project.run(secrets, { from, ...options });
  expect(errors).toMatch(expected);
  expect(errors).not.toContain("v4lue");
  expect(exitCode).toBe(1);
  expect(project.cloudflare.requests).toEqual([]);
});
