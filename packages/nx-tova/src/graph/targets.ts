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

const technologies = ["tova"];

function describe(
  description: string,
  { command, options }: { command: string; options: Record<string, unknown> },
): NonNullable<TargetConfiguration["metadata"]> {
  return { technologies, description, help: { command, example: { options } } };
}

/** `secrets` of one worker, where it declares any. */
function secretsTarget(
  project: string,
  block: GraphBlock,
  file: SourceFile,
  names: TargetNames,
): Targets {
  if (block.target !== "cloudflare" || block.secrets.length === 0) return {};
  return {
    [names.secretsTargetName]: {
      executor: "nx-tova:secrets",
      cache: false,
      inputs: [workerInput],
      options: { file: file.path, block: block.name },
      metadata: describe(`Set the secrets of the deployed worker ${block.projectName}.`, {
        command: `npx nx ${names.secretsTargetName} ${project}`,
        options: { env: "staging", from: ".env.staging" },
      }),
    },
  };
}

/** The builds whose configs name the databases of a file. */
function databaseBuilds({ blocks, unnamed }: FileProjects, build: string) {
  const named = blocks.filter(({ block }) => block.sql.length > 0);
  const own = unnamed !== null && unnamed.sql.length > 0 ? [build] : [];
  return named.length > 0 ? [buildsOf(named, build), ...own] : own;
}

/** `provision` and `migrate` of a source file, where its workers use something to be made. */
function resourceTargets(projects: FileProjects, names: TargetNames): Targets {
  const inputs = [programInput];
  const { file, name: project } = projects;
  const blocks = file.outline.blocks.filter(({ target }) => target === "cloudflare");
  const has = (...kinds: ("kv" | "sql" | "storage" | "produces" | "consumes")[]) =>
    blocks.some((block) => kinds.some((kind) => block[kind].length > 0));
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
      dependsOn: databaseBuilds(projects, names.buildTargetName),
      inputs,
      options: { file: file.path, outDir: posix.join(file.folder, ".tova-out") },
      metadata: describe(`Apply migrations to the databases of ${file.path}.`, {
        // `nx migrate` is a command of Nx itself.
        command: `npx nx run ${project}:${names.migrateTargetName}`,
        options: { local: true },
      }),
    };
  }
  return targets;
}

/** `rollback` of one worker. */
function rollbackTarget(
  project: string,
  block: GraphBlock,
  file: SourceFile,
  names: TargetNames,
): Targets {
  if (block.target !== "cloudflare") return {};
  return {
    [names.rollbackTargetName]: {
      executor: "nx-tova:rollback",
      cache: false,
      // Without any Nx hashes the project's folder, which need not exist.
      inputs: [workerInput],
      options: { file: file.path, block: block.name },
      configurations: { "dry-run": { dryRun: true } },
      metadata: describe(`Let the version of ${block.projectName} answer that did before.`, {
        command: `npx nx ${names.rollbackTargetName} ${project}`,
        options: { env: "staging", dryRun: true },
      }),
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
      dependsOn: buildsBefore(project, projects, names.buildTargetName),
      // Never cached, but `nx affected` selects targets by their inputs.
      inputs,
      options,
      configurations: { "dry-run": { dryRun: true }, preview: { preview: true } },
      metadata: describe(`Build, check and deploy the worker ${block.projectName}.`, {
        command: `npx nx ${names.deployTargetName} ${project}`,
        options: { env: "staging", dryRun: true },
      }),
    },
    ...rollbackTarget(project, block, file, names),
    ...secretsTarget(project, block, file, names),
  };
}

/** `topology` of a source file: drawn from the program and its deploy file alone. */
function topologyTarget(project: string, file: SourceFile, context: TargetContext): Targets {
  const { names } = context;
  const { folder, path, stem } = file;
  return {
    [names.topologyTargetName]: {
      executor: "nx-tova:topology",
      cache: true,
      inputs: outlineInputs(file, context),
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
function fileTargets(projects: FileProjects, context: TargetContext): Targets {
  const { file, name: project } = projects;
  const { names } = context;
  const inputs = [programInput];
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
    ...resourceTargets(projects, names),
  };
}

/**
 * `build-all` of a file's own project. It is no `build`: Nx takes an edit of the file for an edit of
 * that project's configuration, and `nx affected -t build` would select it, with the builds of all
 * blocks behind it, whatever was edited (measured on Nx 24).
 */
function buildAll({ file, blocks, name, unnamed }: FileProjects, context: TargetContext): Targets {
  const { buildTargetName: build, buildAllTargetName: all } = context.names;
  const own = unnamed === null ? [] : [build];
  return {
    [all]: {
      executor: "nx:noop",
      dependsOn: [buildsOf(blocks, build), ...own],
      inputs: workerFilesets(file, file.outline.blocks, context),
      metadata: describe(`Build all workers of ${file.path}.`, {
        command: `npx nx ${all} ${name}`,
        options: {},
      }),
    },
  };
}

/** `build` of a file whose blocks cannot be told: it shows why. */
function buildNone({ file, name }: FileProjects, context: TargetContext): Targets {
  const build = context.names.buildTargetName;
  return {
    [build]: {
      executor: "nx-tova:build",
      inputs: [programInput],
      options: { file: file.path },
      metadata: describe(`Report why ${file.path} has no workers.`, {
        command: `npx nx ${build} ${name}`,
        options: {},
      }),
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
