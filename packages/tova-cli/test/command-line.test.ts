// Commands that messages tell the user to run.
import { spawnSync } from "node:child_process";
import { runCommand } from "../src/command";
import { tovaCommand } from "../src/command-line";
import { createRecorder, createWorkspace } from "./workspace";

test("a shell reads every word as it was meant", () => {
  const options = { remote: true, env: "my env", to: undefined, "out-dir": "a/b" } as const;
  const command = tovaCommand("migrate", "my shop/app (1).tova", options);
  const { stdout } = spawnSync("sh", ["-c", `tova() { printf '%s\\n' "$@"; }; ${command}`], {
    encoding: "utf8",
  });
  const words = ["migrate", "my shop/app (1).tova", "--remote", "--env", "my env"];
  expect(stdout.trimEnd().split("\n")).toEqual([...words, "--out-dir", "a/b"]);
  for (const name of [
    "$HOME/a.tova",
    "it's.tova",
    "a \"b\" '$c'.tova",
    "`id`!\\n.tova",
    "ä.tova",
  ]) {
    const echo = `tova() { printf '%s\\n' "$2"; }; ${tovaCommand("check", name)}`;
    expect(spawnSync("sh", ["-c", echo], { encoding: "utf8" }).stdout).toBe(`${name}\n`);
  }
  expect(tovaCommand("provision", "apps/shop.tova")).toBe("tova provision apps/shop.tova");
});

test("so it does with commands of wrangler that a program's name is part of", async () => {
  const workspace = createWorkspace({
    "my shop.tova": 'edge "api" {\n  sql DB\n  route GET "/" => fn(req) DB\n}\n',
    "migrations/0001_a.sql": "CREATE TABLE a (id INTEGER);\n",
  });
  const log = createRecorder();
  await runCommand(["migrate", "--remote"], { cwd: workspace.folder, log });
  const [error = ""] = log.errors;
  expect(error).toContain('`tova provision "my shop.tova"`');
  expect(error).toContain('`npx wrangler d1 create "my shop"`');
  workspace.remove();
});
