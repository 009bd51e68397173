// A program loaded again after an edit: what did not change is not parsed again.
import type { Parsed } from "tova-codegen";
import { loadProgram } from "../../src/dev/program";
import { notes } from "../program";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

const more = Array.from(
  { length: 150 },
  (_, i) => `pub fn shared_${i}(x) {\n  x + ${i} * 2 - 1\n}\n`,
);

const own = more.join("").replaceAll("pub fn shared_", "fn own_");

/** How many of a tree's parts, at any depth, another has too. */
function shared(tree: Parsed["tree"], other: Parsed["tree"]): number {
  const parts = (of: Parsed["tree"]): unknown[] => [
    of,
    ...of.children.flatMap((child) => ("children" in child ? parts(child) : [])),
  ];
  const known = new Set(parts(other));
  return parts(tree).filter((part) => known.has(part)).length;
}

test("edits of the program and of a file that it imports parse no more than the edits", async () => {
  const program = `import { shared_1 } from "./more"\n${notes}${own}`;
  workspace = createWorkspace({ "app.tova": program, "more.tova": more.join("") });
  const log = createRecorder();
  const request = { file: "app.tova", env: undefined, cwd: workspace.folder, log };
  const first = await loadProgram(request);
  workspace.write("app.tova", program.replace("greeted", "hailed"));
  workspace.write("more.tova", more.join("").replace("x + 30", "x + 31"));
  const second = await loadProgram(request, first.parses);
  expect([log.errors, second.parses.size]).toEqual([[], 2]);
  for (const [path, { tree }] of second.parses) {
    const before = first.parses.get(path)?.tree;
    expect(tree).not.toBe(before);
    expect(before && shared(tree, before)).toBeGreaterThan(0);
  }
});

test("after a mistake the last version without one is what an edit starts from", async () => {
  const program = notes + own;
  workspace = createWorkspace({ "app.tova": program });
  const request = {
    file: "app.tova",
    env: undefined,
    cwd: workspace.folder,
    log: createRecorder(),
  };
  const first = await loadProgram(request);
  workspace.write("app.tova", program.replace("{ greeting", "( greeting"));
  const broken = await loadProgram(request, first.parses);
  expect(broken.program).toBeNull();
  workspace.write("app.tova", program.replace("greeted", "hailed"));
  const mended = await loadProgram(request, broken.parses);
  const [after, before] = [mended, first].map(({ parses }) => [...parses.values()][0]);
  expect(after && before && shared(after.tree, before.tree)).toBeGreaterThan(0);
});
