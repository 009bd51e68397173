// Takes programs whose outlines are not known, has the compiler read them.
import { join, posix, relative, sep } from "node:path";
import type { Inspected } from "tova-cli";
import { type FileOutline, graphBlock, sortBlocks, sortImports } from "./block";
import type { BundleStates } from "./bundle-state";
import { compiler } from "./compiler-build";
import type { FileStateReader, FileStates } from "./file-state";

/** What one run of the plugin reads with. */
export interface Reading {
  readonly workspaceRoot: string;
  readonly states: FileStateReader;
  readonly bundles: BundleStates;
}

/** A program as it was read. */
export interface Texts {
  /** From the workspace's root. */
  readonly path: string;
  readonly text: string;
  /** Of the deploy file, null without one. */
  readonly deploy: string | null;
}

/** An outline, what it stands on, and why there is none. */
export interface Outlined {
  readonly outline: FileOutline;
  /** Null when it must not be kept. */
  readonly files: FileStates | null;
  readonly problem: string | null;
}

/** Stands for a program that the compiler failed on: it keeps its project. */
export const unreadable: FileOutline = { blocks: [], imports: [], hasErrors: true, bundle: null };

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
  const { blocks, imports, hasErrors, fingerprints, files, bundle } = inspection;
  const pathOf = (file: string) => relative(workspaceRoot, file).split(sep).join("/");
  const stem = posix.basename(path, ".tova");
  const graphBlocks = blocks.map((block, index) =>
    graphBlock(block, stem, fingerprints?.[index] ?? null),
  );
  const outline: FileOutline = {
    blocks: sortBlocks(graphBlocks),
    imports: sortImports(imports),
    hasErrors,
    bundle: bundle && { files: bundle.files.map(pathOf), packages: bundle.packages },
  };
  const paths = files?.map(pathOf);
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
