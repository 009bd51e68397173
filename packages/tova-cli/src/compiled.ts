// A program on disk in, its compiled and bundled workers out; diagnostics are shown on the way.
import {
  type CompileResult,
  compile,
  type Diagnostic,
  hasErrors,
  strictly,
  type Worker,
} from "tova-codegen";
import type { Logger } from "./logger";
import { type Migration, readMigrations } from "./migrations/files";
import { type Bundled, bundleProgram, bundleWorker } from "./modules/bundle";
import { loadModules, type ModuleGraph, type Parses, parsesOf } from "./modules/graph";
import { ProblemError, problems } from "./problems";
import { reportDiagnostics } from "./report";
import { compileOptions, diagnosedTexts, type Source } from "./source";
import { diagnoseSql } from "./sql/diagnose";

/** A program and what the compiler made of it. */
export interface Compiled {
  readonly source: Source;
  readonly result: CompileResult;
}

/** A program as far as it could be compiled. */
export interface Diagnosed extends Compiled {
  /** Of the program and of all that it imports. */
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that diagnostics point into, by the names they use. */
  readonly texts: Readonly<Record<string, string>>;
  /** Absolute paths of the files, present or not, that it imports. */
  readonly files: readonly string[];
  /** Absolute paths of the files of packages in what it becomes; null when that cannot be bundled. */
  readonly installed: readonly string[] | null;
  /** Names of packages by which it was looked for modules; null when they cannot be told. */
  readonly packages: readonly string[] | null;
  /** Of the program and all that it imports, for the next time. */
  readonly parses: Parses;
  /**
   * Reads its migrations, once however often it is called.
   * @throws ProblemError when one cannot be read
   */
  migrations(): Promise<readonly Migration[]>;
}

/**
 * Compiles a program with all that it imports, and bundles the workers asked for. Shows nothing.
 * @param request with `sql` false, its SQL is not held against its migrations; with `program` false, a
 * program outside workers is not bundled
 */
export async function diagnoseSource(
  source: Source,
  { outDir, cwd, block, earlier, strict, sql: checksSql = true, program = true }: DiagnoseRequest,
): Promise<Diagnosed> {
  const graph = await loadModules(source, cwd, earlier);
  const options = { ...compileOptions(source, outDir), modules: graph.root.links };
  const result = compile(graph.root.parsed, options);
  let read: Promise<readonly Migration[]> | undefined;
  const migrations = () => {
    read ??= readMigrations(source, cwd);
    return read;
  };
  const sql = await diagnoseSql(source, checksSql ? result.sql : null, { cwd, read: migrations });
  const told = [...graph.diagnostics, ...result.diagnostics, ...sql.diagnostics];
  const diagnostics = strict ? strictly(told) : told;
  const texts = { ...sql.texts, ...textsOf(graph), ...diagnosedTexts(source) };
  const parses = parsesOf(graph);
  const unbundled = { installed: [], packages: [] };
  const found = { source, texts, files: graph.watched, ...unbundled, parses, migrations };
  if (hasErrors(diagnostics)) return { ...found, result, diagnostics };
  const wanted = ({ name }: Worker) =>
    block === undefined ||
    chosen(block).some((one) => name === one || (one === "default" && name === null));
  const bundles = await Promise.all(
    result.workers.filter(wanted).map((worker) => bundleWorker(graph, worker)),
  );
  const outside = program ? result.program : null;
  const plain = outside && (await bundleProgram(graph, outside, `${source.stem}.js`));
  const bundled: readonly Bundled[] = plain ? [...bundles, plain] : bundles;
  const done = new Map(bundles.map(({ worker }) => [worker.name, worker]));
  const broken = bundled.some((one) => hasErrors(one.diagnostics));
  const workers = result.workers.map((worker) => done.get(worker.name) ?? worker);
  return {
    ...found,
    result: { ...result, workers, program: plain?.program ?? null },
    diagnostics: withoutRepeats([...diagnostics, ...bundled.flatMap((one) => one.diagnostics)]),
    files: [...new Set([...graph.watched, ...bundled.flatMap(({ files }) => files)])],
    installed: broken ? null : [...new Set(bundled.flatMap(({ installed }) => installed))],
    packages: bundled.some(({ packages }) => packages === null)
      ? null
      : [...new Set(bundled.flatMap(({ packages }) => packages ?? []))].sort(),
  };
}

