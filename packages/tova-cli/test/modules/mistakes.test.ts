// Imports that cannot work: what is reported, once, and where.
import { existsSync } from "node:fs";
import { build } from "../../src/build";
import { check } from "../../src/check";
import { createRecorder, createWorkspace, type Workspace } from "../workspace";

let workspace: Workspace;
afterEach(() => workspace.remove());

const block = 'edge "api" { route GET "/" => fn(req) { value } }\n';

interface Shown {
  readonly code: string;
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly help: string;
}

async function diagnose(files: Record<string, string | Uint8Array>): Promise<readonly Shown[]> {
  workspace = createWorkspace(files);
  const log = createRecorder();
  await check({ file: "app.tova", format: "json", cwd: workspace.folder, log });
  return JSON.parse(log.infos[0] ?? "{}").diagnostics;
}

const places = (shown: readonly Shown[]) =>
  shown.map(({ code, fileName, line, column }) => `${code} ${fileName}:${line}:${column}`);

test("a missing file is reported at its import, with the nearest name", async () => {
  const [shown, ...rest] = await diagnose({
    "lib/shapes.tova": "pub value = 1\n",
    "app.tova": `// first\nimport { value } from "./lib/shape"\n${block}`,
  });
  expect(rest).toEqual([]);
  expect(shown).toMatchObject({ code: "E400", fileName: "app.tova", line: 2, column: 23 });
  expect(shown?.message).toContain("lib/shape.tova");
  expect(shown?.help).toBe("Did you mean `./lib/shapes`?");
});

test("a name that is not exported is reported where it stands, with the nearest one", async () => {
  const [shown, ...rest] = await diagnose({
    "lib.tova": "pub values = 1\n",
    "app.tova": `import {\n  value\n} from "./lib"\n${block}`,
  });
  expect(rest).toEqual([]);
  expect(shown).toMatchObject({ code: "E400", fileName: "app.tova", line: 2, column: 3 });
  expect(shown?.help).toBe("Did you mean `values`?");
});

test("a missing default export, a missing key of JSON and a missing passed-on name are too", async () => {
  const shown = await diagnose({
    "lib.tova": 'pub { nothing } from "./data.json"\npub value = 1\n',
    "data.json": '{ "some": 1 }',
    "app.tova": `import value from "./lib"\nimport { som } from "./data.json"\n${block}`,
  });
  expect(places(shown)).toEqual(["E400 lib.tova:1:7", "E400 app.tova:2:10"]);
});

test("a folder, an address and a file that is no text are refused", async () => {
  const shown = await diagnose({
    "lib/index.tova": "pub value = 1\n",
    "bytes.tova": new Uint8Array([0, 1, 2]),
    "data.json": "{ broken",
    "app.tova": `import { value } from "./lib"
import a from "https://example.com/x.js"
import b from "/etc/passwd"
import c from "./bytes"
import d from "./data.json"
${block}`,
  });
  expect(places(shown)).toEqual([
    "E400 app.tova:1:23",
    "E400 app.tova:2:15",
    "E400 app.tova:3:15",
    "E400 app.tova:4:15",
    "E400 app.tova:5:15",
  ]);
  expect(shown[0]?.help).toContain("lib/index.tova");
});

test("a package that is not installed is reported with the command that installs it", async () => {
  const shown = await diagnose({
    "app.tova": `import value from "@scope/left-pad-of-ours/part"\n${block}`,
  });
  expect(places(shown)).toEqual(["E400 app.tova:1:19"]);
  expect(shown[0]?.help).toContain("npm install @scope/left-pad-of-ours`");
});

describe("circles", () => {
  test("of three files are reported once, where the first file enters it", async () => {
    const shown = await diagnose({
      "app.tova": `import { b } from "./b"\npub value = b\n${block}`,
      "b.tova": 'import { c } from "./c"\npub b = c\n',
      "c.tova": 'import { value } from "./app"\npub c = value\n',
    });
    expect(places(shown)).toEqual(["E401 app.tova:1:19"]);
    expect(shown[0]?.message).toContain("app.tova → b.tova → c.tova → app.tova");
  });

  test("beyond the program are reported in the file where they begin", async () => {
    const shown = await diagnose({
      "app.tova": `import { value } from "./b"\n${block}`,
      "b.tova": 'import { c } from "./c"\npub value = c\n',
      "c.tova": 'pub c = 1\npub { value } from "./b"\n',
    });
    expect(places(shown)).toEqual(["E401 b.tova:1:19"]);
  });

  test("of one file are reported too", async () => {
    const shown = await diagnose({
      "app.tova": `import { value as other } from "./app"\npub value = other\n${block}`,
    });
    expect(places(shown)).toEqual(["E401 app.tova:1:32"]);
  });
});

test("mistakes of an imported file are shown once, in that file, and nothing is written", async () => {
  workspace = createWorkspace({
    "broken.tova": "pub value = 1\npub fn f( {\n",
    "also.tova": 'import { value } from "./broken"\npub other = value\n',
    "app.tova": `import { value } from "./broken"\nimport { other } from "./also"\n${block}`,
  });
  const log = createRecorder();
  const { exitCode } = await build({ file: "app.tova", cwd: workspace.folder, log });
  expect(exitCode).toBe(1);
  expect(log.errors.length).toBeGreaterThan(0);
  expect(new Set(log.errors).size).toBe(log.errors.length);
  for (const error of log.errors) expect(error).toContain("broken.tova:2:");
  expect(log.errors.join("\n")).not.toContain("app.tova:");
  expect(existsSync(workspace.path(".tova-out"))).toBe(false);
});

test("an import inside a function is refused", async () => {
  const shown = await diagnose({
    "lib.tova": "pub value = 1\n",
    "app.tova": `fn f() {\n  import { value } from "./lib"\n  value\n}\n${block.replace("value", "f()")}`,
  });
  expect(places(shown)).toContain("E400 app.tova:2:3");
});

test("an export of what the file does not define, and two of one name, are refused", async () => {
  const shown = await diagnose({
    "lib.tova":
      "pub value = 1\npub { value }\npub { nowhere }\nexport default 1\nexport default 2\n",
    "app.tova": `import { value } from "./lib"\n${block}`,
  });
  expect(places(shown)).toEqual(
    expect.arrayContaining([
      "E201 lib.tova:2:7",
      "E400 lib.tova:3:7",
      "W_DUPLICATE_DEFAULT_EXPORT lib.tova:5:1",
    ]),
  );
});
