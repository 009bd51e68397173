// Takes the projects of a source file, gives their targets: the one table of all that is inferred.
import { posix } from "node:path";
import type { TargetConfiguration } from "@nx/devkit";
import type { GraphBlock } from "./block";
import {
  type InputContext,
  outlineInputs,
  programInput,
  workerFilesets,
  workerInput,
} from "./inputs";
import type { BlockProject, FileProjects } from "./layout";
import type { TargetNames } from "./options";
import type { SourceFile } from "./outlines";
import { reportTarget } from "./report-target";

/**
 * What targets take is told by the schemas of their executors. In a thousand programs examples at
 * every target were a fifth of what goes between Nx's processes.
 */
type Targets = Record<string, TargetConfiguration>;

/** What every target builder needs beside its project. */
export interface TargetContext extends InputContext {
  readonly names: TargetNames;
}

/** The files of one worker, below the target's own output folder. */
function outputsOf({ main, configFile, target }: GraphBlock): string[] {
  const types = target === "cloudflare" ? [main.replace(/\.js$/, ".d.ts")] : [];
  // Configuration that is not beside the code is in the folder that the platform's tool takes.
  const config = configFile?.split("/")[0] ?? null;
  const files = [main, `${main}.map`, ...types, ...(config === null ? [] : [config])];
  return files.map((file) => `{options.outDir}/${file}`);
}

/** `secrets` of one worker, where it declares any. */
function secretsTarget(block: GraphBlock, file: SourceFile, names: TargetNames): Targets {
  if (block.target !== "cloudflare" || block.secrets.length === 0) return {};
  return {
    [names.secretsTargetName]: {
      executor: "nx-tova:secrets",
      cache: false,
      inputs: [workerInput],
      options: { file: file.path, block: block.name },
      metadata: { description: `Set the secrets of the deployed worker ${block.projectName}.` },
    },
  };
}

/** The builds whose configs name the databases of a file. */
function databaseBuilds({ blocks, unnamed }: FileProjects, build: string) {
  const named = blocks.filter(({ block }) => block.sql.length > 0);
  const own = unnamed !== null && unnamed.sql.length > 0 ? [build] : [];
  return named.length > 0 ? [buildsOf(named, build), ...own] : own;
}

/** Platforms whose workers have databases that `migrate` can reach. */
const migrated: ReadonlySet<string> = new Set(["cloudflare", "deno", "bun"]);

/** `provision` and `migrate` of a source file, where its workers use something to be made. */
function resourceTargets(projects: FileProjects, names: TargetNames): Targets {
  const inputs = [programInput];
  const { file } = projects;
  const { blocks } = file.outline;
  const provided = blocks.filter(({ target }) => target === "cloudflare");
  const kinds = ["kv", "sql", "storage", "produces", "consumes"] as const;
  const targets: Targets = {};
  if (provided.some((block) => kinds.some((kind) => block[kind].length > 0))) {
    targets[names.provisionTargetName] = {
      executor: "nx-tova:provision",
      cache: false,
      inputs,
      options: { file: file.path },
      metadata: { description: `Create missing stores and queues of ${file.path} on Cloudflare.` },
    };
  }
  if (blocks.some(({ target, sql }) => migrated.has(target) && sql.length > 0)) {
    targets[names.migrateTargetName] = {
      executor: "nx-tova:migrate",
      cache: false,
      dependsOn: databaseBuilds(projects, names.buildTargetName),
      inputs,
      options: { file: file.path, outDir: posix.join(file.folder, ".tova-out") },
      metadata: { description: `Apply migrations to the databases of ${file.path}.` },
    };
  }
  return targets;
}

/** `rollback` of one worker. */
function rollbackTarget(block: GraphBlock, file: SourceFile, names: TargetNames): Targets {
  if (block.target !== "cloudflare") return {};
  return {
    [names.rollbackTargetName]: {
      executor: "nx-tova:rollback",
      cache: false,
      // Without any Nx hashes the project's folder, which need not exist.
      inputs: [workerInput],
      options: { file: file.path, block: block.name },
      configurations: { "dry-run": { dryRun: true } },
      metadata: { description: `Let the version of ${block.projectName} answer that did before.` },
    },
  };
}

/** All builds of the file: Nx makes one batch of the deployments that can begin at the same time. */
function buildsBefore(project: string, { unnamed, blocks }: FileProjects, target: string) {
  const all = [
    ...(unnamed === null ? [] : [unnamed.projectName]),
    ...blocks.map(({ name }) => name),
  ];
  const others = all.filter((name) => name !== project);
  return [target, ...(others.length > 0 ? [{ projects: others, target }] : [])];
}

