// Takes the projects of all files, gives what two of them would do to each other on the platform.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { CreateNodesResult } from "@nx/devkit";
import type { Worker } from "./layout";
import type { TargetNames } from "./options";
import { deployFileName, type SourceFile } from "./outlines";
import { reportTarget } from "./report-target";
import { storeKey } from "./sharing";

/** Something that a target of one project must not do. */
export interface Conflict {
  /** Of the project. */
  readonly root: string;
  readonly target: "deploy" | "migrate";
  /** One sentence on what is wrong, one on what to do. */
  readonly message: string;
}

/** A key of TOML: quoted unless it is a bare one (toml.io, keys). */
const keyOf = (name: string): string => (/^[\w-]+$/.test(name) ? name : JSON.stringify(name));

/** The second of two workers of one name would replace the first on the platform. */
function sameWorkers(workers: readonly Worker[]): Conflict[] {
  const owners = new Map<string, Worker>();
  return workers.flatMap((worker): Conflict[] => {
    const { block, file, root } = worker;
    const place = JSON.stringify([block.target, block.accountId, block.workerName]);
    const owner = owners.get(place);
    if (owner === undefined) owners.set(place, worker);
    // Of one file it is an error of the program, with its place in the text.
    if (owner === undefined || owner.file === file) return [];
    const entry = `[workers.${keyOf(block.name ?? "default")}]`;
    const message =
      `${owner.file.path} and ${file.path} both deploy a worker named "${block.workerName}". ` +
      `Give one of them another \`name\`, as under \`${entry}\` in ` +
      `${posix.join(file.folder, deployFileName(file.stem))}.`;
    return [{ root, target: "deploy", message }];
  });
}

type Migrations = ReadonlyMap<string, string>;

const migrationsFolder = ({ folder }: SourceFile): string => posix.join(folder, "migrations");

function readMigrations(workspaceRoot: string, file: SourceFile): Migrations {
  const folder = join(workspaceRoot, migrationsFolder(file));
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
    return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  } catch {
    // No folder, or none that can be read: another file may keep the tables of the database.
    return new Map();
  }
}

/** The first migration that two files do not have in common. */
function describeDifference(
  [a, ofA]: readonly [SourceFile, Migrations],
  [b, ofB]: readonly [SourceFile, Migrations],
): string | null {
  for (const name of [...new Set([...ofA.keys(), ...ofB.keys()])].sort()) {
    if (!ofB.has(name)) return `${name} is only in ${migrationsFolder(a)}`;
    if (!ofA.has(name)) return `${name} is only in ${migrationsFolder(b)}`;
    if (ofA.get(name) !== ofB.get(name)) return `${name} is not the same text`;
  }
  return null;
}

type DatabaseUse = Pick<Worker, "file" | "programRoot"> & { readonly binding: string };

/** Uses by database, each folder once, where more than one uses it. */
function sharedDatabases(workers: readonly Worker[]): DatabaseUse[][] {
  const uses = new Map<string, DatabaseUse[]>();
  for (const worker of workers) {
    const { file, programRoot } = worker;
    for (const resource of worker.block.sql) {
      // It is its own file's.
      if (resource.id === null && resource.name === null) continue;
      const use = { file, programRoot, binding: resource.binding };
      const key = storeKey("sql", resource, worker);
      const known = uses.get(key);
      if (known === undefined) uses.set(key, [use]);
      else if (!known.some(({ file: { folder } }) => folder === file.folder)) known.push(use);
    }
  }
  return [...uses.values()].filter((list) => list.length > 1);
}

/** wrangler books migrations by their names: of two sets only one comes to be. */
function differentMigrations(workers: readonly Worker[], workspaceRoot: string): Conflict[] {
  return sharedDatabases(workers).flatMap((uses) => {
    const keepers = uses
      .map((use) => ({ use, migrations: readMigrations(workspaceRoot, use.file) }))
      .filter(({ migrations }) => migrations.size > 0);
    const [first, ...others] = keepers;
    if (first === undefined) return [];
    return others.flatMap(({ use, migrations }): Conflict[] => {
      const { file, binding, programRoot: root } = use;
      const difference = describeDifference([first.use.file, first.migrations], [file, migrations]);
      if (difference === null) return [];
      const message =
        `${first.use.file.path} and ${file.path} use one database (${first.use.binding}, ${binding}) ` +
        `with different migrations: ${difference}. Keep them in one of the folders, or make the same in both.`;
      return [{ root, target: "migrate", message }];
    });
  });
}

/** Finds what is in conflict; the first project by path keeps what it asks for. */
export function findConflicts(
  workers: readonly Worker[],
  workspaceRoot: string,
): readonly Conflict[] {
  return [...sameWorkers(workers), ...differentMigrations(workers, workspaceRoot)];
}

/** Lets the targets that would do harm fail with the message instead; all else stays. */
export function withConflicts(
  nodes: CreateNodesResult,
  conflicts: readonly Conflict[],
  names: TargetNames,
): CreateNodesResult {
  if (conflicts.length === 0) return nodes;
  const changed = { ...nodes.projects };
  for (const { root, target, message } of conflicts) {
    const project = changed[root];
    const name = names[`${target}TargetName`];
    if (project?.targets?.[name] === undefined) continue;
    changed[root] = {
      ...project,
      targets: { ...project.targets, [name]: reportTarget(message) },
    };
  }
  return { projects: changed };
}
