// Takes the workspace's graph, brings the manifest beside each program up to date.
import { globAsync, type Tree } from "@nx/devkit";
import { manifestBlock } from "../../graph/block";
import { noBundle, openBundleStates } from "../../graph/bundle-state";
import { compilerVersions } from "../../graph/compiler-build";
import { openFileStates } from "../../graph/file-state";
import { describeUnreadable, findBrokenLinks } from "../../graph/links";
import {
  formatManifest,
  type Manifest,
  type ManifestBlock,
  makeManifest,
  manifestKey,
  manifestPath,
  parseManifest,
  withoutSeal,
} from "../../graph/manifest";
import { readSourceFiles, type SourceFile } from "../../graph/outlines";
import { type FindSpecifiers, sealedFiles, sealOf } from "../../graph/seal";
import { warn } from "../../graph/warnings";
import { type Projects, readProjects, tovaOf } from "../projects";
import { removeStrays } from "./strays";

/** What Nx shows of a sync generator (nx.dev/docs/kb/create-sync-generator). */
interface SyncResult {
  readonly outOfSyncMessage?: string;
}

/** What a sync may do beyond what Nx asks for. */
export interface SyncOptions {
  /** Renew the seals that edits without a change of workers have left behind. */
  readonly seals?: boolean;
}

type Entries = Manifest["blocks"];

/** Paths of the programs whose blocks are projects, and of the Tova files that they import. */
function findPrograms(projects: Projects) {
  const all = Object.values(projects).flatMap((project) => tovaOf(project) ?? []);
  const programs = new Set(all.filter(({ block }) => block !== undefined).map(({ file }) => file));
  const imported = all.flatMap(({ imports = [] }) => imports);
  const paths = [...programs, ...imported.filter((path) => path.endsWith(".tova"))];
  return { programs, paths: [...new Set(paths)] };
}

/** What a program's manifest is to say of its blocks; null when they cannot be told. */
function entriesOf({ outline }: SourceFile): Entries | null {
  const entries = outline.blocks.map(
    (block) => [manifestKey(block.name), manifestBlock(block, outline.imports)] as const,
  );
  const known = entries.filter((entry): entry is [string, ManifestBlock] => entry[1] !== null);
  return known.length > 0 && known.length === entries.length ? Object.fromEntries(known) : null;
}

/** The files of the workspace, as far as manifests need them. */
type Files = Pick<Tree, "exists" | "isFile" | "read" | "write">;

