// The blocks of a program in, its manifest out; and a manifest's text in, what stands in it out.
import type { GraphBlock, SourceFile } from "./outlines";

/** What a manifest says of a block: its worker's fingerprint, and an outline for people who review it. */
export interface ManifestBlock {
  /** Differs whenever the worker's code or config does. */
  readonly fingerprint: string;
  readonly target: string;
  /** `POST /api/images`, in the order of the source. */
  readonly routes?: readonly string[];
  readonly health?: string;
  /** `kv METADATA`. */
  readonly bindings?: readonly string[];
  /** Deployed names of the queues the worker sends to. */
  readonly produces?: readonly string[];
  /** Deployed names of the queues the worker receives from. */
  readonly consumes?: readonly string[];
  readonly crons?: readonly string[];
  /** Names of variables. */
  readonly env?: readonly string[];
  /** Names only. */
  readonly secrets?: readonly string[];
  /** As written in the source. */
  readonly imports?: readonly string[];
}

/** The committed `<stem>.edge.json` beside a program: an entry for each of its blocks. */
export interface Manifest {
  /** Of this format. */
  readonly version: number;
  /** Versions of the packages that make the workers. */
  readonly compiler: Readonly<Record<string, string>>;
  /** By {@link manifestKey}. */
  readonly blocks: Readonly<Record<string, ManifestBlock>>;
}

const manifestVersion = 1;

/** The manifest of `pipeline.tova` is `pipeline.edge.json` beside it. */
export const manifestPath = (sourcePath: string): string =>
  sourcePath.replace(/\.tova$/, ".edge.json");

/** Where a block stands in its manifest. No name of a block has parentheses, or dots as in paths of fields. */
export const manifestKey = (block: string | null): string => block ?? "(unnamed)";

/** A path of a field as Nx's `json` inputs take it. */
export const manifestField = (block: string | null): string => `blocks.${manifestKey(block)}`;

/** The entry of a block; null when the program has errors, as it then has no fingerprint. */
export function manifestBlock(block: GraphBlock, { outline }: SourceFile): ManifestBlock | null {
  if (block.fingerprint === null) return null;
  const lists: Record<string, readonly string[]> = {};
  const add = (key: keyof ManifestBlock, items: readonly string[]) => {
    if (items.length > 0) lists[key] = items;
  };
  const routes = block.routes.map(({ method, path }) => `${method} ${path}`);
  const bindings = (["kv", "sql", "storage"] as const).flatMap((kind) =>
    block[kind].map(({ binding }) => `${kind} ${binding}`),
  );
  const imports = outline.imports.filter(({ blocks }) => blocks.includes(block.name));
  add("bindings", bindings);
  add(
    "produces",
    block.produces.map(({ id }) => id),
  );
  add(
    "consumes",
    block.consumes.map(({ queue }) => queue),
  );
  add("crons", block.crons);
  add(
    "env",
    block.env.map(({ name }) => name),
  );
  add("secrets", block.secrets);
  add("imports", [...new Set(imports.map(({ specifier }) => specifier))]);
  return {
    fingerprint: block.fingerprint,
    target: block.target,
    ...(routes.length > 0 ? { routes } : {}),
    ...(block.health === null ? {} : { health: block.health }),
    ...lists,
  };
}

/** Makes a manifest, sorted by block: moving a block in the source changes nothing. */
export function makeManifest(
  blocks: readonly (readonly [key: string, block: ManifestBlock])[],
  compiler: Manifest["compiler"],
): Manifest {
  const sorted = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: manifestVersion, compiler, blocks: Object.fromEntries(sorted) };
}

/** One item a line, so that edits of two blocks never meet in a merge. */
export const formatManifest = (manifest: Manifest): string =>
  `${JSON.stringify(manifest, null, 2)}\n`;

/** What a manifest's text holds. */
export type ParsedManifest =
  | { readonly kind: "manifest"; readonly manifest: Manifest }
  /** `newer`: it must not be written over. */
  | { readonly kind: "problem"; readonly problem: string; readonly newer: boolean };

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const broken = (problem: string): ParsedManifest => ({
  kind: "problem",
  problem: `${problem} Run \`npx nx sync\` to write it anew.`,
  newer: false,
});

/** Reads a manifest. Never throws. */
export function parseManifest(text: string, path: string): ParsedManifest {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return broken(
      /^<<<<<<< /m.test(text)
        ? `${path} has the conflict marks of a merge.`
        : `${path} is not JSON.`,
    );
  }
  if (!isTable(value) || typeof value.version !== "number") {
    return broken(`${path} is not a manifest of edge blocks.`);
  }
  if (value.version > manifestVersion) {
    const problem = `${path} is of version ${value.version}, and this nx-tova knows version ${manifestVersion}. Update nx-tova.`;
    return { kind: "problem", problem, newer: true };
  }
  if (!isTable(value.blocks) || !Object.values(value.blocks).every(isTable)) {
    return broken(`${path} is not a manifest of edge blocks.`);
  }
  return { kind: "manifest", manifest: value as unknown as Manifest };
}
