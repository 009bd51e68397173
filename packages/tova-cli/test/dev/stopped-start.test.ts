// Programs one of whose workers never gets to the end of its own module: `tova dev` can still be stopped, and goes on.
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { dev } from "../../src/dev/dev";
import { createTovaCommand } from "../tova-process";
import { createRecorder, createWorkspace } from "../workspace";

jest.setTimeout(60_000);

const waits = `await Promise.new(fn(done) print("loading"))`;
const spins = "spin()";

const program = (target: string, stuck: string) => `edge "api" {
  target: "${target}"
  fn spin() {
    print("loading")
    while true {}
  }
  fixed = ${stuck}
  route GET "/" => fn(req) [fixed, spin]
}
`;

/** Processes that this one has started and that have not ended. */
function children(): string[] {
  return readdirSync("/proc").flatMap((id) => {
    try {
      const [name = "", rest = ""] = readFileSync(`/proc/${id}/stat`, "utf8").split(") ");
      const [state, parent] = rest.split(" ");
      const isOwn = Number(parent) === process.pid && state !== "Z";
      return isOwn && !name.includes("esbuild") ? [name] : [];
    } catch {
      return [];
    }
  });
}

test.each([
  ["cloudflare", spins],
  ["deno", waits],
  ["bun", waits],
  ["lambda", waits],
  ["vercel", spins],
])("a worker of %s that is stuck is ended, without an error", async (target, stuck) => {
  const workspace = createWorkspace({ "app.tova": program(target, stuck) });
  const before = children();
  const stopping = new AbortController();
  const log = createRecorder();
  const info = (text: string): void => {
    log.info(text);
    if (text.includes("loading")) stopping.abort();
  };
  const { folder: cwd } = workspace;
  const { signal } = stopping;
  // workerd shows nothing of what a worker prints before it has loaded.
  if (target === "cloudflare") setTimeout(() => stopping.abort(), 2000);
  const options = { file: "app.tova", cwd, port: 0, state: null, signal };
  const { exitCode } = await dev({ ...options, log: { ...log, info } });
  expect([exitCode, log.warnings, log.errors]).toEqual([0, [], []]);
  expect(children()).toEqual(before);
  workspace.remove();
});

test.each([
  ["cloudflare", spins],
  ["deno", waits],
])("a first worker of %s that is stuck is given up in the end", async (target, stuck) => {
  const workspace = createWorkspace({ "app.tova": program(target, stuck) });
  const before = children();
  const log = createRecorder();
  const options = { file: "app.tova", cwd: workspace.folder, port: 0, state: null, log };
  const { exitCode } = await dev({ ...options, startTimeout: 1 });
  expect([exitCode, log.errors]).toEqual([1, [expect.stringContaining("in 3 seconds")]]);
  expect(children()).toEqual(before);
  workspace.remove();
});

const counts = (target: string, text: string) => `edge "api" {
  target: "${target}"
  kv HITS
  route GET "/" => fn(req) {
    hits = Number(await HITS.get("hits") ?? "0") + 1
    await HITS.put("hits", "{hits}")
    "${text} {hits}"
  }
}
`;

test.each([
  ["cloudflare", spins],
  ["deno", waits],
])("a save whose worker of %s is stuck gives way to the old one", async (target, stuck) => {
  const workspace = createWorkspace({ "app.tova": counts(target, "first") });
  const before = children();
  const stopping = new AbortController();
  const log = createRecorder();
  const { folder: cwd } = workspace;
  const { signal } = stopping;
  const reloads: string[] = [];
  let told = () => {};
  const shown = (text: string) =>
    new Promise<void>((resolve) => {
      told = () => {
        if ([...log.infos, ...log.warnings, ...log.errors].join("\n").includes(text)) resolve();
      };
      told();
    });
  const telling = (write: (text: string) => void) => (text: string) => {
    write(text);
    told();
  };
  const running = dev({
    ...{ file: "app.tova", cwd, port: 0, state: null, signal, startTimeout: 3 },
    log: { info: telling(log.info), warn: telling(log.warn), error: telling(log.error) },
    onReady: ([worker]) => void reloads.push(worker?.url ?? ""),
  });
  const answer = async () => (await fetch(reloads[0] ?? "")).json();
  await shown("Ctrl-C ends it.");
  expect(await answer()).toBe("first 1");
  workspace.write("app.tova", program(target, stuck));
  await shown("T111");
  // With its stores.
  expect(await answer()).toBe("first 2");
  await shown("the last good version keep running");
  workspace.write("app.tova", counts(target, "next"));
  await shown("Reloaded app.tova");
  expect(await answer()).toBe("next 3");
  stopping.abort();
  expect((await running).exitCode).toBe(0);
  expect(children()).toEqual(before);
  workspace.remove();
});

/** Processes that run in a folder, whoever has started them. */
const processesIn = (folder: string): number[] =>
  readdirSync("/proc").flatMap((id) => {
    try {
      return readlinkSync(`/proc/${id}/cwd`).startsWith(folder) ? [Number(id)] : [];
    } catch {
      return [];
    }
  });

test("Ctrl-C again, while a worker that is stuck is being ended, leaves it no less", async () => {
  const workspace = createWorkspace({ "app.tova": program("deno", spins) });
  const command = createTovaCommand();
  const tova = command.start(["dev"], { cwd: workspace.folder });
  await tova.shows("loading");
  tova.child.kill("SIGINT");
  const again = setInterval(() => tova.child.kill("SIGINT"), 100);
  const exitCode = await tova.ended;
  clearInterval(again);
  const left = processesIn(workspace.folder);
  for (const id of left) process.kill(id, "SIGKILL");
  expect([exitCode, left]).toEqual([0, []]);
  command.remove();
  workspace.remove();
});
