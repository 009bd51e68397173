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

interface Program {
  readonly name: string;
  readonly tova: TovaMetadata;
}

interface Edge {
  readonly source: string;
  readonly target: string;
}

type Projects = Readonly<Record<string, ProjectConfiguration>>;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function readPrograms(projects: Projects): Program[] {
  return Object.entries(projects)
    .map(([name, { metadata }]) => ({ name, tova: metadata?.tova as TovaMetadata | undefined }))
    .filter((program): program is Program => program.tova !== undefined)
    .sort((a, b) => byText(a.name, b.name));
}

/** A queue's name is one queue in an account only. */
const queueIn = ({ tova }: Program, queue: string): string => JSON.stringify([tova.account, queue]);

/** A consumer needs every other worker whose messages reach its queue, across files too. */
function queueEdges(programs: readonly Program[]): Edge[] {
  const producers = new Map<string, Program[]>();
  for (const program of programs) {
    const { produces = [], deadLetters = [] } = program.tova;
    for (const queue of new Set([...produces, ...deadLetters])) {
      const key = queueIn(program, queue);
      producers.set(key, [...(producers.get(key) ?? []), program]);
    }
  }
  return programs.flatMap((consumer) => {
    const { consumes = [] } = consumer.tova;
    const needed = new Set(
      consumes.flatMap((queue) => producers.get(queueIn(consumer, queue)) ?? []),
    );
    needed.delete(consumer);
    return [...needed].map((producer) => ({ source: consumer.name, target: producer.name }));
  });
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
  const ownerOf = openOwners(projects);
  return programs.flatMap(({ name, tova }) => {
    const needed = new Set((tova.imports ?? []).map(ownerOf));
    return [...needed]
      .filter((owner): owner is string => owner !== undefined && owner !== name)
      .filter((owner) => projects[owner]?.metadata?.tova?.file !== tova.file)
      .map((owner) => ({ source: name, target: owner }));
  });
}

/** A file's own project needs its blocks, except one that a project.json has renamed. */
function blockEdges(programs: readonly Program[]): Edge[] {
  const names = new Set(programs.map(({ name }) => name));
  return programs.flatMap(({ name, tova }) =>
    (tova.blocks ?? [])
      .filter((block) => names.has(block))
      .map((block) => ({ source: name, target: block })),
  );
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
    ...blockEdges(programs),
    ...importEdges(programs, projects),
    ...queueEdges(programs),
  ];
  // Blocks have no files of their own, so that none can be the edge's source file.
  const type = "implicit" as DependencyType.implicit;
  return withoutCircles(edges).map((edge) => ({ ...edge, type }));
}

/** Nx calls this once all nodes of the graph are known. */
export const createDependencies: CreateDependencies<TovaPluginOptions> = (_options, { projects }) =>
  inferDependencies(projects);
