// Takes the source files of a workspace, gives the name and root of every project they make.
import { posix } from "node:path";
import type { GraphBlock } from "./block";
import type { ExistingProject } from "./existing";
import type { SourceFile } from "./outlines";

/** A block that is a project of its own. */
export interface BlockProject {
  readonly block: GraphBlock;
  readonly name: string;
  /** A folder that need not exist: Nx keeps its projects by root. */
  readonly root: string;
}

/** A block that is a worker, and where it comes from. */
export interface Worker extends BlockProject {
  readonly file: SourceFile;
  /** Root of the file's own project. */
  readonly programRoot: string;
}

/** The workers of source files, of each the unnamed one first. */
export function workersOf(all: readonly FileProjects[]): Worker[] {
  const workers: Worker[] = [];
  for (const { file, name, root, unnamed, blocks } of all) {
    const programRoot = root;
    if (unnamed !== null) workers.push({ block: unnamed, name, root, file, programRoot });
    for (const { block, name, root } of blocks) {
      workers.push({ block, name, root, file, programRoot });
    }
  }
  return workers;
}

/** The projects of one source file. Made by {@link layOut}, read by the target builders. */
export interface FileProjects {
  readonly file: SourceFile;
  readonly name: string;
  readonly root: string;
  /** The block without a name: its worker is named as the file, so it is the file's own project. */
  readonly unnamed: GraphBlock | null;
  readonly blocks: readonly BlockProject[];
  /** Why the file cannot have the projects it asks for. */
  readonly problem: string | null;
}

/** A file without edge blocks is an ordinary module; one that cannot be told yet must not vanish. */
const makesProjects = ({ outline }: SourceFile): boolean =>
  outline.blocks.length > 0 || outline.hasErrors;

/** The only such file of a folder owns the folder; of several, each has a root named after itself. */
function openRoots(files: readonly SourceFile[]): (file: SourceFile) => string {
  const counts = new Map<string, number>();
  for (const { folder } of files) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return ({ folder, stem }) => (counts.get(folder) === 1 ? folder : posix.join(folder, stem));
}

/**
 * A file's name as Nx writes names of projects, `imagePipeline` as `image-pipeline`: what `names` of
 * `@nx/devkit` calls `fileName`, which takes longer to load than the graph of a thousand files.
 */
const fileProjectName = (stem: string): string =>
  stem
    .replace(/([a-z\d])(?=[A-Z])/g, "$1-")
    .toLowerCase()
    .replace(/(?<!^)_| /g, "-");

function projectsOf(file: SourceFile, root: string): FileProjects {
  const { blocks } = file.outline;
  const named = blocks.filter(({ name }) => name !== null);
  const unnamed = blocks.find(({ name }) => name === null) ?? null;
  return {
    file,
    name: unnamed?.projectName ?? fileProjectName(file.stem),
    root,
    unnamed,
    blocks: named.map((block) => ({
      block,
      name: block.projectName,
      root: posix.join(file.folder, block.projectName),
    })),
    problem: null,
  };
}

/** Names and roots taken so far, and the source file that has each. */
interface Taken {
  readonly names: Map<string, string>;
  readonly roots: Map<string, string>;
  /** By name. */
  readonly existing: ReadonlyMap<string, ExistingProject>;
}

/** A project that is not Tova's and has a name; one of the same root is the same project. */
function existingOf({ existing }: Taken, name: string, root: string): ExistingProject | null {
  const found = existing.get(name);
  return found === undefined || found.root === root ? null : found;
}

function describeClash(what: string, owner: string, path: string): string {
  return owner === path
    ? `${path} makes two projects ${what}. Rename one of its edge blocks.`
    : `${owner} and ${path} both make a project ${what}. Rename one of the files or edge blocks.`;
}

function clash(projects: FileProjects, taken: Taken): string | null {
  const { path } = projects.file;
  const own = new Set<string>();
  for (const { name, root } of [projects, ...projects.blocks]) {
    const owner = taken.names.get(name) ?? (own.has(name) ? path : undefined);
    if (owner !== undefined) return describeClash(`named "${name}"`, owner, path);
    const existing = existingOf(taken, name, root);
    if (existing !== null) {
      return `${existing.path} and ${path} both make a project named "${name}". Rename one of them.`;
    }
    own.add(name);
    const neighbour = taken.roots.get(root);
    if (neighbour !== undefined) return describeClash(`at ${root}`, neighbour, path);
  }
  return null;
}

/** The project that is left of a file whose projects clash; null when not even that has a place. */
function withProblem(projects: FileProjects, problem: string, taken: Taken): FileProjects | null {
  const { folder, stem } = projects.file;
  const pathName = [...folder.split("/"), stem].filter((part) => part !== ".").join("-");
  const isFree = (name: string) =>
    !taken.names.has(name) && existingOf(taken, name, projects.root) === null;
  const name = isFree(projects.name) ? projects.name : pathName;
  if (!isFree(name) || taken.roots.has(projects.root)) return null;
  return { ...projects, name, unnamed: null, blocks: [], problem };
}

/**
 * Lays out the projects of all files. Names and roots are unique in the result, since Nx refuses the
 * whole graph otherwise: of two files that ask for one name the first by path has it, projects that
 * are not Tova's before all, and the other keeps a single project, named after its path, that says so.
 */
export function layOut(
  all: readonly SourceFile[],
  existing: readonly ExistingProject[] = [],
): {
  readonly laidOut: readonly FileProjects[];
  readonly problems: readonly string[];
} {
  const files = all.filter(makesProjects);
  const rootOf = openRoots(files);
  const byName = new Map(existing.map((project) => [project.name, project]));
  const taken: Taken = { names: new Map(), roots: new Map(), existing: byName };
  const laidOut: FileProjects[] = [];
  const problems: string[] = [];
  for (const file of files) {
    const wanted = projectsOf(file, rootOf(file));
    const problem = clash(wanted, taken);
    if (problem !== null) problems.push(problem);
    const projects = problem === null ? wanted : withProblem(wanted, problem, taken);
    if (projects === null) continue;
    for (const { name, root } of [projects, ...projects.blocks]) {
      taken.names.set(name, file.path);
      taken.roots.set(root, file.path);
    }
    laidOut.push(projects);
  }
  return { laidOut, problems };
}
