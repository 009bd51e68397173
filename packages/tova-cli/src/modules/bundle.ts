// A worker or program with imports, and the files around it, in; one self-contained module out.
import { basename, dirname, join, resolve } from "node:path";
import type { BuildOptions, BuildResult, Message, Metafile } from "esbuild";
import { type CompileResult, compile, type Diagnostic, type Worker } from "tova-codegen";
import { bundleDiagnostics, type Found, packagesOf, trailTo } from "./findings";
import type { ModuleGraph } from "./graph";
import { codesOf, type Entry } from "./keep";
import { usesNodeGlobals } from "./node-globals";
import { platformModules } from "./platform-modules";
import { bundlePlugin, isGlue, type MappedCode } from "./plugin";
import { packageOf } from "./resolve";
import { signpostsIn } from "./signposts";
import { leaveOutSources } from "./user-map";

/** What a bundle is made of. */
interface Inputs {
  /** Absolute paths of the files that it is made of and led to by, packages left out. */
  readonly files: readonly string[];
  /** Absolute paths of the files of packages that it is made of and led to by. */
  readonly installed: readonly string[];
  /** Names of packages by which it was looked for modules; null when they cannot be told. */
  readonly packages: readonly string[] | null;
}

/** What bundling has found. */
export interface Bundled extends Inputs {
  readonly diagnostics: readonly Diagnostic[];
}

/** A worker after bundling. */
export interface BundledWorker extends Bundled {
  /** As it came, when one of the diagnostics is an error. */
  readonly worker: Worker;
}

type Program = NonNullable<CompileResult["program"]>;

/** A program outside workers after bundling. */
export interface BundledProgram extends Bundled {
  /** As it came, when one of the diagnostics is an error. */
  readonly program: Program;
}

function optionsOf(graph: ModuleGraph, entry: Entry) {
  const folder = dirname(graph.root.path);
  const platform = platformModules(entry.target);
  return {
    absWorkingDir: folder,
    entryPoints: [graph.root.path],
    outfile: join(folder, entry.fileName),
    // esbuild drops comments but this.
    banner: { js: `// Made by tova from ${basename(graph.root.path)}` },
    bundle: true,
    write: false,
    metafile: true,
    sourcemap: "linked",
    format: "esm",
    platform: platform.nodeIsNative ? "node" : "browser",
    conditions: [...platform.conditions],
    ...(platform.nodeIsNative ? { mainFields: ["module", "main"] } : {}),
    target: "es2024",
    charset: "utf8",
    // Where Node finds packages itself, what it is told is not decided here.
    ...(platform.keepsPackages
      ? { packages: "external" }
      : { define: { "process.env.NODE_ENV": '"production"' } }),
    logLevel: "silent",
    // Whatever the user's tsconfig.json says is not about these files.
    tsconfigRaw: {},
    plugins: [bundlePlugin(graph, codesOf(graph, entry), platform)],
  } satisfies BuildOptions;
}

const nothing: Inputs = { files: [], installed: [], packages: [] };

type Built = BuildResult<ReturnType<typeof optionsOf>>;

/** Joins an entry with what it imports; `built` is null when that cannot be. */
async function bundle(graph: ModuleGraph, entry: Entry) {
  // Only programs with imports need it.
  const { build } = await import("esbuild");
  const built = await build(optionsOf(graph, entry)).catch((error: { errors?: Message[] }) => {
    if (!error.errors) throw error;
    return error.errors;
  });
  const found = (messages: Message[]) => messages.map((message) => failure(message, entry));
  if (Array.isArray(built)) return { built: null, found: found(built), inputs: nothing };
  const wrong = built.warnings.filter(({ id }) => id === "import-is-undefined");
  return { built, found: found(wrong), inputs: inputsOf(graph, built.metafile) };
}

function inputsOf({ root }: ModuleGraph, metafile: Metafile): Inputs {
  const folder = dirname(root.path);
  const modules = Object.keys(metafile.inputs).filter((input) => !isGlue(input));
  const inputs = [...modules, ...signpostsIn(metafile, folder)];
  const isInstalled = (input: string) => input.includes("node_modules/");
  const absolute = (input: string) => resolve(folder, input);
  return {
    files: inputs.filter((input) => !isInstalled(input)).map(absolute),
    installed: inputs.filter(isInstalled).map(absolute),
    packages: packagesIn(metafile),
  };
}

/**
 * Bundles a program outside workers with the files that it imports, so that it runs wherever it is
 * put; packages stay imports. One that imports no file stays as it is.
 */
