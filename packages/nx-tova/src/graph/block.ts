// What the graph knows of a block, and its entry in the manifest: each made from the other.
import type { BlockOutline, TargetName } from "tova-codegen";
import type { Bundle } from "./bundle-state";
import { type Manifest, type ManifestBlock, manifestKey, unnamedKey } from "./manifest";

/** A store that a worker is bound to. */
export interface Store {
  /** Name in the program, `METADATA`. */
  readonly binding: string;
  /** Null where the deploy file gives none. */
  readonly id: string | null;
  /** Of a database whose name is not that of its file. */
  readonly name: string | null;
}

/** What the graph needs of one edge block; all of it stands in a manifest too. */
export interface GraphBlock
  extends Pick<
    BlockOutline,
    | "name"
    | "projectName"
    | "workerName"
    | "accountId"
    | "main"
    | "configFile"
    | "health"
    | "crons"
    | "secrets"
  > {
  readonly target: TargetName;
  readonly kv: readonly Store[];
  readonly sql: readonly Store[];
  readonly storage: readonly Store[];
  /** Deployed names of queues, here and below. */
  readonly produces: readonly string[];
  readonly consumes: readonly string[];
  readonly deadLetters: readonly string[];
  /** `POST /api/images`. */
  readonly routes: readonly string[];
  /** Names of variables. */
  readonly env: readonly string[];
  /** Differs whenever the worker's code or config does; null in a program with errors. */
  readonly fingerprint: string | null;
}

/** A module that a file imports, with the blocks that need it. */
export interface GraphImport {
  readonly specifier: string;
  readonly blocks: readonly (string | null)[];
}

export type StoreKind = "kv" | "sql" | "storage";

export const storeKinds: readonly StoreKind[] = ["kv", "sql", "storage"];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** In the order of a manifest: moving a block in the source changes nothing. */
export const sortBlocks = (blocks: readonly GraphBlock[]): GraphBlock[] =>
  [...blocks].sort((a, b) => byText(manifestKey(a.name), manifestKey(b.name)));

/** Each module once, in an order of its own, with its blocks in theirs. */
export function sortImports(imports: readonly GraphImport[]): GraphImport[] {
  if (imports.length === 0) return [];
  const blocks = new Map<string, Set<string | null>>();
  for (const one of imports) {
    const known = blocks.get(one.specifier) ?? new Set();
    for (const block of one.blocks) known.add(block);
    blocks.set(one.specifier, known);
  }
  return [...blocks]
    .sort(([a], [b]) => byText(a, b))
    .map(([specifier, needing]) => ({
      specifier,
      blocks: [...needing].sort((a, b) => byText(manifestKey(a), manifestKey(b))),
    }));
}

/**
 * Takes the compiler's outline of a block.
 * @param stem of the source file, after which databases are named
 */
export function graphBlock(
  outline: BlockOutline,
  stem: string,
  fingerprint: string | null,
): GraphBlock {
  const { name, projectName, workerName, accountId, target, main, configFile } = outline;
  const { health, crons, secrets } = outline;
  const stores = (kind: StoreKind): Store[] =>
    outline[kind].map((store) => ({
      binding: store.binding,
      id: store.placeholder ? null : store.id,
      name: store.name === undefined || store.name === stem ? null : store.name,
    }));
  return {
    ...{ name, projectName, workerName, accountId, target, main, configFile },
    ...{ kv: stores("kv"), sql: stores("sql"), storage: stores("storage") },
    produces: outline.produces.map(({ id }) => id),
    consumes: outline.consumes.map(({ queue }) => queue),
    deadLetters: outline.consumes.flatMap(({ deadLetterQueue }) => deadLetterQueue ?? []),
    routes: outline.routes.map(({ method, path }) => `${method} ${path}`),
    env: outline.env.map((variable) => variable.name),
    ...{ health, crons, secrets, fingerprint },
  };
}

/** Without what is null or empty. */
export function present<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: { [K in keyof T]?: NonNullable<T[K]> } = {};
  for (const key in fields) {
    const value = fields[key];
    const isEmpty = typeof value === "object" && Object.keys(value ?? {}).length === 0;
    if (!isEmpty) kept[key] = value as NonNullable<typeof value>;
  }
  return kept;
}