type DiagnoseRequest = Omit<CompileRequest, "log"> & {
  readonly sql?: boolean;
  readonly program?: boolean;
};

const textsOf = ({ modules }: ModuleGraph): Record<string, string> =>
  Object.fromEntries([...modules.values()].map(({ name, text }) => [name, text]));

/** Workers that share an import share what is wrong with it. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}

/** What the command line may ask for. */
export interface CompileRequest {
  /** Absolute; the config files refer to their surroundings from here. */
  readonly outDir: string;
  readonly block?: BlockChoice;
  readonly cwd: string;
  /** Whether unknown names and mismatched types are errors. @default false */
  readonly strict?: boolean | undefined;
  /** What an earlier call parsed: of files changed since, only the changes are parsed. */
  readonly earlier?: Parses;
  readonly log: Logger;
}

/** One block or several; null or `"default"` for the unnamed one, absent for all. */
export type BlockChoice = string | null | undefined | readonly (string | null)[];

const chosen = (block: Exclude<BlockChoice, undefined>): readonly (string | null)[] =>
  typeof block === "string" || block === null ? [block] : block;

const quoted = (name: string | null): string => (name === null ? "default" : `"${name}"`);

/**
 * The workers of a block. Unnamed blocks form the block `default` (spec section 10), unless one
 * bears that name.
 */
function workersOf({ source, result }: Compiled, block: string | null): readonly Worker[] {
  const names = result.workers.map(({ name }) => name);
  const wanted = block === "default" && !names.includes(block) ? null : block;
  if (names.includes(wanted)) return result.workers.filter(({ name }) => name === wanted);
  throw new ProblemError(
    problems.unknownBlock({ block: quoted(block), path: source.name, blocks: names.map(quoted) }),
  );
}

/**
 * A program with only the workers of some blocks; all of them when `block` is absent.
 * @throws ProblemError when there is no such block
 */
function onlyBlock(compiled: Compiled, block: BlockChoice): Compiled {
  if (block === undefined) return compiled;
  const wanted = new Set(chosen(block).flatMap((one) => workersOf(compiled, one)));
  const workers = compiled.result.workers.filter((worker) => wanted.has(worker));
  return { ...compiled, result: { ...compiled.result, workers } };
}

/** What {@link compileSource} gives; the rest as {@link diagnoseSource} says. */
export interface CompiledSource extends Pick<Diagnosed, "files" | "parses" | "migrations"> {
  /** Of the blocks asked for; null when there is an error. */
  readonly compiled: Compiled | null;
  /** With all blocks, of which only those asked for are bundled. */
  readonly all: Compiled | null;
}

/**
 * Compiles a program and shows its diagnostics.
 * @throws ProblemError when the block does not exist in a program that can be read
 */
export async function compileSource(
  source: Source,
  request: CompileRequest,
): Promise<CompiledSource> {
  const found = await diagnoseSource(source, request);
  const { result, diagnostics, texts, files, parses, migrations } = found;
  const rest = { files, parses, migrations };
  if (reportDiagnostics(request.log, diagnostics, texts)) {
    return { compiled: null, all: null, ...rest };
  }
  const all = { source, result };
  return { compiled: onlyBlock(all, request.block), all, ...rest };
}

/** The outline of a worker in an environment of the deploy file; absent means the plain one. */
export function outlineIn(worker: Worker, env: string | undefined) {
  return (env === undefined ? undefined : worker.environments[env]) ?? worker.outline;
}
