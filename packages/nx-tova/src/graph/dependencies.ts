// Takes the projects with their metadata, gives the edges between them: who needs whose messages and files.
import { posix } from "node:path";
import type {
  CreateDependencies,
  DependencyType,
  ProjectConfiguration,
  RawProjectGraphDependency,
} from "@nx/devkit";
import type { TovaMetadata } from "./nodes";
import type { TovaPluginOptions } from "./options";
import { describeLostOutputs } from "./outputs";
import { warn } from "./warnings";

interface Program {
  readonly name: string;
  readonly tova: TovaMetadata;
}

interface Edge {
  readonly source: string;
  readonly target: string;
}

type Projects = Readonly<Record<string, ProjectConfiguration>>;

function readPrograms(projects: Projects): Program[] {
  const programs: Program[] = [];
  for (const name of Object.keys(projects).sort()) {
    const tova = projects[name]?.metadata?.tova as TovaMetadata | undefined;
    if (tova !== undefined) programs.push({ name, tova });
  }
  return programs;
}

/** A queue's name is one queue in an account only. */
const queueIn = ({ tova }: Program, queue: string): string => JSON.stringify([tova.account, queue]);

/** The workers whose messages reach a queue, by the queue; a worker may be there twice. */
function findProducers(programs: readonly Program[]): Map<string, Program[]> {
  const producers = new Map<string, Program[]>();
  for (const program of programs) {
    const { produces = [], deadLetters = [] } = program.tova;
    for (const queue of [...produces, ...deadLetters]) {
      const key = queueIn(program, queue);
      const known = producers.get(key);
      if (known === undefined) producers.set(key, [program]);
      else known.push(program);
    }
  }
  return producers;
}

/** A consumer needs every other worker whose messages reach its queue, across files too. */
function queueEdges(programs: readonly Program[]): Edge[] {
  const producers = findProducers(programs);
  const edges: Edge[] = [];
  for (const consumer of programs) {
    const { consumes = [] } = consumer.tova;
    if (consumes.length === 0) continue;
    const needed = consumes.flatMap((queue) => producers.get(queueIn(consumer, queue)) ?? []);
    for (const producer of new Set(needed)) {
      if (producer !== consumer) edges.push({ source: consumer.name, target: producer.name });
    }
  }
  return edges;
}

/** Finds the project whose folder, of all above a file, is the nearest. */
function openOwners(projects: Projects): (file: string) => string | undefined {
  const byRoot = new Map(Object.entries(projects).map(([name, { root }]) => [root, name]));
  return (file) => {
    let folder = file;
    do {
      folder = posix.dirname(folder);
      const owner = byRoot.get(folder);
      if (owner !== undefined) return owner;
    } while (folder !== ".");
    return undefined;
  };
}

/**
 * A project needs those that own the files it imports. A block needs no project of its own file:
 * that would be a circle.
 */
function importEdges(programs: readonly Program[], projects: Projects): Edge[] {
  const importers = programs.filter(({ tova }) => tova.imports !== undefined);
  if (importers.length === 0) return [];
  const ownerOf = openOwners(projects);
  return importers.flatMap(({ name, tova }) => {
    const needed = new Set((tova.imports ?? []).map(ownerOf));
    return [...needed]
      .filter((owner): owner is string => owner !== undefined && owner !== name)
      .filter((owner) => projects[owner]?.metadata?.tova?.file !== tova.file)
      .map((owner) => ({ source: name, target: owner }));
  });
}

/** A file's own project needs its blocks, except one that a project.json has renamed. */
function blockEdges(programs: readonly Program[], projects: Projects): Edge[] {
  const edges: Edge[] = [];
  for (const { name, tova } of programs) {
    for (const block of tova.blocks ?? []) {
      const isProject = projects[block]?.metadata?.tova !== undefined;
      if (isProject) edges.push({ source: name, target: block });
    }
  }
  return edges;
}

/** True when the edges lead from one project to another. */
function reaches(
  targets: ReadonlyMap<string, readonly string[]>,
  from: string,
  to: string,
): boolean {
  const seen = new Set([from]);
  const pending = [from];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === to) return true;
    for (const target of targets.get(next) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      pending.push(target);
    }
  }
  return false;
}

/**
 * Leaves out each edge that would close a circle. Two workers may well send to each other, but a
 * circle of projects stops every run of Nx in a workspace whose builds wait for `^build`.
 */
function withoutCircles(edges: readonly Edge[]): Edge[] {
  const targets = new Map<string, string[]>();
  const needed = new Set<string>();
  return edges.filter(({ source, target }) => {
    // What nothing needs yet cannot be part of a circle: nearly always so, and no walk is needed.
    if (source === target) return false;
    if (needed.has(source) && reaches(targets, target, source)) return false;
    needed.add(target);
    const known = targets.get(source);
    if (known === undefined) targets.set(source, [target]);
    else known.push(target);
    return true;
  });
}

/** The edges of all Tova projects; a pure function of the graph's nodes. */
export function inferDependencies(projects: Projects): RawProjectGraphDependency[] {
  const programs = readPrograms(projects);
  const edges = [
    ...blockEdges(programs, projects),
    ...importEdges(programs, projects),
    ...queueEdges(programs),
  ];
  // Blocks have no files of their own, so that none can be the edge's source file.
  const type = "implicit" as DependencyType.implicit;
  return withoutCircles(edges).map((edge) => ({ ...edge, type }));
}

/** Nx calls this once all nodes of the graph are known. */
export const createDependencies: CreateDependencies<TovaPluginOptions> = async (
  _options,
  { projects, workspaceRoot },
) => {
  const problems = describeLostOutputs(projects);
  await warn(
    problems.map((problem) => `nx-tova: ${problem}`),
    workspaceRoot,
  );
  return inferDependencies(projects);
};
