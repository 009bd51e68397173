// The pages of docs/diagnostics are what tools/write-pages.mjs makes now.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
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
