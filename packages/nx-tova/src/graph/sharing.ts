// Takes the workers of a workspace, gives which of them share a database, namespace or bucket.
import { type Store, type StoreKind, storeKinds } from "./block";
import type { Worker } from "./layout";
import { createTable } from "./table";

/**
 * The stores that one worker shares, named as in its manifest (`kv METADATA`), each with the other
 * workers' projects. Of more than {@link maxNamed} the last entry is the number of the rest, `9 more`.
 */
export type SharedStores = Readonly<Record<string, readonly string[]>>;

/** In a workspace where thousands share one store, naming all to each would be millions of names. */
const maxNamed = 20;

/**
 * Equal for two uses of one store. Ids are unique on the platform, names in an account. Without an
 * id a store is known by its name in its own file only: every file's `kv CACHE` has the same
 * placeholder.
 */
export function storeKey(
  kind: StoreKind,
  { binding, id, name }: Store,
  { block, file }: Worker,
): string {
  if (kind === "storage") return `storage ${block.accountId} ${id}`;
  if (id !== null) return `${kind} ${id}`;
  return name === null ? `${kind} ${file.path} ${binding}` : `sql ${block.accountId} ${name}`;
}

/** A store's use by a worker, and all workers that use it, each once. */
interface Use {
  /** `kv METADATA`. */
  readonly store: string;
  readonly own: string;
  readonly users: readonly string[];
}

function findUses(workers: readonly Worker[]): Use[] {
  const byStore = new Map<string, string[]>();
  const uses: Use[] = [];
  for (const worker of workers) {
    const own = worker.name;
    for (const kind of storeKinds) {
      for (const store of worker.block[kind]) {
        const key = storeKey(kind, store, worker);
        const users = byStore.get(key) ?? [];
        if (users.length === 0) byStore.set(key, users);
        // All uses of one worker come one after the other.
        if (users.at(-1) !== own) users.push(own);
        uses.push({ store: `${kind} ${store.binding}`, own, users });
      }
    }
  }
  return uses;
}

function othersOf({ own, users }: Use): string[] {
  const others: string[] = [];
  for (const user of users) {
    if (others.length === maxNamed) break;
    if (user !== own) others.push(user);
  }
  const more = users.length - 1 - others.length;
  if (more > 0) others.push(`${more} more`);
  return others;
}

/** The stores that each worker shares, by the name of its project; those that share nothing are absent. */
export function findShared(workers: readonly Worker[]): ReadonlyMap<string, SharedStores> {
  const shared = new Map<string, Record<string, readonly string[]>>();
  for (const use of findUses(workers)) {
    if (use.users.length < 2) continue;
    const stores = shared.get(use.own) ?? createTable<readonly string[]>();
    stores[use.store] = othersOf(use);
    shared.set(use.own, stores);
  }
  return shared;
}
