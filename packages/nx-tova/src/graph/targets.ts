// Takes the projects of a source file, gives their targets: the one table of all that is inferred.
import { posix } from "node:path";
import type { TargetConfiguration } from "@nx/devkit";
import type { GraphBlock } from "./block";
import { fingerprint } from "./file-state";
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
import { patternOf } from "./pattern";
import { reportTarget } from "./report-target";

/**
 * What targets take is told by the schemas of their executors. All that stands here goes between Nx's
 * processes again and again, so it is short: no example, no `cache: false`, which says what nothing
 * says, and no name in a description that is always shown beside its project.
 */
type Targets = Record<string, TargetConfiguration>;

/** The same object for all targets of a worker or a program that take the same. */
type Options = Readonly<Record<string, unknown>>;

const describe = (description: string) => ({ description });

// What targets have in common is made once: of a thousand programs the collector takes as long as all
// else. Nx copies what it changes of it.
const metadata = {
  build: describe("Compile the worker and its config."),
  deploy: describe("Build, check and deploy the worker."),
  rollback: describe("Let the version answer that did before."),
  secrets: describe("Set the secrets of the deployed worker."),
  buildAll: describe("Build all workers."),
  buildNone: describe("Report why there are no workers."),
  check: describe("Report errors and warnings."),
  serve: describe("Run all workers together, rebuilding on save."),
  topology: describe("Show and draw the system."),
  provision: describe("Create missing stores and queues on Cloudflare."),
  migrate: describe("Apply migrations to the databases."),
};
const ofWorker = [workerInput];
const ofProgram = [programInput];
const dryRun = { "dry-run": { dryRun: true } };
const dryRunOrPreview = { ...dryRun, preview: { preview: true } };
const syncGenerators = ["nx-tova:sync"];

/** What every target builder needs beside its project. */
export interface TargetContext extends InputContext {
  readonly names: TargetNames;
  /** State of an imported file, where Nx may not see it; else nothing. */
  readonly hiddenState: (path: string) => readonly string[];
}

/** Files below the target's own output folder; by patterns too where Nx would take their paths for such. */
function outputsIn(outDir: string, files: readonly string[]): string[] {
  const outputs = files.map((file) => `{options.outDir}/${file}`);
  const all = outDir + files.join("");
  if (patternOf(all) === all) return outputs;
  const patterns = files.map((file) => patternOf(posix.join(outDir, file)));
  return [...outputs, ...patterns.map((pattern) => `{workspaceRoot}/${pattern}`)];
}

/** The files of one worker. */
function filesOf({ main, configFile, target }: GraphBlock): string[] {
  const types = target === "cloudflare" ? [main.replace(/\.js$/, ".d.ts")] : [];
  // Configuration that is not beside the code is in the folder that the platform's tool takes.
  const config = configFile?.split("/")[0] ?? null;
  return [main, `${main}.map`, ...types, ...(config === null ? [] : [config])];
}

/** `secrets` of one worker. */
const secretsTarget = (options: Options): TargetConfiguration => ({
  executor: "nx-tova:secrets",
  inputs: ofWorker,
  options,
  metadata: metadata.secrets,
});

/** The builds whose configs name the databases of a file. */
function databaseBuilds({ blocks, unnamed }: FileProjects, build: string) {
  const named = blocks.filter(({ block }) => block.sql.length > 0);
  const own = unnamed !== null && unnamed.sql.length > 0 ? [build] : [];
  return named.length > 0 ? [buildsOf(named, build), ...own] : own;
}

/** Platforms whose workers have databases that `migrate` can reach. */
const migrated: ReadonlySet<string> = new Set(["cloudflare", "deno", "bun"]);

/** `provision` of a source file. */
const provisionTarget = (options: Options): TargetConfiguration => ({
  executor: "nx-tova:provision",
  inputs: ofProgram,
  options,
  metadata: metadata.provision,
});

/** `migrate` of a source file. */
const migrateTarget = (
  projects: FileProjects,
  options: Options,
  names: TargetNames,
): TargetConfiguration => ({
  executor: "nx-tova:migrate",
  dependsOn: databaseBuilds(projects, names.buildTargetName),
  inputs: ofProgram,
  options,
  metadata: metadata.migrate,
});

/** What is to be made for a worker outside of it. */
const provided = ["kv", "sql", "storage", "produces", "consumes"] as const;

const needsResources = (block: GraphBlock): boolean =>
  block.target === "cloudflare" && provided.some((kind) => block[kind].length > 0);

const hasMigrations = ({ target, sql }: GraphBlock): boolean =>
  migrated.has(target) && sql.length > 0;

/** `rollback` of one worker. */
const rollbackTarget = (options: Options): TargetConfiguration => ({
  executor: "nx-tova:rollback",
  // Without any Nx hashes the project's folder, which need not exist.
  inputs: ofWorker,
  options,
  configurations: dryRun,
  metadata: metadata.rollback,
});

/** All builds of the file: Nx makes one batch of the deployments that can begin at the same time. */
function buildsBefore(project: string, { unnamed, blocks }: FileProjects, target: string) {
  const others: string[] = [];
  if (unnamed !== null && unnamed.projectName !== project) others.push(unnamed.projectName);
  for (const { name } of blocks) if (name !== project) others.push(name);
  return others.length > 0 ? [target, { projects: others, target }] : [target];
}

