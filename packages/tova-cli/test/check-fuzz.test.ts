// `tova check` of texts that nobody would write: whatever is found, each format can be read again.
import "@microsoft/jest-sarif";
import { sampleTexts } from "../../tova-codegen/fuzz/text/texts";
import { type CheckFormat, check } from "../src/check";
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
