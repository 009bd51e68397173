// The outlines of a program's workers → its topology: who uses which store, who sends to whom.
import type { BlockOutline, Outline, Resource } from "../model/outline";
import { stemOf } from "../model/stem";
import type { StoreKind, Topology, TopologyQueue, TopologyStore } from "../model/topology";

const storeKinds: readonly StoreKind[] = ["kv", "sql", "storage"];

/** A store as one worker names it. */
interface Use {
  readonly kind: StoreKind;
  readonly resource: Resource;
  readonly worker: string;
}

function usesOf(block: BlockOutline): Use[] {
  return storeKinds.flatMap((kind) =>
    block[kind].map((resource) => ({ kind, resource, worker: block.workerName })),
  );
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Placeholders hold the binding's name, so that equal ids are one store either way. */
function storesOf(uses: readonly Use[]): TopologyStore[] {
  const stores = new Map<string, TopologyStore>();
  for (const { kind, resource, worker } of uses) {
    const { binding, id, placeholder } = resource;
    const same = `${kind}:${id}`;
    const { bindings = [], workers = [], key = `${kind}:${binding}` } = stores.get(same) ?? {};
    stores.set(same, {
      key,
      kind,
      bindings: unique([...bindings, binding]),
      id: placeholder ? null : id,
      workers: unique([...workers, worker]),
    });
  }
  return [...stores.values()];
}

function queueOf(name: string, blocks: readonly BlockOutline[]): TopologyQueue {
  const workers = (has: (block: BlockOutline) => boolean) =>
    blocks.filter(has).map(({ workerName }) => workerName);
  return {
    name,
    producers: workers(({ produces }) => produces.some(({ id }) => id === name)),
    consumers: blocks.flatMap(({ workerName, consumes }) =>
      consumes
        .filter(({ queue }) => queue === name)
        .map(({ maxBatchSize, maxBatchTimeout, maxRetries, deadLetterQueue }) => {
          return { worker: workerName, maxBatchSize, maxBatchTimeout, maxRetries, deadLetterQueue };
        }),
    ),
    deadLettersOf: workers(({ consumes }) =>
      consumes.some(({ deadLetterQueue }) => deadLetterQueue === name),
    ),
  };
}

function queueNames({ produces, consumes }: BlockOutline): string[] {
  return [
    ...produces.map(({ id }) => id),
    ...consumes.flatMap(({ queue, deadLetterQueue }) =>
      deadLetterQueue === null ? [queue] : [queue, deadLetterQueue],
    ),
  ];
}

/**
 * Draws the lines between the workers of an outline.
 * @param environment as the outline was made with
 */
export function topologyOf(outline: Outline, environment: string | null = null): Topology {
  const { blocks, fileName } = outline;
  const stores = storesOf(blocks.flatMap(usesOf));
  return {
    version: 1,
    file: `${stemOf(fileName)}.tova`,
    environment,
    workers: blocks.map((block) => ({
      name: block.workerName,
      block: block.name,
      target: block.target,
      routes: block.routes,
      health: block.health,
      crons: block.schedules,
      stores: stores
        .filter(({ workers }) => workers.includes(block.workerName))
        .map(({ key }) => key),
      produces: unique(block.produces.map(({ id }) => id)),
      consumes: unique(block.consumes.map(({ queue }) => queue)),
      env: block.env.map(({ name }) => name),
      secrets: block.secrets,
    })),
    stores,
    queues: unique(blocks.flatMap(queueNames)).map((name) => queueOf(name, blocks)),
  };
}
