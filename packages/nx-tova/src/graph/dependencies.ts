// Takes the projects with their metadata, gives the edges between them: who needs whose messages and files.
import {
  type CreateDependencies,
  DependencyType,
  type ProjectConfiguration,
  type RawProjectGraphDependency,
} from "@nx/devkit";
import type { TovaMetadata } from "./nodes";
import type { TovaPluginOptions } from "./options";

interface Worker {
  readonly name: string;
  readonly tova: TovaMetadata;
}

interface Edge {
  readonly source: string;
  readonly target: string;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function readWorkers(projects: Readonly<Record<string, ProjectConfiguration>>): Worker[] {
  return Object.entries(projects)
    .map(([name, { metadata }]) => ({ name, tova: metadata?.tova as TovaMetadata | undefined }))
    .filter((worker): worker is Worker => worker.tova !== undefined)
    .sort((a, b) => byText(a.name, b.name));
}

/** A consumer needs every other worker that produces to its queue, across files too. */
function queueEdges(workers: readonly Worker[]): Edge[] {
  return workers.flatMap((consumer) => {
    const queues = new Set(consumer.tova.consumes);
    return workers
      .filter((worker) => worker !== consumer && worker.tova.produces?.some((q) => queues.has(q)))
      .map((producer) => ({ source: consumer.name, target: producer.name }));
  });
}

/**
 * A project needs those that own the files it imports. A block needs no project of its own file:
 * that would be a circle.
 */
function importEdges(
  workers: readonly Worker[],
  projects: Readonly<Record<string, ProjectConfiguration>>,
): Edge[] {
  const owners = Object.entries(projects).sort((a, b) => b[1].root.length - a[1].root.length);
  const ownerOf = (file: string) =>
    owners.find(([, { root }]) => root === "." || file.startsWith(`${root}/`))?.[0];
  return workers.flatMap(({ name, tova }) => {
    const needed = new Set((tova.imports ?? []).map(ownerOf));
    return [...needed]
      .filter((owner): owner is string => owner !== undefined && owner !== name)
      .filter((owner) => projects[owner]?.metadata?.tova?.file !== tova.file)
      .map((owner) => ({ source: name, target: owner }));
  });
}

/** A file's own project needs its blocks, except one that a project.json has renamed. */
function blockEdges(workers: readonly Worker[]): Edge[] {
  const names = new Set(workers.map(({ name }) => name));
  return workers.flatMap(({ name, tova }) =>
    (tova.blocks ?? [])
      .filter((block) => names.has(block))
      .map((block) => ({ source: name, target: block })),
  );
}

/**
 * Leaves out each edge that would close a circle. Two workers may well send to each other, but a
 * circle of projects stops every run of Nx in a workspace whose builds wait for `^build`.
 */
function withoutCircles(edges: readonly Edge[]): Edge[] {
  const targets = new Map<string, string[]>();
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return (targets.get(from) ?? []).some((next) => reaches(next, to, seen));
  };
  return edges.filter(({ source, target }) => {
    if (reaches(target, source)) return false;
    targets.set(source, [...(targets.get(source) ?? []), target]);
    return true;
  });
}

/** The edges of all Tova projects; a pure function of the graph's nodes. */
export function inferDependencies(
  projects: Readonly<Record<string, ProjectConfiguration>>,
): RawProjectGraphDependency[] {
  const workers = readWorkers(projects);
  const edges = [...blockEdges(workers), ...importEdges(workers, projects), ...queueEdges(workers)];
  // Blocks have no files of their own, so that none can be the edge's source file.
  return withoutCircles(edges).map((edge) => ({
    ...edge,
    type: DependencyType.implicit,
  }));
}

/** Nx calls this once all nodes of the graph are known. */
export const createDependencies: CreateDependencies<TovaPluginOptions> = (_options, { projects }) =>
  inferDependencies(projects);
