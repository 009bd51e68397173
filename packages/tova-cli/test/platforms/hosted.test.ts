// Workers for Lambda and Vercel as `tova dev` runs them: requests, schedules, logs, ends.
import { compile } from "tova-codegen";
import { localPlatform } from "../../src/platforms";
import type { LogEntry } from "../../src/platforms/platform";
import { createWorkspace, type Workspace } from "../workspace";

jest.setTimeout(30_000);

const members = `
  env GREETING = "hello"
  secret TOKEN
  var runs = 0
  schedule "tick" cron("*/5 * * * *") { runs += 1 print("tick") }
  schedule "broken" cron("0 3 * * *") { throw Error.new("broken on purpose") }
  route GET "/" => fn(req) { [GREETING, TOKEN, req.url] }
  route GET "/runs" => fn() { runs }
  route GET "/fails" => fn() { throw Error.new("failed on purpose") }
`;

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({});
});
afterAll(() => workspace.remove());

async function start(target: "lambda" | "vercel", text = members) {
  const source = `edge "api" {\n  target: "${target}"${text}}\n`;
  const { workers, diagnostics } = compile(source, { fileName: "app.tova" });
  const [worker] = workers;
  if (!worker) throw new Error(JSON.stringify(diagnostics));
  const logged: LogEntry[] = [];
  const ends: string[] = [];
  const server = await localPlatform(target)?.start({
    worker,
    outline: worker.outline,
    variables: { TOKEN: "t0ken", GREETING: "hi" },
    migrations: [],
    // edge-runtime is found from here.
    folder: __dirname,
    state: workspace.folder,
    queueWait: 1,
    signal: new AbortController().signal,
    log: (entry) => void logged.push(entry),
    ended: (how) => void ends.push(how),
  });
  if (!server) throw new Error(`no platform ${target}`);
  const get = async (path: string) => {
    const response = await fetch(new URL(path, server.url ?? ""));
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const log = () => logged.map(({ message }) => message).join("\n");
  return { server, get, log, ends };
}

describe.each(["lambda", "vercel"] as const)("%s", (target) => {
  test("answers requests, runs schedules when asked to, and is gone when stopped", async () => {
    const { server, get, log, ends } = await start(target);
    const { body } = await get("/");
    expect(body).toEqual(["hi", "t0ken", `${server.url}`]);
    expect(await server.runScheduled("*/5 * * * *", new Date())).toBe(true);
    expect(await server.runScheduled("0 3 * * *", new Date())).toBe(false);
    expect((await get("/runs")).body).toBe(1);
    expect((await get("/fails")).status).toBe(500);
    expect(log()).toContain("tick");
    expect(log()).toContain("broken on purpose");
    // The worker's file by its name, for the map to the program.
    expect(log()).toMatch(/failed on purpose[\s\S]*app\.(edge\.api\.js|tova):\d+/);
    const url = `${server.url}`;
    await server.stop();
    await expect(fetch(url)).rejects.toThrow();
    expect(ends).toEqual([]);
  });

  test("a module that throws at load is an error of its start", async () => {
    const failing = `\n  broken = JSON.parse("no")\n  route GET "/" => fn() { broken }\n`;
    await expect(start(target, failing)).rejects.toThrow(
      /T038: `app-api` could not be started: [\s\S]*JSON/,
    );
  });
});

test("a function whose process ends by itself leaves no request without an answer", async () => {
  const members =
    '\n  route GET "/" => fn() { "on" }\n  route GET "/exit" => fn() { process.exit(3) }\n';
  const { server, ends } = await start("lambda", members);
  expect((await fetch(new URL("/exit", server.url ?? ""))).status).toBe(502);
  expect((await fetch(server.url ?? "")).status).toBe(502);
  expect(await server.runScheduled("* * * * *", new Date())).toBe(false);
  expect(ends).toEqual(["exited with code 3"]);
  await server.stop();
});
