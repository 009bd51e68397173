// A block and one table of the deploy file → how that environment deploys the worker.
import type { DeployTable } from "../deploy/read-table";
import { kebab } from "../model/kebab";
import type { ConsumedQueue, Resource } from "../model/outline";
import type { Deployment } from "../model/plan";
import type { BindingKind, EdgeBlock } from "../model/program";

export interface Context {
  readonly block: EdgeBlock;
  readonly stem: string;
  readonly projectName: string;
  readonly production: DeployTable;
}

/**
 * Plans one environment; `environment` is null for production. An environment takes over only
 * the account and `workers_dev` from production: every id must be its own, and every name is made
 * different, so that a staging worker never writes to production by omission.
 */
export function deploymentOf(
  context: Context,
  table: DeployTable,
  environment: string | null,
): Deployment {
  const { block, production } = context;
  const suffix = environment === null ? "" : `-${environment}`;
  const settings = table.workers.get(block.name ?? "default");
  const inherited = production.workers.get(block.name ?? "default");
  const queue = (name: string) => table.queue.get(name)?.name ?? kebab(name) + suffix;
  const workerName = settings?.name ?? context.projectName + suffix;
  return {
    workerName,
    accountId: table.accountId ?? production.accountId,
    workersDev:
      settings?.workersDev ?? table.workersDev ?? inherited?.workersDev ?? production.workersDev,
    routes: settings?.routes ?? [],
    kv: bound(block, "kv", (name) => withId(name, table.kv.get(name)?.id)),
    sql: bound(block, "sql", (name) => ({
      ...withId(name, table.sql.get(name)?.id),
      name: table.sql.get(name)?.name ?? context.stem + suffix,
    })),
    storage: bound(block, "storage", (name) => {
      const id = table.storage.get(name)?.name ?? bucketName(context, name) + suffix;
      return { binding: name, id, placeholder: false };
    }),
    produces: bound(block, "queue", (name) => {
      return { binding: name, id: queue(name), placeholder: false };
    }),
    consumes: block.consumers.map(({ queue: binding, options }): ConsumedQueue => {
      const { deadLetterQueue: dead } = options;
      const deadLetterQueue = dead === null ? null : queue(dead);
      return { binding, queue: queue(binding), ...options, deadLetterQueue };
    }),
    rateLimiters: block.limiters.map(({ binding, limit: { max, window } }) => {
      return { binding, id: namespaceOf(`${workerName} ${binding}`), max, window };
    }),
    makes: [],
    ownBuckets: new Map(),
    crons: [...new Set(block.schedules.map((schedule) => schedule.cron))],
    vars: varsOf(block, table),
    secrets: block.secrets.map((secret) => secret.name),
  };
}

/**
 * A namespace of counters for each limiter of each worker and environment: those of one id count
 * together in all of an account. The same program always gets the same one (FNV-1a, 31 bits).
 */
function namespaceOf(name: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return String((hash >>> 1) + 1);
}

function bound(
  block: EdgeBlock,
  kind: BindingKind,
  resource: (name: string) => Resource,
): Resource[] {
  const resources: Resource[] = [];
  for (const binding of block.bindings) {
    if (binding.kind === kind) resources.push(resource(binding.name));
  }
  return resources;
}

/** Buckets need three characters, so that a shorter name gets the file's before it. */
function bucketName({ stem }: Context, binding: string): string {
  const name = kebab(binding);
  return name.length < 3 ? kebab(`${stem}-${name}`) : name;
}

/** The placeholders differ by binding: local runs take equal ids for one store. */
function withId(binding: string, id: string | null | undefined): Resource {
  if (typeof id === "string") return { binding, id, placeholder: false };
  return { binding, id: `TODO_${binding}_ID`, placeholder: true };
}

function varsOf(
  block: EdgeBlock,
  table: DeployTable,
): ReadonlyMap<string, string | number | boolean> {
  const vars = new Map<string, string | number | boolean>();
  for (const { name, literal } of block.env) {
    const value = table.vars.get(name) ?? literal;
    if (value !== null) vars.set(name, value);
  }
  return vars;
}
