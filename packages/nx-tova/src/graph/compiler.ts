// Takes programs whose outlines are not known, has the compiler read them; finds which compiler it is.
import { readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Inspected } from "tova-cli";
import type { BlockOutline } from "tova-codegen";
import { type FileStateReader, type FileStates, fingerprint } from "./file-state";
import type { FileOutline, GraphBlock } from "./outlines";

/** What reads the sources: the packages of the compiler, or none in a workspace yet to build them. */
interface Compiler {
  /** Part of every fingerprint. */
  readonly version: string;
  /** Differs with every build of the compiler; null when nothing of this run may be kept. */
  readonly build: string | null;
}

/** What one run of the plugin reads with. */
export interface Reading {
  readonly workspaceRoot: string;
  readonly states: FileStateReader;
}

/** A program as it was read. */
export interface Texts {
  /** From the workspace's root. */
  readonly path: string;
  readonly text: string;
  /** Of the deploy file, null without one. */
  readonly deploy: string | null;
}

/** Versions of the packages that make workers, as manifests name them. */
export function compilerVersions(): Readonly<Record<string, string>> {
  const versionOf = (name: string): string =>
    JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")).version;
  return { "tova-codegen": versionOf("tova-codegen"), "tova-cli": versionOf("tova-cli") };
}

/** Finds the compiler without loading it. */
function findCompiler(): Compiler {
  try {
    const version = JSON.stringify(compilerVersions());
    const files = [require.resolve("tova-codegen"), require.resolve("tova-cli"), __filename];
    const built = files.map((file) => {
      const { mtimeMs, size } = statSync(file);
      return `${mtimeMs} ${size}`;
    });
    return { version, build: fingerprint([version, ...built]) };
  } catch {
    return { version: "", build: null };
  }
}

/** Of the code that is loaded: Nx's daemon goes on with it while another is built. */
export const compiler = findCompiler();

/** An outline, what it stands on, and why there is none. */
export interface Outlined {
  readonly outline: FileOutline;
  /** Null when it must not be kept. */
  readonly files: FileStates | null;
  readonly problem: string | null;
}

/** Stands for a program that the compiler failed on: it keeps its project. */
export const unreadable: FileOutline = { blocks: [], imports: [], hasErrors: true };

function toGraphBlock(block: BlockOutline, fingerprint: string | null): GraphBlock {
  const { name, projectName, workerName, accountId, target, main, configFile } = block;
  const { kv, sql, storage } = block;
  const { produces, consumes, routes, health, crons, env, secrets } = block;
  const resources = { kv, sql, storage, produces, consumes };
  const code = { routes, health, crons, env, secrets };
  const names = { name, projectName, workerName, accountId, target, main, configFile };
  return { ...names, ...resources, ...code, fingerprint };
}

function toOutlined(
  { inspection, reason }: Inspected,
  { path }: Texts,
  { workspaceRoot, states }: Reading,
  since: number,
): Outlined {
  if (inspection === null) {
    const problem = `${path} cannot be read by tova-cli: ${reason}`;
    return { outline: unreadable, files: null, problem };
  }
  const { blocks, imports, hasErrors, fingerprints, files } = inspection;
  const outline: FileOutline = {
    blocks: blocks.map((block, index) => toGraphBlock(block, fingerprints?.[index] ?? null)),
    imports: imports.map(({ specifier, blocks }) => ({ specifier, blocks })),
    hasErrors,
  };
  const paths = files?.map((file) => relative(workspaceRoot, file).split(sep).join("/"));
  return { outline, files: paths === undefined ? null : states.read(paths, since), problem: null };
}

/** Loading the compiler takes longer than all else of the graph: not for nothing. */
async function inspect(programs: readonly Texts[], { workspaceRoot }: Reading) {
  try {
    const { inspectAll } = await import("tova-cli");
    return await inspectAll(
      programs.map(({ path, text, deploy }) => {
        const file = join(workspaceRoot, path);
        return { path: file, text, deploy, cwd: workspaceRoot, compiler: compiler.version };
      }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    return programs.map((): Inspected => ({ inspection: null, reason: reason ?? "" }));
  }
}

/** Outlines programs with the compiler, in the order given. Never throws. */
export async function outlineAnew(
  programs: readonly Texts[],
  reading: Reading,
): Promise<readonly Outlined[]> {
  if (programs.length === 0) return [];
  const since = Date.now();
  const inspected = await inspect(programs, reading);
  return programs.flatMap((program, at) => {
    const one = inspected[at];
    return one === undefined ? [] : [toOutlined(one, program, reading, since)];
  });
}
