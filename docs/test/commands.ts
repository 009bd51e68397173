// Commands as the documentation writes them → what is wrong with them: no such command, option,
// target, project, generator, script or file.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runCommand } from "tova-cli";
import { outline } from "tova-codegen";
import { root } from "./pages";
import type { Words } from "./shell";

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const folders = (path: string) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** What `tova <args>` prints. */
async function printedBy(args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const write = (text: string) => void lines.push(text);
  await runCommand(args, { log: { info: write, warn: write, error: write } });
  return lines.join("\n");
}

/** A word that stands for something else: `<file>`, `[file]`, `…`. */
const isPlaceholder = (text: string): boolean => /[<>[\]…]/.test(text);

const optionsIn = (help: string): ReadonlySet<string> =>
  new Set([...help.matchAll(/(?<=[ ,])--?[a-z][\w-]*/g)].map(([name]) => name));

/** The options among words, without values: `--env=x` gives `--env`; all after `--` is another's. */
function optionsOf(words: Words): string[] {
  const end = words.indexOf("--");
  return words
    .slice(0, end < 0 ? undefined : end)
    .filter((each) => each.startsWith("-") && !isPlaceholder(each))
    .map((each) => each.replace(/=.*/s, ""));
}

async function checkTova(words: Words): Promise<string[]> {
  // `tova --version` has options of `tova` itself.
  const [name = "", ...rest] = words[0]?.startsWith("-") ? ["", ...words] : words;
  if (isPlaceholder(name)) return [];
  const found = name.split("|").map(async (command) => {
    const help = await printedBy([...(command === "" ? [] : [command]), "--help"]);
    if (!help.startsWith(`Usage: tova ${command}`)) {
      if (!/^Usage: tova \w+\|/.test(help)) return [`tova has no command ${command}`];
    }
    const known = optionsIn(help);
    return optionsOf(rest)
      .filter((option) => !known.has(option))
      .map((option) => `tova ${command} has no option ${option}`);
  });
  return (await Promise.all(found)).flat();
}

interface Schema {
  readonly properties: Readonly<Record<string, { readonly alias?: string }>>;
}

const plugin = "packages/nx-tova";
const camel = (name: string) =>
  name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const schemaOf = (kind: "executors" | "generators", name: string): Schema =>
  readJson(`${plugin}/src/${kind}/${name}/schema.json`);
const namesOf = ({ properties }: Schema): string[] =>
  Object.entries(properties).flatMap(([name, { alias }]) => (alias ? [name, alias] : [name]));

const executors = Object.keys(readJson(`${plugin}/executors.json`).executors);
const generators = Object.keys(readJson(`${plugin}/generators.json`).generators);
/** Targets of programs, and those of this repository's packages. */
const targets = new Set([...executors, "build-all", "test", "lint", "typecheck", "fuzz"]);
/** Of nx.dev/docs/reference/nx-commands, those that the documentation may use. */
const commands =
  "run run-many affected show graph sync sync:check g generate add migrate report reset init repair watch";
const ownOptions = new Set(
  "t targets target p projects c configuration base head exclude parallel batch outputStyle verbose json file nxBail skipNxCache excludeTaskDependencies".split(
    " ",
  ),
);

/** Names in the `project.json` files below a folder. */
const ownNames = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => basename(path) === "project.json" && !path.includes("node_modules"))
    .map((path) => readJson(join(folder, path)).name);

function workspaceProjects(): ReadonlySet<string> {
  const programs = folders("apps").flatMap((name) => {
    const file = `apps/${name}/${name}.tova`;
    if (!existsSync(join(root, file))) return [];
    const { blocks } = outline(readFileSync(join(root, file), "utf8"), { fileName: file });
    return [name, ...blocks.map(({ projectName }) => projectName)];
  });
  const own = ["apps", "docs", "e2e", "bench"].flatMap(ownNames);
  return new Set([...programs, ...own, ...folders("packages"), readJson("package.json").nx.name]);
}

const projects = workspaceProjects();

/** Programs that the documentation makes with a generator. */
const isGenerated = (project: string): boolean => /^shop(-|$)/.test(project);

