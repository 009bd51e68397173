// Takes the workspace's graph, brings the manifest beside each program up to date.
import {
  createProjectGraphAsync,
  type ProjectConfiguration,
  readProjectsConfigurationFromProjectGraph,
  type Tree,
} from "@nx/devkit";
import {
  formatManifest,
  type Manifest,
  type ManifestBlock,
  makeManifest,
  manifestKey,
  manifestPath,
  parseManifest,
} from "../../graph/manifest";
import type { TovaMetadata } from "../../graph/nodes";
import { compilerVersions } from "../../graph/outlines";

/** What Nx shows of a sync generator (nx.dev/docs/kb/create-sync-generator). */
interface SyncResult {
  readonly outOfSyncMessage?: string;
  readonly outOfSyncDetails?: string[];
}

type Entry = readonly [key: string, block: ManifestBlock];

/** Programs by path, with the entries of their blocks; null for one whose blocks cannot be told. */
function readPrograms(
  projects: Readonly<Record<string, ProjectConfiguration>>,
): ReadonlyMap<string, readonly Entry[] | null> {
  const programs = new Map<string, readonly Entry[] | null>();
  for (const { metadata } of Object.values(projects)) {
    const tova = metadata?.tova as TovaMetadata | undefined;
    if (tova === undefined) continue;
    const entries = programs.get(tova.file) ?? (programs.has(tova.file) ? null : []);
    if (tova.block === undefined || entries === null) continue;
    programs.set(
      tova.file,
      tova.manifest === undefined ? null : [...entries, [manifestKey(tova.block), tova.manifest]],
    );
  }
  return programs;
}

/** The manifest of a path as it stands; null without one, or where it has to be written anew. */
function readManifest(tree: Tree, path: string): Manifest | null {
  const text = tree.exists(path) ? tree.read(path, "utf-8") : null;
  if (text === null) return null;
  const parsed = parseManifest(text, path);
  if (parsed.kind === "manifest") return parsed.manifest;
  if (parsed.newer) throw new Error(parsed.problem);
  return null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What has become of the blocks since a manifest was written: `api changed`. */
function describeChanges(old: Manifest | null, { compiler, blocks }: Manifest): string[] {
  const before = old?.blocks ?? {};
  const changes = [...new Set([...Object.keys(before), ...Object.keys(blocks)])].sort();
  const described = changes.flatMap((key) => {
    const [was, is] = [before, blocks].map((one) => (Object.hasOwn(one, key) ? one[key] : null));
    if (same(was, is)) return [];
    return [`${key} ${was === null ? "added" : is === null ? "removed" : "changed"}`];
  });
  return old !== null && !same(old.compiler, compiler)
    ? [...described, "compiled by other versions"]
    : described;
}

/** Writes a program's manifest if it says something else; gives what it was missing. */
function syncManifest(tree: Tree, path: string, entries: readonly Entry[]): string | null {
  const manifest = makeManifest(entries, compilerVersions());
  const old = readManifest(tree, path);
  // However a formatter of the workspace has laid it out.
  if (same(old, manifest)) return null;
  tree.write(path, formatManifest(manifest));
  return `${path} (${describeChanges(old, manifest).join(", ")})`;
}

/**
 * Writes the manifests that are not what their programs' blocks are made of. A program with errors
 * keeps its manifest, as its workers cannot be told: its `check` and `build` show why.
 * @throws when a manifest was written by a newer version of this plugin
 */
export default async function sync(tree: Tree): Promise<SyncResult> {
  const { projects } = readProjectsConfigurationFromProjectGraph(await createProjectGraphAsync());
  const stale = [...readPrograms(projects)].flatMap(([file, entries]) => {
    if (entries === null || entries.length === 0) return [];
    return syncManifest(tree, manifestPath(file), entries) ?? [];
  });
  if (stale.length === 0) return {};
  return {
    outOfSyncMessage: `Edge blocks are not what their manifests say: ${stale.join(", ")}.`,
  };
}