/** A manifest as it stands: `manifest` null where there is none that can be read. */
function readManifest(
  files: Files,
  path: string,
): { manifest: Manifest | null; isBroken: boolean } {
  if (!files.exists(path)) return { manifest: null, isBroken: false };
  if (!files.isFile(path))
    throw new Error(`${path} is a folder, and a manifest is a file. Remove it.`);
  const text = files.read(path, "utf-8") ?? "";
  const parsed = parseManifest(text, path);
  if (parsed.kind === "manifest") return { manifest: parsed.manifest, isBroken: false };
  if (parsed.newer) throw new Error(parsed.problem);
  return { manifest: null, isBroken: true };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const entryIn = ({ blocks }: Pick<Manifest, "blocks">, key: string): ManifestBlock | null => {
  const found = Object.hasOwn(blocks, key) ? blocks[key] : undefined;
  return found === undefined ? null : withoutSeal(found);
};

const keysOf = (...all: readonly Pick<Manifest, "blocks">[]): string[] =>
  [...new Set(all.flatMap(({ blocks }) => Object.keys(blocks)))].sort();

/** What has become of the blocks since a manifest was written: `api changed`. */
function describeChanges(old: Manifest, next: Manifest): string[] {
  const described = keysOf(old, next).flatMap((key) => {
    const [was, is] = [entryIn(old, key), entryIn(next, key)];
    if (same(was, is)) return [];
    return [`${key} ${was === null ? "added" : is === null ? "removed" : "changed"}`];
  });
  return [...described, ...(same(old.compiler, next.compiler) ? [] : ["another compiler"])];
}

/**
 * Gives the seal to the entries that have changed: to others it would be a change too, and two people
 * who edit two blocks would meet in it.
 */
function withSeals(entries: Entries, old: Manifest, seal: string | null, renews: boolean): Entries {
  const sealed = Object.entries(entries).map(([key, entry]) => {
    const isKept = !renews && same(entryIn(old, key), entry);
    const own = isKept ? old.blocks[key]?.seal : seal;
    const { fingerprint, ...rest } = entry;
    return [key, own ? { fingerprint, seal: own, ...rest } : entry];
  });
  return Object.fromEntries(sealed);
}

const isSealedBy = ({ blocks }: Manifest, seal: string): boolean =>
  Object.values(blocks).some((entry) => entry.seal === seal);

/** The files that a manifest can cover; null when there is more to the program. */
function coveredFiles({ path, outline, standsOn }: SourceFile, specifiersOf: FindSpecifiers) {
  const { imports, bundle } = outline;
  // Entries say nothing of an import that no worker needs.
  const isTold = imports.every(({ blocks }) => blocks.length > 0);
  return isTold && standsOn !== null && bundle !== null
    ? sealedFiles(path, standsOn, bundle, specifiersOf)
    : null;
}

/** The seal of a manifest whose program is still what the compiler has read; else null. */
function sealNow(manifest: Manifest, source: SourceFile, workspaceRoot: string): string | null {
  const states = source.standsOn ?? {};
  const seal = sealOf(manifest, source, (path) => states[path], openBundleStates(workspaceRoot));
  return openFileStates(workspaceRoot).holds(states) ? seal : null;
}

interface SyncContext {
  readonly workspaceRoot: string;
  readonly specifiersOf: FindSpecifiers;
  /** True to bring seals up to date where nothing else is to be written. */
  readonly seals: boolean;
}

/** Makes the manifest of a program as it is to stand after an older one. */
function renewManifest(
  source: SourceFile,
  entries: Entries,
  old: Manifest,
  { specifiersOf, seals, workspaceRoot }: SyncContext,
): Manifest {
  const covered = coveredFiles(source, specifiersOf);
  const bundle = (covered && source.outline.bundle) ?? noBundle;
  const next = makeManifest(entries, compilerVersions(), covered ?? {}, bundle);
  const seal = covered === null ? null : sealNow(next, source, workspaceRoot);
  const renews = seals && seal !== null && !isSealedBy(old, seal);
  return { ...next, blocks: withSeals(entries, old, seal, renews) };
}

/** True when a manifest says of the workers what another does. */
const saysSame = (a: Manifest, b: Manifest): boolean =>
  describeChanges(a, b).length === 0 && same(Object.keys(a.blocks), Object.keys(b.blocks));

/** Writes a program's manifest if it says something else; gives what it was missing. */
function syncManifest(files: Files, source: SourceFile, context: SyncContext): string | null {
  const entries = entriesOf(source);
  if (entries === null) return null;
  const path = manifestPath(source.path);
  const { manifest, isBroken } = readManifest(files, path);
  const old = manifest ?? makeManifest({}, compilerVersions());
  // What was taken from the manifest has a seal that holds.
  const seals = context.seals && source.standsOn !== null;
  const next = renewManifest(source, entries, old, { ...context, seals });
  const isSame = manifest !== null && saysSame(old, next);
  // However a formatter of the workspace has laid it out.
  if (isSame && (!seals || same(old, next))) return null;
  files.write(path, formatManifest(next));
  const changes = isBroken ? ["cannot be read"] : describeChanges(old, next);
  return `${path} (${changes.length > 0 ? changes.join(", ") : isSame ? "seals" : "another order"})`;
}

/**
 * Writes the manifests that are not what their programs' blocks are made of. A program with errors
 * keeps its manifest, as its workers cannot be told: its `check` and `build` show why.
 * @returns what each manifest was missing, with its path
 * @throws when a manifest was written by a newer version of this plugin
 */
export async function syncManifests(
  files: Files,
  projects: Projects,
  workspaceRoot: string,
  { seals = false }: SyncOptions = {},
): Promise<string[]> {
  const { programs, paths } = findPrograms(projects);
  // The graph has just been made: all of it is cached.
  const read = await readSourceFiles(paths, workspaceRoot, { keeps: false });
  const imports = new Map(read.files.map(({ path, outline }) => [path, outline.imports]));
  const specifiersOf = (path: string) => imports.get(path)?.map(({ specifier }) => specifier);
  return read.files
    .filter(({ path }) => programs.has(path))
    .flatMap((source) => syncManifest(files, source, { workspaceRoot, specifiersOf, seals }) ?? []);
}

/** Brings the manifests of the workspace up to date; gives what each was missing. */
export async function syncWorkspace(tree: Tree, options?: SyncOptions): Promise<string[]> {
  const projects = await readProjects();
  const links = findBrokenLinks(tree.root).map((path) => describeUnreadable(tree.root, path));
  await warn(
    links.map((problem) => `nx-tova: ${problem}`),
    tree.root,
  );
  const renewed = await syncManifests(tree, projects, tree.root, options);
  const manifests = await globAsync(tree, ["**/*.edge.json"]);
  const removed = await removeStrays(tree, manifests, findPrograms(projects).programs, tree.root);
  return [...renewed, ...removed];
}

/**
 * Nx calls this for `nx sync`, `nx sync:check` and before builds, and for `nx g nx-tova:sync`: that gives
 * options too, and calls whatever comes back.
 */
export default async function sync(tree: Tree, options?: object): Promise<SyncResult | undefined> {
  const stale = await syncWorkspace(tree);
  if (stale.length === 0 || options !== undefined) return undefined;
  return {
    outOfSyncMessage: `Edge blocks are not what their manifests say: ${stale.join(", ")}.`,
  };
}
