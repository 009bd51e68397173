// Every `tova` block of the documentation compiles without a word, loads, runs, and prints or answers
// what the page says; one marked `fails=<codes>` is reported for just these.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { startProgram } from "tova-cli";
import { defaultCompatibilityDate } from "tova-codegen";
import { stepsOf, wrongSteps } from "../../apps/e2e/transcript";
import { stop } from "../../packages/tova-codegen/test/support/run-program";
import {
  buildIn,
  diagnose,
  printedBy,
  programOf,
  statedBy,
  variablesOf,
  writeBeside,
} from "./examples";
import { type Block, readPages } from "./pages";

jest.setTimeout(60_000);

const temporary = mkdtempSync(join(tmpdir(), "tova-docs-"));
/** Modules of all workers, by a name of their own. */
const workers = new Map<string, string>();
/** The READMEs of apps are tried by the tests of the apps, which have more to say of them. */
const pages = readPages().filter(({ path }) => !path.startsWith("apps/"));
afterAll(async () => {
  await stop();
  rmSync(temporary, { recursive: true, force: true });
});

const folderOf = ({ place }: Block): string => join(temporary, place.replaceAll(/\W+/g, "-"));
const isProgram = ({ language, marks }: Block) => language === "tova" && !("file" in marks);

/** What stands between a program and the next one of its page. */
function followers(blocks: readonly Block[], program: Block): readonly Block[] {
  const rest = blocks.slice(blocks.indexOf(program) + 1);
  const end = rest.findIndex(isProgram);
  return end < 0 ? rest : rest.slice(0, end);
}

const programs = pages.flatMap(({ blocks }) =>
  blocks.filter(isProgram).map((block) => ({ block, blocks, place: block.place })),
);

describe.each(programs)("$place", ({ block, blocks }) => {
  const program = programOf(block);
  const after = followers(blocks, block);
  const [next] = blocks.slice(blocks.indexOf(block) + 1);
  const shown = next?.language === "text" ? next.text.trim() : null;
  const { fails } = block.marks;

  if (fails !== undefined) {
    test("is reported as it says", () => {
      const found = diagnose(program);
      expect(found.codes.join(",")).toBe(fails);
      if (shown !== null) expect(found.shown.trim()).toBe(shown);
    });
    return;
  }

  test("compiles without a word, and does what it says", async () => {
    const folder = folderOf(block);
    for (const each of blocks) if ("file" in each.marks) writeBeside(folder, each);
    const { said, modules } = await buildIn(folder, program);
    expect(said).toBe("");
    const [plain] = Object.entries(modules).filter(([name]) => name === "app.js");
    for (const [name, code] of Object.entries(modules)) {
      if (name !== "app.js") workers.set(`${block.place} ${name}`, code);
    }
    const stated = statedBy(program);
    if (plain) {
      const { text, lines } = await printedBy(plain[1]);
      if (stated !== "") expect(lines).toBe(stated);
      else if (shown !== null) expect(text).toBe(shown);
    } else expect(stated).toBe("");
  });

  const commands = after.filter(({ language, text }) => language === "sh" && stepsOf(text).length);
  if (commands.length === 0) return;
  test("answers as the commands after it say", async () => {
    const variables = variablesOf(block);
    const running = await startProgram({ file: "app.tova", cwd: folderOf(block), variables });
    try {
      for (const { text } of commands) expect(await wrongSteps(text, running)).toEqual([]);
    } finally {
      await running.stop();
    }
  });
});

test("the workers of all examples load in workerd", async () => {
  const names = [...workers.keys()];
  const mf = new Miniflare({
    cf: false,
    workers: [...workers.values()].map((contents, i) => ({
      name: `example-${i}`,
      modules: [{ type: "ESModule", path: `${names[i]}.mjs`, contents }],
      compatibilityDate: defaultCompatibilityDate,
    })),
    handleStructuredLogs: () => undefined,
  } as ConstructorParameters<typeof Miniflare>[0]);
  try {
    await mf.ready;
    for (const i of names.keys()) {
      const headers = { "MF-Route-Override": `example-${i}` };
      expect((await mf.dispatchFetch("http://localhost/", { headers })).status).toBeLessThan(600);
    }
  } finally {
    await mf.dispose();
  }
});

test("there are examples", () => {
  expect(programs.length).toBeGreaterThan(0);
});
