// Takes a source file and its blocks, gives what Nx watches of them: exactly what changes a worker.
import { posix } from "node:path";
import type { TargetConfiguration } from "@nx/devkit";
import type { GraphBlock } from "./block";
import type { CompilerInputs } from "./compiler-origin";
import { type FindImported, type Imported, scriptsPattern } from "./imports";
import { manifestField, manifestKey, manifestPath } from "./manifest";
import { deployFileName, type SourceFile } from "./outlines";
import { patternOf } from "./pattern";

/** What the inputs of a file depend on beside the file. */
export interface InputContext {
  readonly compilerInputs: CompilerInputs;
  readonly findImported: FindImported;
  /** False where `nx affected` would miss a change of a manifest. */
  readonly usesManifests: boolean;
}

/** Paths from the workspace's root are in their shortest form: no need to join them anew. */
const fileset = (folder: string, pattern: string): string =>
  folder === "." ? `{workspaceRoot}/${pattern}` : `{workspaceRoot}/${patternOf(folder)}/${pattern}`;

const fileInput = (path: string): string => `{workspaceRoot}/${patternOf(path)}`;

const deployInput = ({ folder, stem }: SourceFile): string =>
  fileset(folder, patternOf(deployFileName(stem)));

/** Of what is imported: a file, or the scripts of a folder. */
const importedInput = (path: string): string =>
  path.endsWith(scriptsPattern)
    ? fileset(posix.dirname(posix.dirname(path)), scriptsPattern)
    : fileInput(path);

type Inputs = NonNullable<TargetConfiguration["inputs"]>;

/** The files a worker is made from. */
function filesetsOf(file: SourceFile, { files, lockfiles }: Imported): string[] {
  return [
    fileInput(file.path),
    ...files.map(importedInput),
    ...lockfiles.map(fileInput),
    deployInput(file),
    // The folder's existence decides over `migrations_dir`, its files over the program's SQL.
    fileset(file.folder, "migrations/**/*"),
  ];
}

/** All that a program is made from. Nothing of Nx's `default` input: a README changes no worker. */
export const inputsOf = (
  file: SourceFile,
  { compilerInputs, findImported }: InputContext,
  block?: string | null,
): Inputs => {
  const imported = findImported(file, block);
  return [...filesetsOf(file, imported), ...compilerInputs(imported.packages)];
};

/** What a program's outline is made from. */
export function outlineInputs(file: SourceFile, { compilerInputs }: InputContext): Inputs {
  return [fileInput(file.path), deployInput(file), ...compilerInputs([])];
}

/** Blocks whose place in the manifest says all about their workers. */
function inManifest(file: SourceFile, blocks: readonly GraphBlock[]): boolean {
  const stands = ({ name, fingerprint }: GraphBlock) =>
    fingerprint !== null && file.manifest.includes(manifestKey(name));
  return blocks.length > 0 && blocks.every(stands);
}

/** What some blocks of a file import, or all of it. */
function importedBy(
  file: SourceFile,
  blocks: readonly GraphBlock[],
  { findImported }: InputContext,
): Imported {
  const [first, ...others] = blocks;
  return first === undefined || others.length > 0
    ? findImported(file)
    : findImported(file, first.name);
}

/**
 * What workers are made from: their places in the manifest, so that Nx selects them by exactly what
 * changes them, and the files where there is no such place. With SQL the migrations too.
 */
export function workerFilesets(
  file: SourceFile,
  blocks: readonly GraphBlock[],
  context: InputContext,
): Inputs {
  if (!context.usesManifests || !inManifest(file, blocks)) {
    return filesetsOf(file, importedBy(file, blocks, context));
  }
  const fields = blocks.map(({ name }) => manifestField(name));
  const hasSql = blocks.some(({ sql }) => sql.length > 0);
  return [
    { json: fileInput(manifestPath(file.path)), fields },
    // They change no worker, but whether its SQL is right.
    ...(hasSql ? [fileset(file.folder, "migrations/**/*.sql")] : []),
  ];
}

/** Inputs of a worker's targets. */
export function workerInputs(file: SourceFile, block: GraphBlock, context: InputContext): Inputs {
  const packages =
    context.usesManifests && inManifest(file, [block])
      ? []
      : importedBy(file, [block], context).packages;
  return [...workerFilesets(file, [block], context), ...context.compilerInputs(packages)];
}

/** Named input of all that a program is made from: the targets of its own project share it. */
export const programInput = "program";

/** Named input of what a worker is made from: its targets share it. */
export const workerInput = "worker";

/**
 * What the workspace's named inputs mean in a project without a folder of its own: every one that
 * speaks of the project's files means what its worker is made from. So `targetDefaults` with
 * `production` and other projects' `^production` stay right; the files of a folder without any are
 * an error in Nx.
 */
export function namedInputsOf(
  inputs: Inputs,
  workspace: Readonly<Record<string, unknown>> = {},
): Record<string, Inputs> {
  const own = Object.keys(workspace).filter((name) =>
    JSON.stringify(workspace[name]).includes("{projectRoot}"),
  );
  const others = own.filter((name) => name !== "default").map((name) => [name, ["default"]]);
  return { default: inputs, ...Object.fromEntries(others) };
}
