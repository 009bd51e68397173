// Reads every import of the packages' sources and holds it against the table of docs/architecture.md.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, posix, resolve } from "node:path";
import { preProcessFile } from "typescript";

interface Import {
  readonly from: string;
  readonly to: string;
}

interface Rule {
  /** Folder of the importing files, from the repository's root. */
  readonly folder: string;
  /** Folders of the same package, by their path under `src`, that may be imported. */
  readonly own?: readonly string[];
  /** Modules that may be imported by name; a trailing `*` stands for any rest. */
  readonly modules: readonly string[];
}

const root = resolve(__dirname, "..");
const codegen = "packages/tova-codegen/src";

/** What a package's own manifest asks for; an import beside it works only by accident. */
function declared(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
}

/** The first rule whose folder holds a file is its rule; a file without one is an error. */
const rules: readonly Rule[] = [
  { folder: "packages/tova-parser/src", modules: ["@lezer/*"] },
  { folder: `${codegen}/model`, own: ["diagnostics"], modules: ["tova-parser"] },
  { folder: `${codegen}/diagnostics`, modules: ["tova-parser", "string-width"] },
  {
    folder: `${codegen}/analyse`,
    own: ["model", "diagnostics", "generated"],
    modules: ["tova-parser", "@lezer/*", "croner"],
  },
  {
    folder: `${codegen}/deploy`,
    own: ["model", "diagnostics"],
    modules: ["smol-toml", "tova-parser"],
  },
  {
    folder: `${codegen}/targets`,
    own: ["model", "diagnostics", "deploy"],
    modules: ["tova-parser"],
  },
  {
    folder: `${codegen}/emit`,
    own: ["model", "diagnostics", "targets", "analyse", "generated"],
    modules: ["tova-parser", "@jridgewell/sourcemap-codec", "smol-toml", "yaml"],
  },
  {
    folder: `${codegen}/edit`,
    own: ["model", "diagnostics", "deploy", "analyse"],
    modules: ["smol-toml", "tova-parser"],
  },
  { folder: `${codegen}/topology`, own: ["model", "diagnostics"], modules: ["string-width"] },
  { folder: `${codegen}/runtime`, modules: [] },
  {
    folder: codegen,
    own: ["analyse", "deploy", "diagnostics", "emit", "generated", "model", "targets", "topology"],
    modules: ["tova-parser"],
  },
  { folder: "packages/tova-cli", modules: [...declared("tova-cli"), "node:*"] },
  {
    folder: "packages/nx-tova/src/executors",
    own: ["graph", "executors"],
    modules: ["@nx/devkit", "tova-codegen", "tova-cli", "node:path"],
  },
  {
    folder: "packages/nx-tova/src",
    own: ["graph"],
    modules: [
      "@nx/devkit",
      "@nx/devkit/internal",
      "jsonc-parser",
      "tova-codegen",
      "tova-cli",
      "node:*",
    ],
  },
];

/** Beside them, files and processes are the business of tova-cli alone (style of the house, 2.3). */
const mayTouchTheWorld = [
  "packages/tova-cli",
  "packages/nx-tova/src/graph",
  "packages/nx-tova/src/generators",
];

function sourceFiles(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
    .map((entry) => posix.join(entry.parentPath.slice(root.length + 1), entry.name));
}

function importsOf(file: string): Import[] {
  const { importedFiles } = preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => ({ from: file, to: fileName }));
}

const packageSources = (folder: string): string[] =>
  ["src", "bin"].flatMap((part) => sourceFiles(`packages/${folder}/${part}`));

const sources = readdirSync(join(root, "packages"))
  .flatMap(packageSources)
  .filter((file) => !file.includes("/generated/"));
const imports = sources.flatMap(importsOf);

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

const isInside = (file: string, folder: string): boolean => file.startsWith(`${folder}/`);

function ruleOf(file: string): Rule | undefined {
  return rules.find(({ folder }) => isInside(file, folder));
}

function isAllowed({ from, to }: Import, rule: Rule): boolean {
  if (!to.startsWith(".")) return rule.modules.some((pattern) => matches(pattern, to));
  const target = posix.join(posix.dirname(from), to);
  const [, , , ...inner] = target.split("/");
  const packageRoot = from.split("/").slice(0, 2).join("/");
  if (!isInside(target, packageRoot)) return false;
  if (isInside(target, rule.folder) || target === rule.folder) return true;
  return (rule.own ?? []).includes(inner[0] ?? "");
}

/** Where files may import each other in a circle, as the language's own recursion runs through them. */
const recursive = [
  "packages/tova-parser/src/ast",
  "packages/tova-parser/src/read",
  `${codegen}/analyse/columns`,
  `${codegen}/analyse/resolve-`,
  `${codegen}/emit`,
];

/** Every file, with the source files that it imports. */
const imported = new Map(
  sources.map((file) => {
    const own = importsOf(file).filter(({ to }) => to.startsWith("."));
    const paths = own.map(({ to }) => posix.join(posix.dirname(file), to));
    const files = paths.flatMap((path) => [`${path}.ts`, `${path}/index.ts`]);
    return [file, files.filter((path) => sources.includes(path))] as const;
  }),
);

/** What a file leads to by imports. */
function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const next = [file];
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    for (const to of imported.get(one) ?? []) {
      if (reached.has(to)) continue;
      reached.add(to);
      next.push(to);
    }
  }
  return reached;
}

const shown = ({ from, to }: Import): string => `${from} imports ${to}`;

test("the packages have sources to look at", () => {
  expect(imports.length).toBeGreaterThan(20);
});

test("every source file is under a rule", () => {
  expect(sources.filter((file) => ruleOf(file) === undefined)).toEqual([]);
});

test("imports stay inside the table", () => {
  const wrong = imports.filter((entry) => {
    const rule = ruleOf(entry.from);
    return rule !== undefined && !isAllowed(entry, rule);
  });
  expect(wrong.map(shown)).toEqual([]);
});

test("files, processes and networks are touched by the outer packages only", () => {
  const harmless = ["node:path", "node:url"];
  const wrong = imports.filter(
    ({ from, to }) =>
      (to.startsWith("node:") || builtinModules.includes(to)) &&
      !harmless.includes(to) &&
      !mayTouchTheWorld.some((folder) => isInside(from, folder)),
  );
  expect(wrong.map(shown)).toEqual([]);
});

test("Nx is known to its plugin alone", () => {
  const others = readdirSync(join(root, "packages")).filter((name) => name !== "nx-tova");
  const nx = others.flatMap(declared).filter((name) => /^(@nx\/|nx$|nx-tova$)/.test(name));
  expect(nx).toEqual([]);
});

test("files import each other in a circle only where the language is recursive", () => {
  const circular = sources.filter((file) => reachedFrom(file).has(file));
  const mayBe = (file: string) => recursive.some((start) => file.startsWith(start));
  expect(circular.filter((file) => !mayBe(file))).toEqual([]);
  // The search finds circles, then.
  expect(circular.length).toBeGreaterThan(0);
});

test("a forbidden import is found", () => {
  const [parser] = rules;
  if (parser === undefined) throw new Error("no rules");
  const from = "packages/tova-parser/src/index.ts";
  expect(isAllowed({ from, to: "node:fs" }, parser)).toBe(false);
  expect(isAllowed({ from, to: "../../tova-codegen/src/index" }, parser)).toBe(false);
  expect(isAllowed({ from, to: "./tokens" }, parser)).toBe(true);
});
