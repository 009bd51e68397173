// Processes that answer among what they print, and the interface by which a function of Lambda is called.
import { spawn } from "node:child_process";
import { ended } from "../../src/cloudflare/wrangler";
import { startChild } from "../../src/platforms/child";
import { startRuntimeApi } from "../../src/platforms/lambda/runtime-api";
import { mark } from "../../src/platforms/prelude";

/** A process of Node that runs a script and obeys. */
function start(program: string, script: string) {
  const printed: string[] = [];
  const over: string[] = [];
  const child = startChild({
    program,
    args: ["-e", script],
    cwd: __dirname,
    env: { ...process.env, MARK: mark },
    log: ({ message }) => void printed.push(message),
    ended: (how) => void over.push(how),
  });
  return { child, printed, over };
}

test("answers are told from what the worker prints, whatever it is", async () => {
  const script = `process.stdin.on("data", () => {
    const m = process.env.MARK;
    console.log(["a" + m + "b", m, m + "null", m + '{"id":"x"}', "c" + m + '{"id":1,"value":2}'].join("\\n"));
  }).on("end", () => process.exit());`;
  const { child, printed, over } = start(process.execPath, script);
  expect(await child.ask("any")).toBe(2);
  expect(printed).toEqual([`a${mark}b`, mark, `${mark}null`, `${mark}{"id":"x"}`, "c"]);
  await child.stop();
  expect(over).toEqual([]);
});

test("a program that cannot be started says so, and can be stopped", async () => {
  const { child, over } = start("/none/such", "");
  await expect(child.ask("any")).rejects.toThrow(/could not be started: .*ENOENT/);
  await child.stop();
  expect(over).toEqual([expect.stringContaining("could not be started")]);
});

test("a process that a signal ends is told of, unless it was to be stopped anyway", async () => {
  const script = 'process.stdin.on("data", () => process.kill(process.pid, "SIGTERM"));';
  const [stopped, lost] = [start(process.execPath, script), start(process.execPath, script)];
  for (const { child } of [stopped, lost]) {
    await expect(child.ask("any")).rejects.toThrow("It was ended by SIGTERM.");
  }
  await stopped.child.stop();
  while (lost.over.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lost.over).toEqual(["was ended by SIGTERM"]);
  expect(stopped.over).toEqual([]);
});

test("what a function sends that is no JSON ends its request", async () => {
  const api = await startRuntimeApi();
  const send = () =>
    fetch(`http://${api.address}/2018-06-01/runtime/invocation/1/error`, {
      method: "POST",
      body: "{",
    });
  await expect(send()).rejects.toThrow("fetch failed");
  await api.close();
});

test.each(["SIGTERM", "SIGHUP"] as const)(
  "%s ends a tool first, and is no success",
  async (signal) => {
    const script =
      'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000); console.log("on")';
    const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    const end = ended(child);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    process.emit(signal);
    expect(await end).toEqual({ exitCode: 1, timedOut: false, interrupted: true });
  },
);
