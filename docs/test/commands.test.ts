// The commands of the documentation name what there is: those in shell blocks, and those in its prose.
import { checkCommand } from "./commands";
import { lineAt, type Page, proseOf, readPages } from "./pages";
import { readCommands } from "./shell";

const inlineCommand = /`((?:npx )?(?:nx|tova) [\w:|-]+(?: [^`]*)?|npm run [^`]*)`/g;

async function wrongCommands(page: Page): Promise<string[]> {
  const shell = page.blocks.filter(({ language }) => /^(sh|bash|console)$/.test(language));
  const [here = ""] = /^packages\/[^/]+(?=\/README)/.exec(page.path) ?? [];
  const prose = proseOf(page);
  const texts = [
    ...shell,
    ...[...prose.matchAll(inlineCommand)].map((match) => ({
      place: `${page.path}:${lineAt(prose, match.index)}`,
      text: match[1] ?? "",
    })),
  ];
  const wrong: string[] = [];
  for (const { place, text } of texts) {
    for (const command of readCommands(text)) {
      const found = await checkCommand(command, here);
      wrong.push(...found.map((problem) => `${place} ${command.join(" ")}: ${problem}`));
    }
  }
  return wrong;
}

test("commands, options, targets and projects exist", async () => {
  const wrong = (await Promise.all(readPages().map(wrongCommands))).flat();
  expect(wrong).toEqual([]);
});

test.each([
  "npx tova bild app.tova",
  "tova --verbose",
  "tova check app.tova --fix",
  "npx nx serv pipeline",
  "nx serve pipelin",
  "nx serve pipeline --prot 3000",
  "nx run pipeline:migrat",
  "nx migrate pipeline --local",
  "nx run-many -t build,depoly",
  "nx affected -t lint chekc",
  "npx nx g nx-tova:app shop",
  "nx g nx-tova:edge jobs --fil apps/shop/shop.tova",
  "nx show project pipeline-web",
  "npm run page -w tova-codegen",
  "node bench/compil.mjs 5",
])("%s is found to be wrong", async (text) => {
  const [command = []] = readCommands(text);
  expect(await checkCommand(command)).toHaveLength(1);
});
