// What every app promises: no diagnostic, and an example of the values that its workers want.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { check } from "tova-cli";
import { outline } from "tova-codegen";

const root = join(__dirname, "..");
const apps = readdirSync(root).filter((name) => existsSync(join(root, name, `${name}.tova`)));

test("there are apps", () => {
  expect(apps).toContain("pipeline");
  expect(apps.length).toBeGreaterThan(4);
});

describe.each(apps)("%s", (name) => {
  const folder = join(root, name);
  const file = `${name}.tova`;
  const { blocks } = outline(readFileSync(join(folder, file), "utf8"), { fileName: file });

  test("compiles without a word", async () => {
    const said: string[] = [];
    const note = (text: string) => void said.push(text);
    const log = { info: () => undefined, warn: note, error: note };
    expect(await check({ file, cwd: folder, log })).toEqual({ exitCode: 0 });
    expect(said).toEqual([]);
  });

  test("has an example of its secrets", () => {
    const example = readFileSync(join(folder, ".dev.vars.example"), "utf8");
    const given = [...example.matchAll(/^(\w+)=./gm)].map(([, variable]) => variable);
    const secrets = new Set(blocks.flatMap((block) => block.secrets));
    const variables = blocks.flatMap((block) => block.env.map((each) => each.name));
    expect(given).toEqual(expect.arrayContaining([...secrets]));
    expect([...secrets, ...variables]).toEqual(expect.arrayContaining(given));
  });
});
