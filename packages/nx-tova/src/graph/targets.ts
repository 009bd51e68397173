// Takes the projects of a source file, gives their targets: the one table of all that is inferred.
import { posix } from "node:path";
import type { TargetConfiguration } from "@nx/devkit";
import { type CompilerOrigin, compilerInputs } from "./compiler-origin";
import type { FindImported, Imported } from "./imports";
import type { BlockProject, FileProjects } from "./layout";
import { manifestField, manifestKey, manifestPath } from "./manifest";
import type { TargetNames } from "./options";
import { deployFileName, type GraphBlock, type SourceFile } from "./outlines";
import { reportTarget } from "./report-target";

type Targets = Record<string, TargetConfiguration>;

/** What every target builder needs beside its project. */
export interface TargetContext {
  readonly names: TargetNames;
  readonly origin: CompilerOrigin;
  readonly findImported: FindImported;
}

const fileset = (folder: string, path: string): string =>
  `{workspaceRoot}/${posix.join(folder, path)}`;

type Inputs = NonNullable<TargetConfiguration["inputs"]>;

/** The files a worker is made from. */
function filesetsOf({ folder, path, stem }: SourceFile, { files }: Imported): string[] {
  return [
    fileset(".", path),
    ...files.map((file) => fileset(".", file)),
    fileset(folder, deployFileName(stem)),
    // The folder's existence decides over `migrations_dir`.
    fileset(folder, "migrations/**/*"),
  ];
}

/** All that a program is made from. Nothing of Nx's `default` input: a README changes no worker. */
const inputsOf = (
  file: SourceFile,
  { origin, findImported }: TargetContext,
  block?: string | null,
): Inputs => {
  const imported = findImported(file, block);
  return [...filesetsOf(file, imported), ...compilerInputs(origin, imported.packages)];
};

/** Blocks whose place in the manifest says all about their workers. */
function inManifest(file: SourceFile, blocks: readonly GraphBlock[]): boolean {
  const stands = ({ name, fingerprint }: GraphBlock) =>
    fingerprint !== null && file.manifest.includes(manifestKey(name));
  return blocks.length > 0 && blocks.every(stands);
}

/**
 * What workers are made from: their places in the manifest, so that Nx selects them by exactly what
 * changes them, and the files where there is no such place.
 */
export function workerFilesets(
  file: SourceFile,
  blocks: readonly GraphBlock[],
  imported: Imported,
): Inputs {
  if (!inManifest(file, blocks)) return filesetsOf(file, imported);
  const fields = blocks.map(({ name }) => manifestField(name));
  return [{ json: fileset(".", manifestPath(file.path)), fields }];
}

/** Inputs of a worker's targets. */
function workerInputs(file: SourceFile, block: GraphBlock, context: TargetContext): Inputs {
  const imported = context.findImported(file, block.name);
  return [
    ...workerFilesets(file, [block], imported),
    ...compilerInputs(context.origin, imported.packages),
  ];
}

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
  const names = ["default", ...own.filter((name) => name !== "default")];
  return Object.fromEntries(names.map((name) => [name, inputs]));
}

/** The files of one worker, below the target's own output folder. */
function outputsOf({ main, configFile }: GraphBlock): string[] {
  const files = [main, `${main}.map`, ...(configFile === null ? [] : [configFile])];
  return files.map((file) => `{options.outDir}/${file}`);
}

function describe(
  description: string,
  { command, options }: { command: string; options: Record<string, unknown> },
): NonNullable<TargetConfiguration["metadata"]> {
  return { technologies: ["tova"], description, help: { command, example: { options } } };
}

/** `secrets` of one worker, where it declares any. */
function secretsTarget(
  project: string,
  block: GraphBlock,
  file: SourceFile,
  context: TargetContext,
): Targets {
  const { names } = context;
  if (block.target !== "cloudflare" || block.secrets.length === 0) return {};
  return {
    [names.secretsTargetName]: {
      executor: "nx-tova:secrets",
      cache: false,
      inputs: workerInputs(file, block, context),
      options: { file: file.path, block: block.name },
      metadata: describe(`Set the secrets of the deployed worker ${block.projectName}.`, {
        command: `npx nx ${names.secretsTargetName} ${project}`,
        options: { env: "staging", from: ".env.staging" },
      }),
    },
  };
}

/** `provision` and `migrate` of a source file, where its workers use something to be made. */
function resourceTargets(project: string, file: SourceFile, context: TargetContext): Targets {
  const { names } = context;
  const blocks = file.outline.blocks.filter(({ target }) => target === "cloudflare");
  const has = (...kinds: ("kv" | "sql" | "storage" | "produces" | "consumes")[]) =>
    blocks.some((block) => kinds.some((kind) => block[kind].length > 0));
  const inputs = inputsOf(file, context);
  const targets: Targets = {};
  if (has("kv", "sql", "storage", "produces", "consumes")) {
    targets[names.provisionTargetName] = {
      executor: "nx-tova:provision",
      cache: false,
      inputs,
      options: { file: file.path },
      metadata: describe(`Create missing stores and queues of ${file.path} on Cloudflare.`, {
        command: `npx nx ${names.provisionTargetName} ${project}`,
        options: { env: "staging", dryRun: true },
      }),
    };
  }
  if (has("sql")) {
    targets[names.migrateTargetName] = {
      executor: "nx-tova:migrate",
      cache: false,
      dependsOn: [names.buildTargetName],
      inputs,
      options: { file: file.path, outDir: posix.join(file.folder, ".tova-out") },
      metadata: describe(`Apply migrations to the databases of ${file.path}.`, {
        command: `npx nx ${names.migrateTargetName} ${project}`,
        options: { local: true },
      }),
    };
  }
  return targets;
}

