// Takes the workers of a workspace, gives which of them share a database, namespace or bucket.
import type { Worker } from "./layout";
import type { GraphBlock } from "./outlines";

export type StoreKind = "kv" | "sql" | "storage";

const kinds: readonly StoreKind[] = ["kv", "sql", "storage"];

/** A store that one worker shares with others. */
export interface SharedStore {
  readonly kind: StoreKind;
  /** Its name in the worker's program. */
  readonly binding: string;
  /** The other workers' projects, up to {@link maxNamed} of them. */
  readonly with: readonly string[];
  /** How many there are beyond those; absent when there are none. */
  readonly more?: number;
}

/** In a workspace where thousands share one store, naming all to each would be millions of names. */
const maxNamed = 20;

/**
 * Equal for two uses of one store. Ids are unique on the platform, names in an account. Without an
 * id a store is known by its name in its own file only: every file's `kv CACHE` has the same
 * placeholder.
 */
export function storeKey(
  kind: StoreKind,
  { binding, id, name, placeholder }: GraphBlock["kv"][number],
  { block, file }: Worker,
): string {
  if (kind === "storage") return `storage ${block.accountId} ${id}`;
  if (!placeholder) return `${kind} ${id}`;
  // Without a name in the deploy file a database has that of the source file.
  const isNamed = name !== undefined && name !== file.stem;
  return isNamed ? `sql ${block.accountId} ${name}` : `${kind} ${file.path} ${binding}`;
}

function othersOf(own: string, all: ReadonlySet<string>): Pick<SharedStore, "with" | "more"> {
  const named: string[] = [];
  for (const name of all) {
    if (named.length === maxNamed) break;
    if (name !== own) named.push(name);
  }
  const more = all.size - 1 - named.length;
  return { with: named, ...(more > 0 ? { more } : {}) };
}

/** The stores that each worker shares, by the name of its project; those that share nothing are absent. */
export function findShared(workers: readonly Worker[]): ReadonlyMap<string, SharedStore[]> {
  const uses = workers.flatMap((worker) =>
    kinds.flatMap((kind) =>
      worker.block[kind].map((resource) => {
        return { kind, resource, worker, key: storeKey(kind, resource, worker) };
      }),
    ),
  );
  const users = new Map<string, Set<string>>();
  for (const { key, worker } of uses) {
    users.set(key, (users.get(key) ?? new Set()).add(worker.name));
  }
  const shared = new Map<string, SharedStore[]>();
  for (const { kind, resource, worker, key } of uses) {
    const all = users.get(key);
    if (all === undefined || all.size < 2) continue;
    const store = { kind, binding: resource.binding, ...othersOf(worker.name, all) };
    shared.set(worker.name, [...(shared.get(worker.name) ?? []), store]);
  }
  return shared;
}