export async function bundleProgram(
  graph: ModuleGraph,
  program: Program,
  fileName: string,
): Promise<BundledProgram> {
  const { parsed, name, links, files } = graph.root;
  const options = { fileName: name, modules: links, as: "module", target: null } as const;
  const joined = files.size === 0 ? null : compile(parsed, options);
  if (!joined?.program) return { program, diagnostics: [], ...nothing };
  const entry = { ...joined.program, fileName, target: null, imports: joined.needs };
  const { built, found, inputs } = await bundle(graph, entry);
  const diagnostics = bundleDiagnostics(graph, found);
  return { program: built ? codeOf(built) : program, diagnostics, ...inputs };
}

/** Bundles a worker; one without imports stays as it is. */
export async function bundleWorker(graph: ModuleGraph, worker: Worker): Promise<BundledWorker> {
  if (worker.imports.length === 0) return { worker, diagnostics: [], ...nothing };
  const { built, found, inputs } = await bundle(graph, worker);
  const uses = built === null ? [] : stubUses(built.metafile, worker);
  const diagnostics = bundleDiagnostics(graph, [...found, ...uses]);
  const bundled = built === null ? worker : await withBundle(worker, built);
  return { worker: bundled, diagnostics, ...inputs };
}

/**
 * The packages that modules ask for, whether they are there or the platform's own module of that name
 * is taken, and those that they are given. Where a name of a package.json (`#name`) leads to files of
 * the workspace it cannot be told whether it does so through a package.
 */
function packagesIn({ inputs }: Metafile): readonly string[] | null {
  const names = new Set<string>();
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const name of packagesOf(file)) names.add(name);
    for (const { path, original = path } of imports) {
      if (original.startsWith("#") && !path.includes("node_modules/")) return null;
      const bare = original.replace(/^node:/, "");
      if (/^[@\p{L}\p{N}_~][^:]*$/u.test(bare)) names.add(packageOf(bare));
    }
  }
  return [...names].sort();
}

/** Yarn's archives lie where a machine keeps them; a module is named from its archive on. */
const archive = /^.*\.zip\/(?=node_modules\/)/;

function codeOf({ outputFiles, metafile }: Built): MappedCode {
  const text = (suffix: string) =>
    outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? "";
  let code = text(".js");
  for (const input of Object.keys(metafile.inputs)) {
    if (archive.test(input)) code = code.replaceAll(input, input.replace(archive, ""));
  }
  const named = (source: string) => source.replace(archive, "");
  return { code, map: leaveOutSources(text(".map"), isGlue, named) };
}

async function withBundle(worker: Worker, built: Built): Promise<Worker> {
  const bundled = { ...worker, ...codeOf(built) };
  const { config, nodeConfig } = worker;
  if (!platformModules(worker.target).nodeIsOption) return bundled;
  const importsNode = externalsOf(built.metafile).some((path) => path.startsWith("node:"));
  const needsNode = importsNode || (await usesNodeGlobals(bundled.code));
  return { ...bundled, config: needsNode ? nodeConfig : config };
}

const externalsOf = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));

function failure({ text, location }: Message, { target }: Entry): Found {
  const native = target !== null && /No loader is configured for "\.node" files/.test(text);
  const reason = `${text.replace(/\.?$/, ".")}`;
  return {
    file: location?.file ?? null,
    line: location?.lineText ?? "",
    problem: (name) => (native ? { kind: "native", name } : { kind: "failed", name, reason }),
  };
}

/** Modules that a worker has in name only or not at all, where the bundle still uses them. */
function stubUses(metafile: Metafile, { target }: Worker): readonly Found[] {
  const { stubs, all } = platformModules(target);
  const isAbsent = (path: string) => all !== null && !all.has(path);
  const externals = [...new Set(externalsOf(metafile))];
  const used = externals.filter((path) => stubs.has(path) || isAbsent(path)).sort();
  const byFile = new Map<string, { line: string; modules: string[] }>();
  for (const module of used) {
    const trail = trailTo(metafile, module);
    if (trail === null) continue;
    const { file, line } = trail;
    const key = JSON.stringify([file, line]);
    const modules = byFile.get(key)?.modules ?? [];
    byFile.set(key, { line, modules: [...modules, module] });
  }
  return [...byFile].map(([key, { line, modules }]) => ({
    file: JSON.parse(key)[0],
    line,
    problem: (name) => {
      const absent = modules.filter(isAbsent);
      if (absent.length === 0) return { kind: "node", name, modules };
      return { kind: "failed", name, reason: `${target} has no ${absent.join(", ")}.` };
    },
  }));
}
