// Takes the paths of all `.tova` files of a workspace, gives Nx a project for each file and block.
import type {
  CreateNodes,
  CreateNodesContext,
  CreateNodesResult,
  ProjectConfiguration,
} from "@nx/devkit";
import { selectsByInputs } from "./affected";
import { type GraphBlock, present, type Store, type StoreKind } from "./block";
import { openCompilerInputs } from "./compiler-origin";
import { findConflicts, withConflicts } from "./conflicts";
import { readExistingProjects } from "./existing";
import { openFileStates } from "./file-state";
import { openImports } from "./imports";
import {
  inputsOf,
  namedInputsOf,
  programInput,
  workerFilesets,
  workerInput,
  workerInputs,
} from "./inputs";
import { type BlockProject, type FileProjects, layOut, workersOf } from "./layout";
import { normalizeOptions, type TovaPluginOptions } from "./options";
import { readSourceFiles, type SourceFile } from "./outlines";
import { openPackages } from "./packages";
import { findShared, type SharedStores } from "./sharing";
import { createTable } from "./table";
import { blockTargets, parentTargets, type TargetContext } from "./targets";
import { warn } from "./warnings";

/** What the projects of all files have in common. */
interface InferContext extends TargetContext {
  /** Of nx.json. */
  readonly namedInputs: Readonly<Record<string, unknown>>;
  readonly shared: ReadonlyMap<string, SharedStores>;
}

/** What `metadata.tova` of a project holds: read by `createDependencies` and by people. */
export interface TovaMetadata {
  /** The source file, from the workspace's root. */
  readonly file: string;
  /** The block's name, null for the unnamed one; absent on a project that is no worker. */
  readonly block?: string | null;
  /** Deployed names of the queues the worker sends to. */
  readonly produces?: readonly string[];
  /** Deployed names of the queues the worker receives from. */
  readonly consumes?: readonly string[];
  /** Deployed names of the queues that messages end in which the worker has failed to take. */
  readonly deadLetters?: readonly string[];
  /** The account of the deploy file; absent where it names none. */
  readonly account?: string;
  /** Its stores by kind: their ids, and names in the program where the deploy file gives no id. */
  readonly stores?: { readonly [kind in StoreKind]?: readonly string[] };
  /** Stores that other workers use too, of this file or another. */
  readonly shared?: SharedStores;
  readonly crons?: readonly string[];
  /** Files that it imports, directly and through others, from the workspace's root. */
  readonly imports?: readonly string[];
  /** Names of the file's projects that are blocks; on the file's own project only. */
  readonly blocks?: readonly string[];
}

const idsOf = (stores: readonly Store[]) => stores.map(({ id, binding }) => id ?? binding);

function workerMetadata(
  file: SourceFile,
  block: GraphBlock,
  { findImported, shared }: InferContext,
): TovaMetadata {
  const { produces, consumes, deadLetters, accountId, kv, sql, storage, crons } = block;
  const { name, projectName } = block;
  const known = {
    imports: findImported(file, name).files,
    ...{ produces, consumes, deadLetters, account: accountId },
    stores: present({ kv: idsOf(kv), sql: idsOf(sql), storage: idsOf(storage) }),
    shared: shared.get(projectName) ?? null,
    crons,
  };
  return { file: file.path, block: name, ...present(known) };
}

function blockProject(
  project: BlockProject,
  projects: FileProjects,
  context: InferContext,
): ProjectConfiguration {
  const { file } = projects;
  const { block } = project;
  return {
    name: project.name,
    root: project.root,
    sourceRoot: file.folder,
    projectType: "application",
    namedInputs: {
      [workerInput]: workerInputs(file, block, context),
      ...namedInputsOf([workerInput], context.namedInputs),
    },
    targets: blockTargets(project, projects, context),
    metadata: {
      description: `Edge block "${block.name}" of ${file.path}.`,
      technologies: ["tova", block.target],
      tova: workerMetadata(file, block, context),
    },
  };
}

/** A project that owns its folder has the workspace's named inputs beside those of the program. */
function parentInputs({ file, root, unnamed }: FileProjects, context: InferContext) {
  const worker = unnamed === null ? {} : { [workerInput]: workerInputs(file, unnamed, context) };
  const own = { [programInput]: inputsOf(file, context), ...worker };
  if (root === file.folder) return own;
  const all = workerFilesets(file, file.outline.blocks, context);
  return { ...own, ...namedInputsOf(all, context.namedInputs) };
}