/** By binding, where there is one. */
const byBinding = (stores: readonly Store[], value: (store: Store) => string | null) =>
  Object.fromEntries(
    stores.flatMap((store) => {
      const found = value(store);
      return found === null ? [] : [[store.binding, found]];
    }),
  );

/** The entry of a block; null when the program has errors, as it then has no fingerprint. */
export function manifestBlock(
  block: GraphBlock,
  imports: readonly GraphImport[],
): ManifestBlock | null {
  const { fingerprint, projectName, workerName, target, main, configFile, accountId } = block;
  if (fingerprint === null) return null;
  const { routes, health, produces, consumes, deadLetters, crons, env, secrets } = block;
  const stores = storeKinds.flatMap((kind) => block[kind]);
  const imported = imports.filter(({ blocks }) => blocks.includes(block.name));
  return {
    fingerprint,
    target,
    project: projectName,
    main,
    ...present({
      config: configFile,
      worker: workerName === projectName ? null : workerName,
      account: accountId,
      ...{ routes, health },
      bindings: storeKinds.flatMap((kind) =>
        block[kind].map(({ binding }) => `${kind} ${binding}`),
      ),
      ids: byBinding(stores, ({ id }) => id),
      databases: byBinding(stores, ({ name }) => name),
      ...{ produces, consumes, deadLetters, crons, env, secrets },
      imports: imported.map(({ specifier }) => specifier),
    } as Partial<ManifestBlock>),
  };
}

const stringIn = (table: Readonly<Record<string, string>> = {}, key: string): string | null =>
  Object.hasOwn(table, key) ? (table[key] ?? null) : null;

/** The stores of an entry by their kinds. */
function storesOf({ bindings = [], ids, databases }: ManifestBlock) {
  const stores: Record<StoreKind, Store[]> = { kv: [], sql: [], storage: [] };
  for (const text of bindings) {
    const kind = storeKinds.find((kind) => text.startsWith(kind) && text[kind.length] === " ");
    if (kind === undefined) continue;
    const binding = text.slice(kind.length + 1);
    const store = { binding, id: stringIn(ids, binding), name: stringIn(databases, binding) };
    stores[kind].push(store);
  }
  return stores;
}

/** What {@link manifestBlock} has made an entry of. */
function blockOf(key: string, entry: ManifestBlock): GraphBlock {
  const { fingerprint, target, project, main } = entry;
  const { kv, sql, storage } = storesOf(entry);
  return {
    name: key === unnamedKey ? null : key,
    projectName: project,
    workerName: entry.worker ?? project,
    accountId: entry.account ?? null,
    target: target as TargetName,
    main,
    configFile: entry.config ?? null,
    kv,
    sql,
    storage,
    produces: entry.produces ?? [],
    consumes: entry.consumes ?? [],
    deadLetters: entry.deadLetters ?? [],
    routes: entry.routes ?? [],
    env: entry.env ?? [],
    health: entry.health ?? null,
    crons: entry.crons ?? [],
    secrets: entry.secrets ?? [],
    fingerprint,
  };
}

/** The blocks of a manifest and what they import, as the compiler would tell them. */
export function readBlocks({ blocks: entries }: Manifest): {
  readonly blocks: readonly GraphBlock[];
  readonly imports: readonly GraphImport[];
} {
  const blocks = Object.entries(entries).map(([key, entry]) => blockOf(key, entry));
  const imports = Object.values(entries).flatMap(({ imports = [] }, at) =>
    imports.map((specifier) => ({ specifier, blocks: [blocks[at]?.name ?? null] })),
  );
  return { blocks: sortBlocks(blocks), imports: sortImports(imports) };
}

/** What the graph needs of one source file; plain data, as it is cached. */
export interface FileOutline {
  /** In the order of their manifest. */
  readonly blocks: readonly GraphBlock[];
  readonly imports: readonly GraphImport[];
  /** True when building the file would report an error. */
  readonly hasErrors: boolean;
  /** Scripts and packages in its workers; null when they cannot be told. */
  readonly bundle: Bundle | null;
}
