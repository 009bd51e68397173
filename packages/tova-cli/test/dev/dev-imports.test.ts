// `tova dev` as a real process over a program of several files.
import { renameSync } from "node:fs";
import { createTovaCommand, holdPort, type TovaCommand, type TovaProcess } from "../tova-process";
import { createWorkspace, type Workspace } from "../workspace";

let command: TovaCommand;
beforeAll(() => {
  command = createTovaCommand();
});
afterAll(() => command.remove());

let workspace: Workspace;
let tova: TovaProcess | undefined;
afterEach(async () => {
  tova?.child.kill("SIGTERM");
  await tova?.ended;
  workspace.remove();
});

async function start(): Promise<{ tova: TovaProcess; url: string }> {
  const { port, close } = await holdPort();
  await close();
  const started = command.start(["dev", "app.tova", "--port", String(port)], {
    cwd: workspace.path("apps"),
  });
  tova = started;
  await started.shows("Ctrl-C ends it.");
  return { tova: started, url: `http://127.0.0.1:${port}` };
}

const text = async (url: string) => (await fetch(url)).text();

test("a save of an imported file reloads, also after an error in it and where it is new", async () => {
  workspace = createWorkspace({
    "libs/greet.tova": 'pub fn greet() { "first" }\npub fn boom(x) {\n  x.nothing.here\n}\n',
    "apps/app.tova": `import { greet, boom } from "../libs/greet"
edge "api" {
  route GET "/" => fn(req) { greet() }
  route GET "/boom" => fn(req) { boom(nil) }
}
`,
  });
  const { tova: running, url } = await start();
  expect(await text(url)).toBe('"first"');

  await text(`${url}/boom`);
  await running.shows("libs/greet.tova:3:");

  workspace.write("libs/greet.tova", "pub fn greet() { (\n");
  await running.shows("Not reloaded");
  expect(await text(url)).toBe('"first"');

  // As many editors save: a new file under the old name, one that imports another.
  workspace.write(
    "libs/next",
    'import { word } from "./word"\npub fn greet() { word }\npub boom = 1\n',
  );
  renameSync(workspace.path("libs/next"), workspace.path("libs/greet.tova"));
  await running.shows("libs/word.tova");
  expect(await text(url)).toBe('"first"');

  workspace.write("libs/word.tova", 'pub word = "second"\n');
  await running.shows("Reloaded app.tova");
  expect(await text(url)).toBe('"second"');
}, 60_000);
