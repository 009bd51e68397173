// Names and ids in, what Cloudflare has of them out: single questions, which change nothing.
import type { Api } from "./api";

/** A thing with an id of Cloudflare's. */
export interface Identified {
  readonly id: string;
  readonly name: string;
}

/** A KV namespace; null when the account has none of this id. */
export async function namespaceById(api: Api, id: string): Promise<Identified | null> {
  const found = await api.ask<{ title: string }>("kv", `/storage/kv/namespaces/${id}`);
  return found === null ? null : { id, name: found.title };
}

/** All KV namespaces; Cloudflare finds none by its title. */
export async function allNamespaces(api: Api): Promise<readonly Identified[]> {
  const found: Identified[] = [];
  const size = 100;
  for (let page = 1; ; page++) {
    const query = { page: String(page), per_page: String(size) };
    const path = "/storage/kv/namespaces";
    const rows = (await api.ask<{ id: string; title: string }[]>("kv", path, { query })) ?? [];
    found.push(...rows.map(({ id, title }) => ({ id, name: title })));
    if (rows.length < size) return found;
  }
}

/** A D1 database; null when the account has none of this id. */
export async function databaseById(api: Api, id: string): Promise<Identified | null> {
  const found = await api.ask<{ name: string }>("sql", `/d1/database/${id}`);
  return found === null ? null : { id, name: found.name };
}

/** A D1 database by its whole name; Cloudflare also finds parts of names. */
export async function databaseByName(api: Api, name: string): Promise<Identified | null> {
  const query = { name, per_page: "1000" };
  const rows =
    (await api.ask<{ uuid: string; name: string }[]>("sql", "/d1/database", { query })) ?? [];
  const found = rows.find((row) => row.name === name);
  return found === undefined ? null : { id: found.uuid, name };
}

/** True when the account has this R2 bucket. */
export async function hasBucket(api: Api, name: string): Promise<boolean> {
  return (await api.ask("storage", `/r2/buckets/${name}`)) !== null;
}

/** A queue and the workers that read it. */
export interface Queue {
  readonly name: string;
  readonly readers: readonly string[];
}

/** A queue; null when there is none of this name. */
export async function queueByName(api: Api, name: string): Promise<Queue | null> {
  interface Row {
    queue_name: string;
    consumers?: { script?: string; script_name?: string; service?: string }[];
  }
  const rows = (await api.ask<Row[]>("queue", "/queues", { query: { name } })) ?? [];
  const found = rows.find((row) => row.queue_name === name);
  if (found === undefined) return null;
  const readers = (found.consumers ?? []).flatMap(({ script, script_name, service }) => {
    const reader = script ?? script_name ?? service;
    return reader === undefined ? [] : [reader];
  });
  return { name, readers };
}

/** Names of a worker's secrets; null when there is no such worker. No value ever comes back. */
export async function secretNames(api: Api, worker: string): Promise<ReadonlySet<string> | null> {
  const rows = await api.ask<{ name: string }[]>("worker", `/workers/scripts/${worker}/secrets`);
  return rows === null ? null : new Set(rows.map(({ name }) => name));
}

/** One upload of a worker. */
export interface Version {
  readonly id: string;
  readonly message: string | null;
  readonly author: string | null;
  readonly createdOn: string;
}

/** A worker's uploads, the newest first; null when there is no such worker. */
export async function versionsOf(api: Api, worker: string): Promise<readonly Version[] | null> {
  interface Row {
    id: string;
    metadata?: { created_on?: string; author_email?: string };
    annotations?: Record<string, string>;
  }
  const path = `/workers/scripts/${worker}/versions`;
  const query = { per_page: "100" };
  const found = await api.ask<{ items?: Row[] }>("worker", path, { query });
  if (found === null) return null;
  return (found.items ?? []).map(({ id, metadata, annotations }) => ({
    id,
    message: annotations?.["workers/message"] ?? null,
    author: metadata?.author_email ?? null,
    createdOn: metadata?.created_on ?? "",
  }));
}

/** A time at which versions began to answer. */
export interface Deployment {
  readonly createdOn: string;
  readonly message: string | null;
  readonly versions: readonly { readonly id: string; readonly percentage: number }[];
}

/** A worker's deployments, the newest first; null when there is no such worker. */
export async function deploymentsOf(
  api: Api,
  worker: string,
): Promise<readonly Deployment[] | null> {
  interface Row {
    created_on: string;
    annotations?: Record<string, string>;
    versions: { version_id: string; percentage: number }[];
  }
  const path = `/workers/scripts/${worker}/deployments`;
  const found = await api.ask<{ deployments?: Row[] }>("worker", path);
  if (found === null) return null;
  return (found.deployments ?? [])
    .map(({ created_on, annotations, versions }) => ({
      createdOn: created_on,
      message: annotations?.["workers/message"] ?? null,
      versions: versions.map(({ version_id, percentage }) => ({ id: version_id, percentage })),
    }))
    .toSorted((a, b) => b.createdOn.localeCompare(a.createdOn));
}

/**
 * Rows of a statement on a D1 database, one that may be run twice.
 * @returns null when there is no such database, or no table of this name in it
 */
export async function queryDatabase(
  api: Api,
  id: string,
  { sql, params = [] }: { readonly sql: string; readonly params?: readonly string[] },
): Promise<readonly Record<string, unknown>[] | null> {
  const body = { sql, params };
  const path = `/d1/database/${id}/query`;
  const found = await api.ask<{ results: Record<string, unknown>[] }[]>("sql", path, {
    body,
    missing: /no such table/,
  });
  return found === null ? null : (found[0]?.results ?? []);
}