function checkOptions(words: Words, known: readonly string[], title: string): string[] {
  return optionsOf(words)
    .map((option) => camel(option.replace(/^--?(no-)?/, "")))
    .filter((option) => !known.includes(option) && !ownOptions.has(option))
    .map((option) => `${title} has no option ${option}`);
}

function checkTarget(target: string, project: string, rest: Words): string[] {
  if (isPlaceholder(`${target}${project}`)) return [];
  const found: string[] = [];
  if (!targets.has(target)) found.push(`there is no target ${target}`);
  if (!projects.has(project) && !isGenerated(project)) found.push(`there is no project ${project}`);
  const known = executors.includes(target) ? namesOf(schemaOf("executors", target)) : [];
  return [...found, ...checkOptions(rest, known, `the target ${target}`)];
}

/** `run-many` and `affected`: the words after `-t` up to an option, or parts of one at commas. */
function checkMany(words: Words): string[] {
  const start = words.findIndex((each) => /^(-t|--targets?)$/.test(each)) + 1;
  if (start === 0) return [];
  const end = words.findIndex((each, i) => i >= start && each.startsWith("-"));
  const named = words.slice(start, end < 0 ? undefined : end).flatMap((each) => each.split(","));
  const known = named.filter((target) => executors.includes(target));
  return [
    ...named
      .filter((target) => !targets.has(target))
      .map((target) => `there is no target ${target}`),
    ...checkOptions(
      words,
      known.flatMap((name) => namesOf(schemaOf("executors", name))),
      "nx",
    ),
  ];
}

function checkGenerator([name = "", ...rest]: Words): string[] {
  const [collection, generator = ""] = name.split(":");
  if (isPlaceholder(name) || collection !== "nx-tova") return [];
  if (!generators.includes(generator)) return [`there is no generator ${name}`];
  return checkOptions(rest, namesOf(schemaOf("generators", generator)), name);
}

function checkNx([name = "", ...rest]: Words): string[] {
  const [first = ""] = rest;
  if (name === "run") {
    const [project = "", target = ""] = first.split(":");
    return checkTarget(target, project, rest.slice(1));
  }
  if (name === "run-many" || name === "affected") return checkMany(rest);
  if (name === "g" || name === "generate") return checkGenerator(rest);
  if (name === "migrate" && first !== "") return ["`nx migrate` is a command of Nx itself"];
  if (name === "show" && first === "project") {
    const project = rest[1] ?? "";
    return projects.has(project) || isGenerated(project) ? [] : [`there is no project ${project}`];
  }
  if (commands.split(" ").includes(name)) return [];
  // Of a command alone, as in a table, the project is left open.
  return first === "" && targets.has(name) ? [] : checkTarget(name, first, rest.slice(1));
}

/** `npm run <script>`, with `-w <package>` or its folder; else of the folder whose page says it. */
function checkScript(words: Words, here: string): string[] {
  const [script = ""] = words;
  const at = words.indexOf("-w");
  const folder = at < 0 ? here : (words[at + 1] ?? "").replace(/^(packages\/)?/, "packages/");
  const manifest = join(folder, "package.json");
  if (!existsSync(join(root, manifest))) return [`there is no ${manifest}`];
  return script in readJson(manifest).scripts ? [] : [`${manifest} has no script ${script}`];
}

const isFileOfOurs = (text: string): boolean => /^(bench|tools|packages)\//.test(text);

/**
 * What is wrong with one command; commands of others are not looked at.
 * @param here folder of the package that the page is about, from the root; "" for the repository
 */
export async function checkCommand(written: Words, here = ""): Promise<readonly string[]> {
  const words = written.slice(written.findIndex((each) => !/^[A-Z_]+=/.test(each)));
  const [tool, ...rest] = words[0] === "npx" ? words.slice(1) : words;
  if (tool === "tova") return checkTova(rest);
  if (tool === "nx") return checkNx(rest);
  if (tool === "npm" && rest[0] === "run") return checkScript(rest.slice(1), here);
  if (tool !== "node") return [];
  return rest
    .filter((each) => isFileOfOurs(each) && !isPlaceholder(each))
    .filter((each) => !existsSync(join(root, each)))
    .map((each) => `there is no ${each}`);
}
