// The entries of a program's blocks in, its manifest out; and a manifest's text in, what stands in it out.
import { type Bundle, noBundle } from "./bundle-state";

/** What a manifest says of a block: its worker's fingerprint, and an outline for people and for the graph. */
export interface ManifestBlock {
  /** Differs whenever the worker's code or config does. */
  readonly fingerprint: string;
  /** Of the whole manifest and all that it stands on, when the entry was last written; see `seal.ts`. */
  readonly seal?: string;
  readonly target: string;
  /** Name of the block's project. */
  readonly project: string;
  /** File of the worker's code. */
  readonly main: string;
  /** File of the platform's config. */
  readonly config?: string;
  /** Its name on the platform, where it is not the project's. */
  readonly worker?: string;
  /** The account that the deploy file names. */
  readonly account?: string;
  /** `POST /api/images`, in the order of the source. */
  readonly routes?: readonly string[];
  readonly health?: string;
  /** `kv METADATA`. */
  readonly bindings?: readonly string[];
  /** Of stores, by binding, as far as the deploy file gives them. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Names of databases that are not called as their program, by binding. */
  readonly databases?: Readonly<Record<string, string>>;
  /** Deployed names of the queues the worker sends to. */
  readonly produces?: readonly string[];
  /** Deployed names of the queues the worker receives from. */
  readonly consumes?: readonly string[];
  /** Deployed names of the queues for messages that it fails to take. */
  readonly deadLetters?: readonly string[];
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
  /** What the program imports, directly and through others, by path, each with its own imports. */
  readonly files?: Readonly<Record<string, readonly string[]>>;
  /** Scripts and packages in its workers. */
  readonly bundle?: Bundle;
  /** By {@link manifestKey}. */
  readonly blocks: Readonly<Record<string, ManifestBlock>>;
}

const manifestVersion = 1;

/** The manifest of `pipeline.tova` is `pipeline.edge.json` beside it. */
export const manifestPath = (sourcePath: string): string =>
  sourcePath.replace(/\.tova$/, ".edge.json");

/** The program of a manifest: what {@link manifestPath} takes. */
export const sourcePath = (manifest: string): string => manifest.replace(/\.edge\.json$/, ".tova");

/** No name of a block has parentheses, or dots as in paths of fields. */
export const unnamedKey = "(unnamed)";

/** Where a block stands in its manifest. */
export const manifestKey = (block: string | null): string => block ?? unnamedKey;

/**
 * A path of a field as Nx's `json` inputs take it. The fingerprint says all about a worker; what else
 * stands in its entry is for the graph and for people.
 */
export const manifestField = (block: string | null): string =>
  `blocks.${manifestKey(block)}.fingerprint`;

/** An entry without its seal, which says nothing of the worker. */
export function withoutSeal(entry: ManifestBlock): Omit<ManifestBlock, "seal"> {
  // A rest without it takes twice as long; where entries are written or compared as JSON it is gone.
  return { ...entry, seal: undefined } as Omit<ManifestBlock, "seal">;
}

/** Makes a manifest of entries in the order in which they are to stand. */
export const makeManifest = (
  blocks: Manifest["blocks"],
  compiler: Manifest["compiler"],
  files: NonNullable<Manifest["files"]> = {},
  bundle: Bundle = noBundle,
): Manifest => ({
  version: manifestVersion,
  compiler,
  ...(Object.keys(files).length > 0 ? { files } : {}),
  ...(bundle.files.length > 0 ? { bundle } : {}),
  blocks,
});

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
