// Takes the workers of a workspace, gives which of them share a database, namespace or bucket.

import type { Store } from "./block";
import type { Worker } from "./layout";

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
  { binding, id, name }: Store,
  { block, file }: Worker,
): string {
  if (kind === "storage") return `storage ${block.accountId} ${id}`;
  if (id !== null) return `${kind} ${id}`;
  return name === null ? `${kind} ${file.path} ${binding}` : `sql ${block.accountId} ${name}`;
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
  const users = new Map<string, Set<string>>();
  const visit = (each: (kind: StoreKind, binding: string, key: string, worker: Worker) => void) => {
    for (const worker of workers) {
      for (const kind of kinds) {
        for (const resource of worker.block[kind]) {
          each(kind, resource.binding, storeKey(kind, resource, worker), worker);
        }
      }
    }
  };
  visit((_kind, _binding, key, { name }) => {
    const known = users.get(key);
    if (known === undefined) users.set(key, new Set([name]));
    else known.add(name);
  });
  const shared = new Map<string, SharedStore[]>();
  visit((kind, binding, key, { name }) => {
    const all = users.get(key);
    if (all === undefined || all.size < 2) return;
    const store = { kind, binding, ...othersOf(name, all) };
    const known = shared.get(name);
    if (known === undefined) shared.set(name, [store]);
    else known.push(store);
  });
  return shared;
}
