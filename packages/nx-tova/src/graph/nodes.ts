// Takes the paths of all `.tova` files of a workspace, gives Nx a project for each file and block.
import {
  type CreateNodes,
  type CreateNodesContext,
  type CreateNodesResult,
  logger,
  type ProjectConfiguration,
} from "@nx/devkit";
import { compilerOrigin } from "./compiler-origin";
import { openImports } from "./imports";
import { type BlockProject, type FileProjects, layOut } from "./layout";
import { type ManifestBlock, manifestBlock } from "./manifest";
import { normalizeOptions, type TovaPluginOptions } from "./options";
import { type GraphBlock, readSourceFiles, type SourceFile } from "./outlines";
import {
  blockTargets,
  namedInputsOf,
  parentTargets,
  type TargetContext,
  workerFilesets,
} from "./targets";

/** What the projects of all files have in common. */
interface InferContext extends TargetContext {
  /** Of nx.json. */
  readonly namedInputs: Readonly<Record<string, unknown>>;
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
  /** Ids of its stores, by kind; a store of one id is shared. */
  readonly stores?: { readonly [kind in "kv" | "sql" | "storage"]: readonly string[] };
  readonly crons?: readonly string[];
  /** What the file's manifest is to say of the block; absent in a program with errors. */
  readonly manifest?: ManifestBlock;
  /** Files that it imports, directly and through others, from the workspace's root. */
  readonly imports?: readonly string[];
  /** Names of the file's projects that are blocks; on the file's own project only. */
  readonly blocks?: readonly string[];
}

function workerMetadata(
  file: SourceFile,
  block: GraphBlock,
  { findImported }: InferContext,
): TovaMetadata {
  const ids = (resources: readonly { id: string }[]) => resources.map(({ id }) => id);
  const { files } = findImported(file, block.name);
  const manifest = manifestBlock(block, file);
  return {
    file: file.path,
    ...(files.length > 0 ? { imports: files } : {}),
    block: block.name,
    produces: ids(block.produces),
    consumes: block.consumes.map(({ queue }) => queue),
    stores: { kv: ids(block.kv), sql: ids(block.sql), storage: ids(block.storage) },
    crons: block.crons,
    ...(manifest === null ? {} : { manifest }),
  };
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
    namedInputs: namedInputsOf(
      workerFilesets(file, [block], context.findImported(file, block.name)),
      context.namedInputs,
    ),
    targets: blockTargets(project, projects, context),
    metadata: {
      description: `Edge block "${block.name}" of ${file.path}.`,
      technologies: ["tova", block.target],
      tova: workerMetadata(file, block, context),
    },
  };
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
    ...(root === file.folder
      ? {}
      : {
          namedInputs: namedInputsOf(
            workerFilesets(file, file.outline.blocks, imported),
            context.namedInputs,
          ),
        }),
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
  const all = [
    parentProject(projects, context),
    ...projects.blocks.map((block) => blockProject(block, projects, context)),
  ];
  return { projects: Object.fromEntries(all.map((project) => [project.root, project])) };
}

/**
 * Infers the projects of all files, each with the path of its source. Never throws: what is wrong
 * with one file or option is one warning, and the graph of the others stays.
 */
export async function inferProjects(
  paths: readonly string[],
  options: unknown,
  { workspaceRoot, nxJsonConfiguration }: CreateNodesContext,
): Promise<[path: string, nodes: CreateNodesResult][]> {
  const { names, problems: wrongOptions } = normalizeOptions(options);
  const { files, problems: unreadable } = await readSourceFiles(paths, workspaceRoot);
  const { laidOut, problems: clashes } = layOut(files);
  for (const problem of wrongOptions) logger.warn(`nx.json, plugin nx-tova/plugin: ${problem}`);
  for (const problem of [...unreadable, ...clashes]) logger.warn(`nx-tova: ${problem}`);
  const namedInputs = nxJsonConfiguration.namedInputs ?? {};
  const findImported = openImports(files, workspaceRoot);
  const context = { names, origin: compilerOrigin(), findImported, namedInputs };
  return laidOut.map((projects) => [projects.file.path, nodesOf(projects, context)]);
}

/** Nx calls this with every `.tova` file that is not ignored, output folders excepted. */
export const createNodes: CreateNodes<TovaPluginOptions> = [
  "**/*.tova",
  (paths, options, context) => inferProjects(paths, options, context),
];
