// Many programs at once: threads or none, what is known of each is the same.
import { inspectAll } from "../src/inspect-all";
import { createWorkspace, type Workspace } from "./workspace";

const program = (at: number) => `edge "w${at}" {
  ${at % 2 === 0 ? "kv CACHE" : "sql DB"}
  route GET "/r${at}" => fn(req) { "${at}" }
}`;

const texts = Array.from({ length: 200 }, (_, at) => {
  if (at === 7) return 'edge "broken';
  return at === 8 ? "" : program(at);
});

let workspace: Workspace;
beforeAll(() => {
  const files = texts.map((text, at) => [`app${at}.tova`, text] as const);
  workspace = createWorkspace(Object.fromEntries(files));
});
afterAll(() => workspace.remove());

const programs = () =>
  texts.map((text, at) => {
    const { folder, path } = workspace;
    return { path: path(`app${at}.tova`), text, deploy: null, cwd: folder, compiler: "1" };
  });

test("threads say of each program, in the order given, what one thread says", async () => {
  const shared = await inspectAll(programs(), 2);
  expect(shared).toHaveLength(200);
  expect(shared[11]?.inspection).toMatchObject({
    blocks: [{ workerName: "app11-w11" }],
    fingerprints: [expect.stringMatching(/^[0-9a-f]{32}$/)],
  });
  expect(shared[7]?.inspection?.hasErrors).toBe(true);
  expect(shared).toEqual(await inspectAll(programs(), 1));
});

test("what the compiler fails on is told in one line, and the others are read", async () => {
  const [, second, third] = programs();
  if (second === undefined || third === undefined) throw new Error("no programs");
  const found = await inspectAll([{ ...second, path: workspace.path("gone.tova") }, third], 1);
  expect(found[0]).toEqual({ inspection: null, reason: expect.stringMatching(/^[^\n]+$/) });
  expect(found[1]?.inspection?.hasErrors).toBe(false);
});
