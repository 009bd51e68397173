// `tova check` of texts that nobody would write: whatever is found, each format can be read again.
import "@microsoft/jest-sarif";
import { parse as parseToml } from "smol-toml";
import { outline } from "tova-codegen";
import { sampleDeployFiles } from "../../tova-codegen/fuzz/text/deploy-files";
import { sampleTexts } from "../../tova-codegen/fuzz/text/texts";
import { type CheckFormat, check } from "../src/check";
import { addId } from "../src/deploy-file-edit";
import { createRecorder, createWorkspace, type Workspace } from "./workspace";

declare module "expect" {
  interface Matchers<R> {
    toBeValidSarifLog(): R;
  }
}

const file = "fuzz.tova";
const texts = ["any text", "token soup", "mutated programs", "truncated programs"].flatMap((kind) =>
  sampleTexts(kind, 6, 20_260_101),
);

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({});
});
afterAll(() => workspace.remove());

async function shown(text: string, format: CheckFormat): Promise<string> {
  workspace.write(file, text);
  const log = createRecorder();
  await check({ file, format, cwd: workspace.folder, log });
  return [...log.infos, ...log.warnings, ...log.errors].join("\n");
}

interface Shown {
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

test.each([...texts.entries()])("all formats say the same of text %i", async (_, text) => {
  const { diagnostics } = JSON.parse(await shown(text, "json"));
  const found: Shown[] = diagnostics;
  const commands = (await shown(text, "github")).split("\n").filter(Boolean);
  expect(commands.map((each) => each.match(/title=(\w+)/)?.[1])).toEqual(
    found.map(({ code }) => code),
  );
  const sarif = JSON.parse(await shown(text, "sarif"));
  expect(sarif).toBeValidSarifLog();
  const places = sarif.runs[0].results.map((result: { locations: [Location] }) => {
    const { startLine, startColumn } = result.locations[0].physicalLocation.region;
    return [startLine, startColumn];
  });
  // What keeps a file from being read, as that it is no text, has no place in it.
  const placed = found.filter(({ line }) => line !== undefined);
  expect(places).toEqual(placed.map(({ line, column }) => [line, column]));
  const pretty = await shown(text, "pretty");
  for (const { code } of found) expect(pretty).toContain(`[${code}]`);
  for (const { line, column } of placed) expect(pretty).toContain(`${file}:${line}:${column}`);
});

interface Location {
  readonly physicalLocation: { readonly region: { startLine: number; startColumn: number } };
}

test("an id is added to any deploy file that is without errors, or none is", () => {
  const files = sampleDeployFiles(300, 20_260_101).filter((text) => {
    const deploy = { fileName: "a.deploy.toml", text };
    return outline(program, { fileName: "a.tova", deploy }).diagnostics.length === 0;
  });
  expect(files.length).toBeGreaterThan(10);
  for (const text of files) {
    const id = "fedcba9876543210fedcba9876543210";
    const added = addId(text, ["env", "live", "kv", "METADATA"], id);
    if (added !== null)
      expect(parseToml(added)).toMatchObject({ env: { live: { kv: { METADATA: { id } } } } });
  }
});

const program = `edge "api" {
  kv METADATA
  sql DB
  storage IMAGES
  queue PROCESS_QUEUE
  env MAX_FILE_SIZE = "1"
  route GET "/" => fn(req) { "ok" }
}
edge "processor" { consume PROCESS_QUEUE fn(messages) { print(len(messages)) } }
`;
