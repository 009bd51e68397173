// The package as every command loads it → what comes with it: each part costs all commands its time.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const list = 'require("tova-cli"); console.log(Object.keys(require.cache).join("\\n"))';

/** Dependencies that only some commands need, or only some programs. */
const late = ["yaml", "chokidar", "esbuild", "miniflare", "undici", "wrangler", "@sqlite.org"];

test("what only some commands need is loaded by them", () => {
  const cwd = join(__dirname, "..");
  const files = execFileSync(process.execPath, ["-e", list], { cwd, encoding: "utf8" }).split("\n");
  const packages = new Set(files.map((file) => /node_modules[\\/]([^\\/]+)/.exec(file)?.[1]));
  expect(packages).toContain("commander");
  expect(late.filter((name) => packages.has(name))).toEqual([]);
});
