// Manifests and programs that nobody would write: the graph ends, and no broken one is taken at its word.
import { readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleJson, sampleTexts } from "../../tova-codegen/fuzz/text/texts";
import { manifestPath, parseManifest } from "../src/graph/manifest";
import { create, infer, shop, workspace } from "./infer";
import { syncFiles } from "./sync-files";

/** A few in the run of all tests; `FUZZ_RUNS=5000` for as many. */
const runs = Number(process.env.FUZZ_RUNS ?? 5);
const seed = 20_260_101;
const source = "apps/shop/shop.tova";
const at = (path: string) => join(workspace.root, path);

jest.setTimeout(120_000 + runs * 1000);

/** Files written just now are not trusted to have been read as they are. */
function age(path: string): void {
  const past = new Date(Date.now() - 60_000);
  utimesSync(at(path), past, past);
}

test("a mutated manifest is read, or refused by name", () => {
  const valid = JSON.stringify({ version: 1, compiler: {}, blocks: { api: { seal: "a" } } });
  create({});
  for (const text of sampleJson(valid, runs * 100, seed)) {
    const parsed = parseManifest(text, "apps/shop/shop.edge.json");
    if (parsed.kind === "problem") expect(parsed.problem).toContain("apps/shop/shop.edge.json");
    else
      expect(Object.values(parsed.manifest.blocks).every((each) => each instanceof Object)).toBe(
        true,
      );
  }
});

test("the graph of a mutated manifest is that of its program", async () => {
  create({ [source]: shop });
  age(source);
  await syncFiles(workspace.root, [source]);
  const manifest = manifestPath(source);
  const valid = readFileSync(at(manifest), "utf8");
  age(manifest);
  const whole = graphOf(await infer([source]));
  for (const text of sampleJson(valid, runs, seed)) {
    writeFileSync(at(manifest), text);
    age(manifest);
    expect({ text, graph: graphOf(await infer([source])) }).toEqual({ text, graph: whole });
  }
});

/** Names and targets; the fingerprint that a manifest gives is an input of the targets. */
const graphOf = (projects: Awaited<ReturnType<typeof infer>>) =>
  Object.entries(projects).map(([root, { name, targets = {} }]) => [
    root,
    name,
    Object.keys(targets),
  ]);

test.each(["token soup", "mutated programs", "truncated programs"])(
  "%s are inferred, with a manifest or without",
  async (kind) => {
    create({ [source]: "" });
    for (const text of sampleTexts(kind, runs, seed)) {
      writeFileSync(at(source), text);
      expect(await infer([source])).toBeInstanceOf(Object);
      await syncFiles(workspace.root, [source]);
      expect(await infer([source])).toBeInstanceOf(Object);
    }
  },
);
