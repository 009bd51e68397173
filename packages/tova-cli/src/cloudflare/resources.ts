// Compiled workers in, every store and queue that they need on Cloudflare out, each once; pure.
import type { BlockOutline, Resource } from "tova-codegen";
import { type Compiled, outlineIn } from "../compiled";

/** What kinds there are, in the order in which they are made. */
export type ResourceKind = "kv" | "sql" | "storage" | "queue";

/** Something that must exist before the workers are deployed. */
export interface Wanted {
  readonly kind: ResourceKind;
  /** Its name in the program; a dead-letter queue has none there. */
  readonly binding: string;
  /** Its name on Cloudflare. */
  readonly name: string;
  /** As the deploy file gives it; null for a kind that has no ids, or without one. */
  readonly id: string | null;
  /** True for the kinds whose id the deploy file must have. */
  readonly needsId: boolean;
}

/** What to call the kinds in messages. */
export const resourceNouns = {
  kv: "KV namespace",
  sql: "D1 database",
  storage: "R2 bucket",
  queue: "queue",
} as const;

const createCommands = {
  kv: ["kv", "namespace", "create"],
  sql: ["d1", "create"],
  storage: ["r2", "bucket", "create"],
  queue: ["queues", "create"],
} as const;

/** Arguments with which wrangler makes it. */
export const createArgs = ({ kind, name }: Pick<Wanted, "kind" | "name">): readonly string[] => [
  ...createCommands[kind],
  name,
];

/**
 * The title of a new KV namespace. Titles are one per account, so that it has the program's name
 * before its own: else two programs with a `kv CACHE` would find each other's.
 */
function kvTitle(stem: string, binding: string, env: string | undefined): string {
  return `${stem}-${binding}${env === undefined ? "" : `-${env}`}`;
}

/** Where its id stands in the deploy file (docs/deploy-file.md). */
export const tablePath = ({ kind, binding }: Wanted, env: string | undefined): string[] => [
  ...(env === undefined ? [] : ["env", env]),
  kind,
  binding,
];

/** `KV namespace NOTES`, as messages name it. */
export const described = ({ kind, binding, name, needsId }: Wanted): string =>
  `${resourceNouns[kind]} ${needsId ? binding : name}`;

function stores(outline: BlockOutline, stem: string, env: string | undefined): Wanted[] {
  const idOf = ({ id, placeholder }: Resource) => (placeholder ? null : id);
  return [
    ...outline.kv.map((resource): Wanted => {
      const { binding } = resource;
      const name = kvTitle(stem, binding, env);
      return { kind: "kv", binding, name, id: idOf(resource), needsId: true };
    }),
    ...outline.sql.map((resource): Wanted => {
      const { binding, name = stem } = resource;
      return { kind: "sql", binding, name, id: idOf(resource), needsId: true };
    }),
    ...outline.storage.map(({ binding, id }): Wanted => {
      return { kind: "storage", binding, name: id, id: null, needsId: false };
    }),
  ];
}

function queues({ produces, consumes }: BlockOutline): Wanted[] {
  const named = [
    ...produces.map(({ binding, id }) => [binding, id] as const),
    ...consumes.flatMap(({ binding, queue, deadLetterQueue }) => [
      [binding, queue] as const,
      // wrangler deploys without it, and messages that fail are then lost (measured on 4.86).
      ...(deadLetterQueue === null ? [] : [[binding, deadLetterQueue] as const]),
    ]),
  ];
  return named.map(([binding, name]) => {
    return { kind: "queue", binding, name, id: null, needsId: false };
  });
}

/** All resources of the program's workers on Cloudflare, in one environment. */
export function wantedResources({ source, result }: Compiled, env: string | undefined): Wanted[] {
  const outlines = result.workers
    .filter(({ target }) => target === "cloudflare")
    .map((worker) => outlineIn(worker, env));
  const all = outlines.flatMap((outline) => [
    ...stores(outline, source.stem, env),
    ...queues(outline),
  ]);
  const kinds = Object.keys(resourceNouns);
  const once = new Map(
    all.map((wanted) => [JSON.stringify([wanted.kind, described(wanted)]), wanted]),
  );
  return [...once.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}