/** `build`, `deploy`, `rollback` and `secrets` of one worker. */
function workerTargets(
  project: string,
  block: GraphBlock,
  projects: FileProjects,
  { names }: TargetContext,
): Targets {
  const { file } = projects;
  const outDir = posix.join(file.folder, ".tova-out");
  const options = { file: file.path, block: block.name, outDir };
  const inputs = [workerInput];
  return {
    [names.buildTargetName]: {
      executor: "nx-tova:build",
      cache: true,
      inputs,
      outputs: outputsOf(block),
      // In the options too, and fresh: a manifest left behind by an edit gives no wrong cache hit.
      options: { ...options, ...(block.fingerprint && { fingerprint: block.fingerprint }) },
      syncGenerators: ["nx-tova:sync"],
      metadata: {
        description: `Compile the ${block.target} worker ${block.projectName} and its config.`,
      },
    },
    [names.deployTargetName]: {
      executor: "nx-tova:deploy",
      cache: false,
      dependsOn: buildsBefore(project, projects, names.buildTargetName),
      // Never cached, but `nx affected` selects targets by their inputs.
      inputs,
      options,
      configurations: { "dry-run": { dryRun: true }, preview: { preview: true } },
      metadata: { description: `Build, check and deploy the worker ${block.projectName}.` },
    },
    ...rollbackTarget(block, file, names),
    ...secretsTarget(block, file, names),
  };
}

/** `topology` of a source file: drawn from the program and its deploy file alone. */
function topologyTarget(file: SourceFile, context: TargetContext): Targets {
  const { names } = context;
  const { folder, path, stem } = file;
  return {
    [names.topologyTargetName]: {
      executor: "nx-tova:topology",
      cache: true,
      inputs: outlineInputs(file, context),
      outputs: ["svg", "mmd", "json"].map((type) => `{options.outDir}/topology.${type}`),
      options: { file: path, outDir: posix.join(folder, ".tova-out", stem) },
      metadata: { description: `Show and draw the system of ${path}.` },
    },
  };
}

/** What is of a source file as a whole. */
function fileTargets(projects: FileProjects, context: TargetContext): Targets {
  const { file } = projects;
  const { names } = context;
  const inputs = [programInput];
  return {
    [names.checkTargetName]: {
      executor: "nx-tova:check",
      cache: true,
      inputs,
      outputs: [],
      options: { file: file.path },
      metadata: { description: `Report the errors and warnings of ${file.path}.` },
    },
    [names.serveTargetName]: {
      executor: "nx-tova:serve",
      continuous: true,
      // The executor tells Nx when the workers answer; `waitFor: "ready"` of a test waits for it.
      readyWhen: { signal: true },
      cache: false,
      inputs,
      options: { file: file.path },
      metadata: { description: `Run all workers of ${file.path} together, rebuilding on save.` },
    },
    ...topologyTarget(file, context),
    ...resourceTargets(projects, names),
  };
}

/**
 * `build-all` of a file's own project. It is no `build`: Nx takes an edit of the file for an edit of
 * that project's configuration, and `nx affected -t build` would select it, with the builds of all
 * blocks behind it, whatever was edited (measured on Nx 24).
 */
function buildAll({ file, blocks, unnamed }: FileProjects, context: TargetContext): Targets {
  const { buildTargetName: build, buildAllTargetName: all } = context.names;
  const own = unnamed === null ? [] : [build];
  return {
    [all]: {
      executor: "nx:noop",
      dependsOn: [buildsOf(blocks, build), ...own],
      inputs: workerFilesets(file, file.outline.blocks, context),
      metadata: { description: `Build all workers of ${file.path}.` },
    },
  };
}

/** `build` of a file whose blocks cannot be told: it shows why. */
function buildNone({ file }: FileProjects, context: TargetContext): Targets {
  const build = context.names.buildTargetName;
  return {
    [build]: {
      executor: "nx-tova:build",
      inputs: [programInput],
      options: { file: file.path },
      metadata: { description: `Report why ${file.path} has no workers.` },
    },
  };
}

function buildsOf(blocks: readonly BlockProject[], target: string) {
  return { projects: blocks.map(({ name }) => name), target };
}

/** Targets of a block's project. */
export function blockTargets(
  { name, block }: BlockProject,
  projects: FileProjects,
  context: TargetContext,
): Targets {
  return workerTargets(name, block, projects, context);
}

/** Targets of the file's own project. */
export function parentTargets(projects: FileProjects, context: TargetContext): Targets {
  const { name, unnamed, blocks, problem } = projects;
  if (problem !== null) return problemTargets(problem, context.names);
  const isEmpty = unnamed === null && blocks.length === 0;
  return {
    ...(isEmpty ? buildNone(projects, context) : {}),
    ...(unnamed === null ? {} : workerTargets(name, unnamed, projects, context)),
    ...(blocks.length > 0 ? buildAll(projects, context) : {}),
    ...fileTargets(projects, context),
  };
}

/** Every target says the same. */
function problemTargets(message: string, names: TargetNames): Targets {
  return Object.fromEntries(Object.values(names).map((name) => [name, reportTarget(message)]));
}
