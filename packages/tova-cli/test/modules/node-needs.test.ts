// What workers import, and whether they need Node for it: by their wrangler files, and run with these.
import { readFileSync } from "node:fs";
import { Miniflare, type WorkerOptions } from "miniflare";
import { parse } from "smol-toml";
import { build } from "../../src/build";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

/** One file of a program: `get` of it is what the worker answers. */
interface Case {
  readonly file: `${string}.${"js" | "tova"}` | "package";
  readonly code: string;
  readonly answer: unknown;
}

const needed: Readonly<Record<string, Case>> = {
  "a global in a Tova file": {
    file: "lib.tova",
    code: 'pub fn get() { Buffer.from("hi").toString("base64") }',
    answer: "aGk=",
  },
  "a module in a Tova file": {
    file: "lib.tova",
    code: 'import { basename } from "node:path"\npub fn get() { basename("a/b") }',
    answer: "b",
  },
  "a global in a script": {
    file: "lib.js",
    code: 'export const get = () => typeof process.version + (process.env.NOTHING ?? "");',
    answer: "string",
  },
  "a module in a script": {
    file: "lib.js",
    code: 'import { basename } from "path";\nexport const get = () => basename("a/b");',
    answer: "b",
  },
  "a module that a script asks for late": {
    file: "lib.js",
    code: 'export const get = async () => (await import("node:path")).basename("a/b");',
    answer: "b",
  },
  "a global in a package": {
    file: "package",
    code: 'exports.get = () => Buffer.from("hi").toString("hex");',
    answer: "6869",
  },
  "a global in a package that elsewhere has its own of the name": {
    file: "package",
    code: 'const own = (process) => process + 1;\nexports.get = () => [own(1), global.Buffer.from("a").length];',
    answer: [2, 1],
  },
  "a global beside one that is asked for": {
    file: "package",
    code: 'exports.get = () => (typeof Buffer === "undefined" ? "none" : typeof process.env);',
    answer: "object",
  },
  "a global behind a name for more than the question": {
    file: "package",
    code: `const wrap = (make) => make();
const box = wrap(() => { class Kind { get() { return typeof process; } } return Kind; });
exports.get = () => (box ? process.version[0] : "none");`,
    answer: "v",
  },
  "a timer of Node": {
    file: "package",
    code: "exports.get = () => new Promise((done) => setImmediate(() => done(1)));",
    answer: 1,
  },
  "a global as a value": {
    file: "lib.js",
    code: "const { env } = process;\nexport const get = () => typeof env;",
    answer: "object",
  },
};

const asked = 'typeof process !== "undefined"';
const idle: Readonly<Record<string, Case>> = {
  "a global behind its typeof": {
    file: "package",
    code: `exports.get = () => [${asked} && process.version, ${asked} ? process.env.A : 1, typeof Buffer];`,
    answer: [false, 1, "undefined"],
  },
  "a global in a branch": {
    file: "package",
    code: `exports.get = () => { if (${asked} && process.env) { return process.argv; } return 1; };`,
    answer: 1,
  },
  "a global behind a name for the question": {
    file: "package",
    code: `const isNode = ${asked} && process.versions != null;\nfunction inNode() { return isNode; }\nexports.get = () => (inNode() ? process.version : isNode ? process.argv : "web");`,
    answer: "web",
  },
  "a global after the way out": {
    file: "package",
    code: "exports.get = () => { if (typeof Buffer === 'undefined') return 'none'; return Buffer.from('a'); };",
    answer: "none",
  },
  "a global that may fail": {
    file: "package",
    code: "exports.get = () => { try { return process.version; } catch { return 'none'; } };",
    answer: "none",
  },
  "the mode": {
    file: "package",
    code: 'exports.get = () => process.env.NODE_ENV === "production";',
    answer: true,
  },
  "names of its own": {
    file: "package",
    code: "exports.get = (process = { env: 1 }) => { const Buffer = [process.env]; return { process: Buffer }; };",
    answer: { process: [1] },
  },
  "a part that the worker does not use": {
    file: "lib.js",
    code: "export const unused = () => Buffer.from('a');\nexport const get = () => 1;",
    answer: 1,
  },
  "a Tova file that asks the global object": {
    file: "lib.tova",
    code: 'pub fn get() { globalThis.process?.env ?? "none" }',
    answer: "none",
  },
};

const cases = Object.entries({ ...needed, ...idle });

/** A block for each case, its file and all that it needs to be found. */
const filesOf = (index: number, { file, code }: Case): Record<string, string> =>
  file === "package"
    ? { [`node_modules/case-${index}/index.js`]: code }
    : { [`case-${index}.${file.split(".")[1]}`]: code };
const specifierOf = ({ file }: Case, index: number) =>
  file === "package" ? `case-${index}` : `./case-${index}${file === "lib.js" ? ".js" : ""}`;

let workspace: Workspace;
let miniflare: Miniflare;
const flags = new Map<string, readonly string[]>();

beforeAll(async () => {
  const blocks = cases.map(
    ([, one], index) =>
      `edge "b${index}" {\n  import { get } from "${specifierOf(one, index)}"\n  route GET "/" => fn() await get()\n}\n`,
  );
  workspace = createWorkspace({
    "app.tova": blocks.join(""),
    ...Object.assign({}, ...cases.map(([, one], index) => filesOf(index, one))),
  });
  const log = createRecorder();
  await build({ file: "app.tova", cwd: workspace.folder, log });
  expect(log.errors).toEqual([]);
  const output = (name: string) => readFileSync(workspace.path(`.tova-out/${name}`), "utf8");
  const workers = cases.map(([name], index): WorkerOptions => {
    const { compatibility_date, compatibility_flags } = parse(output(`wrangler.b${index}.toml`));
    flags.set(name, (compatibility_flags ?? []) as string[]);
    const path = `app.edge.b${index}.js`;
    return {
      name: `b${index}`,
      modules: [{ type: "ESModule", path, contents: output(path) }],
      compatibilityDate: String(compatibility_date),
      compatibilityFlags: [...(flags.get(name) ?? [])],
    };
  });
  miniflare = new Miniflare({ cf: false, workers });
});
afterAll(async () => {
  await miniflare?.dispose();
  workspace?.remove();
});

test.each(cases)("%s", async (name, { answer }) => {
  const index = cases.findIndex(([other]) => other === name);
  const headers = { "MF-Route-Override": `b${index}` };
  const response = await miniflare.dispatchFetch("http://app.test/", { headers });
  expect([flags.get(name), await response.json()]).toEqual([
    name in needed ? ["nodejs_compat"] : [],
    answer,
  ]);
});
