// The pages of docs/diagnostics and the table of docs/targets.md are what the tools make now.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const tool = join(__dirname, "../tools/write-pages.mjs");
const committed = join(__dirname, "../../../docs/diagnostics");
const folder = mkdtempSync(join(tmpdir(), "pages-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("`npm run pages` would change nothing", () => {
  execFileSync(process.execPath, [tool, folder]);
  const read = (from: string) =>
    Object.fromEntries(
      readdirSync(from).map((name) => [name, readFileSync(join(from, name), "utf8")]),
    );
  expect(read(committed)).toEqual(read(folder));
});

test("the table of targets is that of the compiler", () => {
  const targets = join(committed, "../targets.md");
  const copy = join(folder, "../", `targets-${process.pid}.md`);
  try {
    copyFileSync(targets, copy);
    execFileSync(process.execPath, [join(__dirname, "../tools/write-targets.mjs"), copy]);
    expect(readFileSync(copy, "utf8")).toBe(readFileSync(targets, "utf8"));
  } finally {
    rmSync(copy, { force: true });
  }
});
