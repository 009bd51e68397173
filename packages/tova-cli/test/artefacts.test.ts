// What is on disk after writes that succeed, fail or are killed.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { writeArtefacts } from "../src/artefacts";
import { ProblemError } from "../src/problems";
import { createWorkspace, type Workspace } from "./workspace";

let workspace: Workspace;
beforeEach(() => {
  workspace = createWorkspace({});
});
afterEach(() => workspace.remove());

const artefact = (name: string, text: string) => ({ path: workspace.path(name), text });

async function codeOf(writing: Promise<unknown>): Promise<string | undefined> {
  const error = await writing.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return (error as ProblemError).problems[0]?.code;
}

test("makes the folder and reports the bytes of each file", async () => {
  const folder = workspace.path("a/b");
  const written = await writeArtefacts(folder, [artefact("a/b/x.js", "é")]);
  expect(written).toEqual([{ path: workspace.path("a/b/x.js"), bytes: 2, changed: true }]);
  expect(readFileSync(workspace.path("a/b/x.js"), "utf8")).toBe("é");
  expect(readdirSync(folder)).toEqual(["x.js"]);
});

test("writes with handles that have no `sync`, as those of Yarn's PnP", async () => {
  const promises: typeof import("node:fs/promises") = jest.requireActual("node:fs/promises");
  const { open } = promises;
  const opened = jest.spyOn(promises, "open").mockImplementation(async (...args) => {
    const sync = () => Promise.reject(new Error("Method not implemented."));
    return Object.assign(await open(...args), { sync, datasync: sync });
  });
  try {
    await writeArtefacts(workspace.folder, [artefact("x.js", "x")]);
  } finally {
    opened.mockRestore();
  }
  expect(readFileSync(workspace.path("x.js"), "utf8")).toBe("x");
});

test("does not touch a file that has its text already", async () => {
  await writeArtefacts(workspace.folder, [artefact("x.js", "1"), artefact("y.js", "1")]);
  const before = statSync(workspace.path("x.js"), { bigint: true });
  const written = await writeArtefacts(workspace.folder, [
    artefact("x.js", "1"),
    artefact("y.js", "2"),
  ]);
  const after = statSync(workspace.path("x.js"), { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(written.map(({ changed }) => changed)).toEqual([false, true]);
});

test("a file in place of the folder is a coded error", async () => {
  workspace.write("out", "");
  expect(await codeOf(writeArtefacts(workspace.path("out"), []))).toBe("T011");
  expect(await codeOf(writeArtefacts(workspace.path("out/deeper"), []))).toBe("T011");
});

test("when one file cannot be written, none is", async () => {
  workspace.write("x.js", "old");
  workspace.write("y.js/inside", "");
  const writing = writeArtefacts(workspace.folder, [
    artefact("x.js", "new"),
    artefact("y.js", "new"),
  ]);
  expect(await codeOf(writing)).toBe("T012");
  expect(readFileSync(workspace.path("x.js"), "utf8")).toBe("old");
  expect(readdirSync(workspace.folder).sort()).toEqual(["x.js", "y.js"]);
});

test("a folder that cannot have another in it is an error, and no endless attempt", async () => {
  const folder = "/proc/tova/out";
  expect(await codeOf(writeArtefacts(folder, [{ path: `${folder}/x.js`, text: "" }]))).toBe("T010");
  workspace.write("file", "");
  expect(await codeOf(writeArtefacts(workspace.path("file/a/b"), []))).toBe("T011");
  symlinkSync(workspace.path("nowhere"), workspace.path("link"));
  expect(await codeOf(writeArtefacts(workspace.path("link/a"), []))).toBe("T011");
});

test("what a killed write left is cleared away in every folder written to", async () => {
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  const left = (folder: string) => `${folder}.x.js.${gone}-0123456789ab.tmp`;
  for (const folder of ["", "deep/code/"]) workspace.write(left(folder), "ha");
  await writeArtefacts(workspace.folder, [artefact("deep/code/x.js", "new")]);
  expect(readdirSync(workspace.folder)).toEqual(["deep"]);
  expect(readdirSync(workspace.path("deep/code"))).toEqual(["x.js"]);
});

test("replaces a link rather than the file it leads to", async () => {
  workspace.write("elsewhere.js", "untouched");
  symlinkSync(workspace.path("elsewhere.js"), workspace.path("x.js"));
  await writeArtefacts(workspace.folder, [artefact("x.js", "new")]);
  expect(readFileSync(workspace.path("elsewhere.js"), "utf8")).toBe("untouched");
  expect(readFileSync(workspace.path("x.js"), "utf8")).toBe("new");
});

test("two writers of one folder leave each other's temporary files alone", async () => {
  const names = Array.from({ length: 20 }, (_, at) => `f${at}.js`);
  const write = (text: string) =>
    writeArtefacts(
      workspace.folder,
      names.map((name) => artefact(name, text)),
    );
  await Promise.all([write("a".repeat(100_000)), write("b".repeat(100_000))]);
  expect(readdirSync(workspace.folder).sort()).toEqual([...names].sort());
});

/** Writes two big files over and over, all of one letter each time, until it is killed. */
const endlessWriter = `
import { writeArtefacts } from ${JSON.stringify(join(__dirname, "../src/artefacts"))};
const folder = process.argv[2];
(async () => {
  for (let round = 0; ; round += 1) {
    const text = "abcdefgh"[round % 8].repeat(3_000_000);
    await writeArtefacts(folder, [
      { path: folder + "/x.js", text },
      { path: folder + "/y.js", text },
    ]);
    if (round === 0) console.log("first round done");
  }
})();
`;

test("kill -9 at any moment leaves whole files, and the next write clears the rest away", async () => {
  const script = workspace.path("writer.js");
  buildSync({
    stdin: { contents: endlessWriter, resolveDir: __dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    outfile: script,
  });
  const out = workspace.path("out");
  let leftovers = 0;
  // Until a kill has come while a file was being written: before that, nothing has been shown.
  for (let attempt = 0; attempt < 8 || (leftovers === 0 && attempt < 50); attempt += 1) {
    const child = spawn(process.execPath, [script, out], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, (attempt * 7) % 40));
    child.kill("SIGKILL");
    await once(child, "close");
    for (const name of ["x.js", "y.js"]) {
      const text = readFileSync(join(out, name), "utf8");
      expect(text.length).toBe(3_000_000);
      expect(text).toBe(text.charAt(0).repeat(text.length));
    }
    leftovers += readdirSync(out).length - 2;
  }
  expect(leftovers).toBeGreaterThan(0);
  await writeArtefacts(out, []);
  expect(readdirSync(out).sort()).toEqual(["x.js", "y.js"]);
}, 60_000);