/** `build`, `deploy` and `secrets` of one worker. */
function workerTargets(
  project: string,
  block: GraphBlock,
  file: SourceFile,
  context: TargetContext,
): Targets {
  const { names } = context;
  const outDir = posix.join(file.folder, ".tova-out");
  const options = { file: file.path, block: block.name, outDir };
  const inputs = workerInputs(file, block, context);
  return {
    [names.buildTargetName]: {
      executor: "nx-tova:build",
      cache: true,
      inputs,
      outputs: outputsOf(block),
      // In the options too, and fresh: a manifest left behind by an edit gives no wrong cache hit.
      options: { ...options, ...(block.fingerprint && { fingerprint: block.fingerprint }) },
      syncGenerators: ["nx-tova:sync"],
      metadata: describe(
        `Compile the ${block.target} worker ${block.projectName} and its config.`,
        {
          command: `npx nx ${names.buildTargetName} ${project}`,
          options: { outDir: posix.join("dist", project) },
        },
      ),
    },
    [names.deployTargetName]: {
      executor: "nx-tova:deploy",
      cache: false,
      dependsOn: [names.buildTargetName],
      // Never cached, but `nx affected` selects targets by their inputs.
      inputs,
      options,
      metadata: describe(`Build, check and deploy the worker ${block.projectName}.`, {
        command: `npx nx ${names.deployTargetName} ${project}`,
        options: { env: "staging", dryRun: true },
      }),
    },
    ...secretsTarget(project, block, file, context),
  };
}

/** `topology` of a source file: drawn from the program and its deploy file alone. */
function topologyTarget(project: string, file: SourceFile, context: TargetContext): Targets {
  const { names, origin } = context;
  const { folder, path, stem } = file;
  return {
    [names.topologyTargetName]: {
      executor: "nx-tova:topology",
      cache: true,
      inputs: [
        fileset(".", path),
        fileset(folder, deployFileName(stem)),
        ...compilerInputs(origin, []),
      ],
      outputs: ["svg", "mmd", "json"].map((type) => `{options.outDir}/topology.${type}`),
      options: { file: path, outDir: posix.join(folder, ".tova-out", stem) },
      metadata: describe(`Show and draw the system of ${path}.`, {
        command: `npx nx ${names.topologyTargetName} ${project}`,
        options: { outDir: posix.join(folder, "docs") },
      }),
    },
  };
}

/** What is of a source file as a whole. */
function fileTargets(project: string, file: SourceFile, context: TargetContext): Targets {
  const { names } = context;
  const inputs = inputsOf(file, context);
  return {
    [names.checkTargetName]: {
      executor: "nx-tova:check",
      cache: true,
      inputs,
      outputs: [],
      options: { file: file.path },
      metadata: describe(`Report the errors and warnings of ${file.path}.`, {
        command: `npx nx ${names.checkTargetName} ${project}`,
        options: {},
      }),
    },
    [names.serveTargetName]: {
      executor: "nx-tova:serve",
      continuous: true,
      // The executor tells Nx when the workers answer; `waitFor: "ready"` of a test waits for it.
      readyWhen: { signal: true },
      cache: false,
      inputs,
      options: { file: file.path },
      metadata: describe(`Run all workers of ${file.path} together, rebuilding on save.`, {
        command: `npx nx ${names.serveTargetName} ${project}`,
        options: { port: 8787 },
      }),
    },
    ...topologyTarget(project, file, context),
    ...resourceTargets(project, file, context),
  };
}

/** `build` of the file's own project: builds all its blocks, or reports why it has none. */
function buildAll(projects: FileProjects, context: TargetContext): Targets {
  const { file, blocks, name } = projects;
  const build = context.names.buildTargetName;
  const inputs = workerFilesets(file, file.outline.blocks, context.findImported(file));
  const metadata = describe(`Build all workers of ${file.path}.`, {
    command: `npx nx ${build} ${name}`,
    options: {},
  });
  if (blocks.length > 0) {
    return {
      [build]: { executor: "nx:noop", dependsOn: [buildsOf(blocks, build)], inputs, metadata },
    };
  }
  return {
    [build]: { executor: "nx-tova:build", inputs, options: { file: file.path }, metadata },
  };
}

function buildsOf(blocks: readonly BlockProject[], target: string) {
  return { projects: blocks.map(({ name }) => name), target };
}

/** Targets of a block's project. */
export function blockTargets(
  { name, block }: BlockProject,
  { file }: FileProjects,
  context: TargetContext,
): Targets {
  return workerTargets(name, block, file, context);
}

/** Targets of the file's own project. */
export function parentTargets(projects: FileProjects, context: TargetContext): Targets {
  const { file, name, unnamed, blocks, problem } = projects;
  if (problem !== null) return problemTargets(problem, context.names);
  const shared = fileTargets(name, file, context);
  if (unnamed === null) return { ...buildAll(projects, context), ...shared };
  const own = workerTargets(name, unnamed, file, context);
  const build = context.names.buildTargetName;
  if (blocks.length > 0) {
    own[build] = { ...own[build], dependsOn: [buildsOf(blocks, build)] };
  }
  return { ...own, ...shared };
}

/** Every target says the same. */
function problemTargets(message: string, names: TargetNames): Targets {
  return Object.fromEntries(Object.values(names).map((name) => [name, reportTarget(message)]));
}