function parentProject(projects: FileProjects, context: InferContext): ProjectConfiguration {
  const { file, name, root, unnamed, blocks, problem } = projects;
  const imported = context.findImported(file);
  const platforms = new Set(file.outline.blocks.map(({ target }) => target));
  return {
    name,
    root,
    sourceRoot: file.folder,
    projectType: "application",
    ...(problem === null ? { namedInputs: parentInputs(projects, context) } : {}),
    targets: parentTargets(projects, context),
    metadata: {
      description: problem ?? `Edge program ${file.path}.`,
      technologies: ["tova", ...platforms],
      tova: {
        ...(unnamed === null ? { file: file.path } : workerMetadata(file, unnamed, context)),
        ...(imported.files.length > 0 ? { imports: imported.files } : {}),
        blocks: blocks.map((block) => block.name),
      },
    },
  };
}

function nodesOf(projects: FileProjects, context: InferContext): CreateNodesResult {
  const parent = parentProject(projects, context);
  const nodes = createTable<ProjectConfiguration>();
  nodes[parent.root] = parent;
  for (const block of projects.blocks) nodes[block.root] = blockProject(block, projects, context);
  return { projects: nodes };
}

/** Folders named as programs are, of which Nx tells only the files in them. */
function describeFolders(paths: readonly string[]): string[] {
  const folders = paths.flatMap((path) => /^(?:.*?\/)?[^/]+\.tova(?=\/)/.exec(path) ?? []);
  return [...new Set(folders)].map(
    (folder) => `${folder} is a folder, and a program is a file. Rename the folder.`,
  );
}

/** Nx tells of Tova files whether it sees them; JSON may be ignored, as what is generated often is. */
function openHiddenStates(paths: readonly string[], workspaceRoot: string) {
  const seen = new Set(paths);
  const states = openFileStates(workspaceRoot);
  return (path: string): readonly string[] =>
    /\.(tova|json)$/.test(path) && !path.includes("*") && !seen.has(path)
      ? [states.current(path)]
      : [];
}

/**
 * Infers the projects of all `.tova` files among the paths, each with the path of its source. Never
 * throws: what is wrong with one file or option is one warning, and the graph of the others stays.
 */
async function inferProjects(
  paths: readonly string[],
  options: unknown,
  { workspaceRoot, nxJsonConfiguration }: CreateNodesContext,
): Promise<[path: string, nodes: CreateNodesResult][]> {
  const { names, problems: wrongOptions } = normalizeOptions(options);
  const sources = paths.filter((path) => path.endsWith(".tova"));
  const { files, problems: unreadable } = await readSourceFiles(sources, workspaceRoot);
  const manifests = sources.length > 0 ? paths.filter((path) => path.endsWith(".json")) : [];
  const existing = await readExistingProjects(manifests, workspaceRoot);
  const { laidOut, problems: clashes } = layOut(files, existing);
  const workers = workersOf(laidOut);
  const conflicts = findConflicts(workers, workspaceRoot);
  const problems = [
    ...describeFolders(paths),
    ...unreadable,
    ...clashes,
    ...conflicts.map(({ message }) => message),
  ];
  const messages = [
    ...wrongOptions.map((problem) => `nx.json, plugin nx-tova/plugin: ${problem}`),
    ...problems.map((problem) => `nx-tova: ${problem}`),
  ];
  await warn(messages, workspaceRoot);
  const namedInputs = nxJsonConfiguration.namedInputs ?? {};
  const packages = openPackages(workspaceRoot);
  const findImported = openImports(files, workspaceRoot, packages);
  const shared = findShared(workers);
  const compilerInputs = openCompilerInputs(packages.isLocked);
  const usesManifests = selectsByInputs(nxJsonConfiguration);
  const hiddenState = openHiddenStates(paths, workspaceRoot);
  const found = { findImported, hiddenState, shared };
  const context = { names, compilerInputs, usesManifests, namedInputs, ...found };
  return laidOut.map((projects) => {
    const nodes = withConflicts(nodesOf(projects, context), conflicts, names);
    return [projects.file.path, nodes];
  });
}

/**
 * Nx calls this with every such file that is not ignored, output folders excepted. Those of other
 * projects only tell which names are taken.
 */
export const createNodes: CreateNodes<TovaPluginOptions> = [
  "**/{*.tova,*.tova/**,project.json,package.json}",
  (paths, options, context) => inferProjects(paths, options, context),
];
