// What `.dev.vars` gives to the workers, and what is said about it.
import { readVariables, variableProblems, variablesOf } from "../../src/dev/variables";
import { readSource } from "../../src/source";
import { outlineWith } from "../outlines";
import { createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

async function read(files: Record<string, string>, env?: string) {
  workspace = createWorkspace({ "app.tova": "n = 1\n", ...files });
  const source = await readSource("app.tova", workspace.folder);
  return readVariables(source, env, workspace.folder);
}

const outline = outlineWith({
  env: [
    { name: "SIZE", default: "10" },
    { name: "LIMIT", default: 3 },
    { name: "UNSET", default: null },
  ],
  secrets: ["KEY", "OTHER"],
});

test("values of the file stand in for defaults; names no block declares stay out", async () => {
  const variables = await read({ ".dev.vars": "SIZE=20\nKEY='a b'\nSTRAY=1\n" });
  expect(variablesOf(outline, variables)).toEqual({ SIZE: "20", LIMIT: 3, KEY: "a b" });
});

test("without a file, defaults are bound and each worker's missing secrets are reported", async () => {
  const variables = await read({});
  expect(variablesOf(outline, variables)).toEqual({ SIZE: "10", LIMIT: 3 });
  const [missing] = variableProblems([outline], variables);
  expect(missing).toMatchObject({ code: "T032", severity: "warning" });
  expect(missing?.message).toContain("KEY, OTHER");
  expect(missing?.help).toContain(".dev.vars");
});

test("an empty secret is a missing one", async () => {
  const variables = await read({ ".dev.vars": "KEY=\nOTHER=x\n" });
  expect(variablesOf(outline, variables)).not.toHaveProperty("KEY");
  expect(variableProblems([outline], variables)[0]?.message).toContain("KEY");
});

test("a name that no block declares is reported", async () => {
  const variables = await read({ ".dev.vars": "KEY=1\nOTHER=2\nKYE=3\n" });
  expect(variableProblems([outline], variables).map(({ code }) => code)).toEqual(["T033"]);
});

test("an environment's own file stands in for the plain one", async () => {
  const files = { ".dev.vars": "KEY=plain\n", ".dev.vars.staging": "OTHER=staged\n" };
  const staged = await read(files, "staging");
  expect(staged.values).toEqual({ OTHER: "staged" });
  workspace.remove();
  const other = await read(files, "production");
  expect(other.values).toEqual({ KEY: "plain" });
});
