// What is read beside a program, and how paths are shown.
import { outputFolder, readSource, shownPath } from "../src/source";
import { createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

test("the deploy file of the same stem and the migrations folder belong to a program", async () => {
  workspace = createWorkspace({
    "apps/a/pipeline.tova": "x = 1\n",
    "apps/a/pipeline.deploy.toml": "# ids\n",
    "apps/a/other.deploy.toml": "# of another program\n",
    "apps/a/migrations/1.sql": "",
  });
  const source = await readSource("apps/a/pipeline.tova", workspace.folder);
  expect(source).toMatchObject({
    name: "apps/a/pipeline.tova",
    stem: "pipeline",
    deploy: { fileName: "apps/a/pipeline.deploy.toml", text: "# ids\n" },
    migrations: workspace.path("apps/a/migrations"),
  });
  expect(outputFolder(source, undefined, workspace.folder)).toBe(
    workspace.path("apps/a/.tova-out"),
  );
});

test("a file called migrations is no folder of migrations", async () => {
  workspace = createWorkspace({ "a.tova": "n = 1\n", migrations: "" });
  expect(await readSource("a.tova", workspace.folder)).toMatchObject({
    migrations: null,
    deploy: null,
  });
});

test("a deploy file that cannot be read is an error, not an absent one", async () => {
  workspace = createWorkspace({ "a.tova": "n = 1\n", "a.deploy.toml/inside": "" });
  await expect(readSource("a.tova", workspace.folder)).rejects.toMatchObject({
    problems: [
      {
        code: "T002",
        message: "`a.deploy.toml` is a folder, not a file.",
        help: "Remove or rename the folder.",
      },
    ],
  });
});

test("paths out of the working directory are shown whole", () => {
  workspace = createWorkspace({});
  expect(shownPath("/a/b/c.tova", "/a/b")).toBe("c.tova");
  expect(shownPath("/a/x/c.tova", "/a/b")).toBe("/a/x/c.tova");
});