/** `build` of one worker. */
function buildTarget(block: GraphBlock, { path, folder }: SourceFile): TargetConfiguration {
  const outDir = posix.join(folder, ".tova-out");
  const options = { file: path, block: block.name, outDir };
  return {
    executor: "nx-tova:build",
    cache: true,
    inputs: ofWorker,
    outputs: outputsIn(outDir, filesOf(block)),
    // In the options too, and fresh: a manifest left behind by an edit gives no wrong cache hit.
    options: block.fingerprint === null ? options : { ...options, fingerprint: block.fingerprint },
    syncGenerators,
    metadata: metadata.build,
  };
}

/** `build`, `deploy`, `rollback` and `secrets` of one worker. */
function workerTargets(
  project: string,
  block: GraphBlock,
  projects: FileProjects,
  { names }: TargetContext,
): Targets {
  const { file } = projects;
  const options: Options = { file: file.path, block: block.name };
  const targets: Targets = {
    [names.buildTargetName]: buildTarget(block, file),
    [names.deployTargetName]: {
      executor: "nx-tova:deploy",
      dependsOn: buildsBefore(project, projects, names.buildTargetName),
      // Never cached, but `nx affected` selects targets by their inputs.
      inputs: ofWorker,
      options,
      configurations: dryRunOrPreview,
      metadata: metadata.deploy,
    },
  };
  if (block.target !== "cloudflare") return targets;
  targets[names.rollbackTargetName] = rollbackTarget(options);
  if (block.secrets.length > 0) targets[names.secretsTargetName] = secretsTarget(options);
  return targets;
}

/** `topology` of a source file: drawn from the program and its deploy file alone. */
function topologyTarget(file: SourceFile, context: TargetContext): TargetConfiguration {
  const { folder, path, stem } = file;
  const outDir = posix.join(folder, ".tova-out", stem);
  return {
    executor: "nx-tova:topology",
    cache: true,
    inputs: outlineInputs(file, context),
    outputs: outputsIn(outDir, ["topology.svg", "topology.mmd", "topology.json"]),
    options: { file: path, outDir },
    metadata: metadata.topology,
  };
}

/**
 * What a bundle has of packages and what is imported of files that Git or Nx ignores is no input in Nx:
 * a check that comes from its cache must be of the same.
 */
function checkOptions(file: SourceFile, { findImported, hiddenState }: TargetContext) {
  const { path, outline } = file;
  const { blocks, bundle } = outline;
  const isBundled = bundle !== null && bundle.files.length > 0;
  const all = blocks.map((block) => block.fingerprint);
  const hidden = findImported(file).files.flatMap(hiddenState);
  // Those say nothing of what they import themselves. Without fingerprints, behind what no input tells of,
  // it is never the check of a program that builds.
  const isMore = isBundled || hidden.length > 0 || all.includes(null);
  const states = isMore ? [...all, ...hidden] : [];
  return states.length === 0 ? { file: path } : { file: path, fingerprint: fingerprint(states) };
}

/** What is of a source file as a whole. */
function fileTargets(projects: FileProjects, context: TargetContext): Targets {
  const { file } = projects;
  const { names } = context;
  const { blocks } = file.outline;
  const options: Options = { file: file.path };
  const targets: Targets = {
    [names.checkTargetName]: {
      executor: "nx-tova:check",
      cache: true,
      inputs: ofProgram,
      outputs: [],
      options: checkOptions(file, context),
      metadata: metadata.check,
    },
    [names.serveTargetName]: {
      executor: "nx-tova:serve",
      continuous: true,
      // The executor tells Nx when the workers answer; `waitFor: "ready"` of a test waits for it.
      readyWhen: { signal: true },
      inputs: ofProgram,
      options,
      metadata: metadata.serve,
    },
    [names.topologyTargetName]: topologyTarget(file, context),
  };
  if (blocks.some(needsResources)) targets[names.provisionTargetName] = provisionTarget(options);
  if (blocks.some(hasMigrations)) {
    targets[names.migrateTargetName] = migrateTarget(projects, options, names);
  }
  return targets;
}

/**
 * `build-all` of a file's own project. It is no `build`: Nx takes an edit of the file for an edit of
 * that project's configuration, and `nx affected -t build` would select it, with the builds of all
 * blocks behind it, whatever was edited (measured on Nx 24).
 */
function buildAllTarget(
  { file, blocks, unnamed }: FileProjects,
  context: TargetContext,
): TargetConfiguration {
  const build = context.names.buildTargetName;
  const own = unnamed === null ? [] : [build];
  return {
    executor: "nx:noop",
    dependsOn: [buildsOf(blocks, build), ...own],
    inputs: workerFilesets(file, file.outline.blocks, context),
    metadata: metadata.buildAll,
  };
}

/** `build` of a file whose blocks cannot be told: it shows why. */
const buildNoneTarget = ({ file }: FileProjects): TargetConfiguration => ({
  executor: "nx-tova:build",
  inputs: ofProgram,
  options: { file: file.path },
  metadata: metadata.buildNone,
});

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
  const { names } = context;
  if (problem !== null) return problemTargets(problem, names);
  const targets = unnamed === null ? {} : workerTargets(name, unnamed, projects, context);
  if (blocks.length > 0) targets[names.buildAllTargetName] = buildAllTarget(projects, context);
  else if (unnamed === null) targets[names.buildTargetName] = buildNoneTarget(projects);
  return Object.assign(targets, fileTargets(projects, context));
}

/** Every target says the same. */
function problemTargets(message: string, names: TargetNames): Targets {
  return Object.fromEntries(Object.values(names).map((name) => [name, reportTarget(message)]));
}
