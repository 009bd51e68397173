// Requests for KV namespaces and D1 databases in, answers out; the databases run real SQL.
import { Miniflare } from "miniflare";
import { ApiError, type FakeRequest, pageOf, type Route, type State } from "./state";

/** A database and a way to ask it. */
export interface FakeDatabase {
  readonly uuid: string;
  readonly name: string;
  all(sql: string, params?: readonly string[]): Promise<Record<string, unknown>[]>;
}

/** The part of the server's state that is here. */
export interface FakeStores {
  /** Ids by title. */
  readonly namespaces: Map<string, string>;
  readonly databases: Map<string, FakeDatabase>;
  openDatabase(uuid: string): Promise<Database>;
}

interface Statement {
  bind(...params: string[]): Statement;
  all(): Promise<{ results: Record<string, unknown>[] }>;
}

interface Database {
  prepare(sql: string): Statement;
}

/** Empty databases of one workerd for all tests of a file, started when it is first asked. */
const slots = Array.from({ length: 100 }, (_, at) => `DB${at}`);
let workerd: Miniflare | undefined;
afterAll(() => workerd?.dispose());

async function emptyDatabase(): Promise<Database> {
  workerd ??= new Miniflare({ script: "", modules: true, cf: false, d1Databases: [...slots] });
  const slot = slots.pop();
  if (slot === undefined) throw new Error("more databases than one file may have");
  return (await workerd.getD1Database(slot)) as unknown as Database;
}

/** Makes the stores of one server; none exists yet. */
export function openStores(): FakeStores {
  const open = new Map<string, Promise<Database>>();
  return {
    namespaces: new Map(),
    databases: new Map(),
    openDatabase(uuid) {
      const opened = open.get(uuid) ?? emptyDatabase();
      open.set(uuid, opened);
      return opened;
    },
  };
}

function createNamespace({ namespaces }: State, { body }: FakeRequest): unknown {
  const { title } = JSON.parse(body.toString()) as { title: string };
  if (namespaces.has(title)) {
    throw new ApiError(400, 10014, "a namespace with this account ID and title already exists");
  }
  const id = (namespaces.size + 1).toString(16).padStart(32, "a");
  namespaces.set(title, id);
  return { id, title, supports_url_encoding: true };
}

function listNamespaces({ namespaces }: State, request: FakeRequest): unknown {
  return pageOf(
    [...namespaces].map(([title, id]) => ({ id, title })),
    request,
  );
}

/** Adds a database as if it had been there before. */
export function addDatabase(state: FakeStores, name: string, uuid: string): FakeDatabase {
  const database: FakeDatabase = {
    uuid,
    name,
    async all(sql, params = []) {
      const database = await state.openDatabase(uuid);
      const statement = database.prepare(sql).bind(...params);
      return (await statement.all()).results;
    },
  };
  state.databases.set(name, database);
  return database;
}

function createDatabase(state: State, { body }: FakeRequest): unknown {
  const { name } = JSON.parse(body.toString()) as { name: string };
  if (state.databases.has(name)) {
    throw new ApiError(400, 7502, `A database with the name '${name}' already exists`);
  }
  const tail = String(state.databases.size + 1).padStart(12, "0");
  const { uuid } = addDatabase(state, name, `00000000-0000-4000-8000-${tail}`);
  return { uuid, name };
}

/** `name` finds parts of names too, as Cloudflare's does. */
function listDatabases({ databases }: State, request: FakeRequest): unknown {
  const part = request.query.get("name") ?? "";
  const found = [...databases.values()].filter(({ name }) => name.includes(part));
  return pageOf(
    found.map(({ uuid, name }) => ({ uuid, name })),
    request,
  );
}

function existing({ databases }: State, uuid: string): FakeDatabase {
  const database = [...databases.values()].find((one) => one.uuid === uuid);
  if (database === undefined) throw new ApiError(404, 7404, "The database does not exist");
  return database;
}

function viewDatabase(state: State, _request: FakeRequest, uuid: string): unknown {
  const { name } = existing(state, uuid);
  return { uuid, name };
}

function viewNamespace({ namespaces }: State, _request: FakeRequest, id: string): unknown {
  const found = [...namespaces].find(([, one]) => one === id);
  if (found === undefined) throw new ApiError(404, 10013, "namespace not found");
  return { id, title: found[0] };
}

async function query(state: State, { body }: FakeRequest, uuid: string): Promise<unknown> {
  const database = existing(state, uuid);
  const { sql, params } = JSON.parse(body.toString()) as { sql: string; params?: string[] };
  try {
    const results = await database.all(sql, params);
    return [{ results, success: true, meta: { duration: 1 } }];
  } catch (error) {
    throw new ApiError(400, 7500, (error as Error).message);
  }
}

export const storeRoutes: readonly Route[] = [
  ["GET", "/storage/kv/namespaces", listNamespaces],
  ["GET", "/storage/kv/namespaces/([^/]+)", viewNamespace],
  ["POST", "/storage/kv/namespaces", createNamespace],
  ["GET", "/d1/database", listDatabases],
  ["GET", "/d1/database/([^/]+)", viewDatabase],
  ["POST", "/d1/database", createDatabase],
  ["POST", "/d1/database/([^/]+)/query", query],
];
