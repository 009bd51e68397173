// Takes the workspace's graph, brings the manifest beside each program up to date.
import {
  createProjectGraphAsync,
  type ProjectConfiguration,
  readProjectsConfigurationFromProjectGraph,
  type Tree,
} from "@nx/devkit";
import { compilerVersions } from "../../graph/compiler";
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

/** What Nx shows of a sync generator (nx.dev/docs/kb/create-sync-generator). */
interface SyncResult {
  readonly outOfSyncMessage?: string;
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

/** The files of the workspace, as far as manifests need them. */
type Files = Pick<Tree, "exists" | "read" | "write">;

/** A manifest as it stands: `manifest` null where there is none that can be read. */
function readManifest(
  files: Files,
  path: string,
): { manifest: Manifest | null; isBroken: boolean } {
  const text = files.exists(path) ? files.read(path, "utf-8") : null;
  if (text === null) return { manifest: null, isBroken: false };
  const parsed = parseManifest(text, path);
  if (parsed.kind === "manifest") return { manifest: parsed.manifest, isBroken: false };
  if (parsed.newer) throw new Error(parsed.problem);
  return { manifest: null, isBroken: true };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What has become of the blocks since a manifest was written: `api changed`. */
function describeChanges(old: Manifest | null, { compiler, blocks }: Manifest): string[] {
  const before = old?.blocks ?? {};
  const keys = [...new Set([...Object.keys(before), ...Object.keys(blocks)])].sort();
  const described = keys.flatMap((key) => {
    const [was, is] = [before, blocks].map((one) => (Object.hasOwn(one, key) ? one[key] : null));
    if (same(was, is)) return [];
    return [`${key} ${was === null ? "added" : is === null ? "removed" : "changed"}`];
  });
  const others = old !== null && !same(old.compiler, compiler) ? ["another compiler"] : [];
  return [...described, ...others];
}

/** Writes a program's manifest if it says something else; gives what it was missing. */
function syncManifest(files: Files, path: string, entries: readonly Entry[]): string | null {
  const manifest = makeManifest(entries, compilerVersions());
  const { manifest: old, isBroken } = readManifest(files, path);
  // However a formatter of the workspace has laid it out.
  if (same(old, manifest)) return null;
  files.write(path, formatManifest(manifest));
  const changes = isBroken ? ["cannot be read"] : describeChanges(old, manifest);
  return `${path} (${changes.length > 0 ? changes.join(", ") : "another order"})`;
}

/**
 * Writes the manifests that are not what their programs' blocks are made of. A program with errors
 * keeps its manifest, as its workers cannot be told: its `check` and `build` show why.
 * @returns what each manifest was missing, with its path
 * @throws when a manifest was written by a newer version of this plugin
 */
export function syncManifests(
  files: Files,
  projects: Readonly<Record<string, ProjectConfiguration>>,
): string[] {
  return [...readPrograms(projects)].flatMap(([file, entries]) => {
    if (entries === null || entries.length === 0) return [];
    return syncManifest(files, manifestPath(file), entries) ?? [];
  });
}

/** Nx calls this for `nx sync`, `nx sync:check` and before builds. */
export default async function sync(tree: Tree): Promise<SyncResult> {
  const { projects } = readProjectsConfigurationFromProjectGraph(await createProjectGraphAsync());
  const stale = syncManifests(tree, projects);
  if (stale.length === 0) return {};
  return {
    outOfSyncMessage: `Edge blocks are not what their manifests say: ${stale.join(", ")}.`,
  };
}
