// A topology → sentences that say what its picture shows, for those who cannot see it.
import type { Topology, TopologyWorker } from "../model/topology";

const clause = (verb: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${verb} ${items.join(", ")}`];

function describeWorker(worker: TopologyWorker, { stores }: Topology): string {
  const { routes, health, crons, consumes, produces } = worker;
  const used = stores.filter(({ key }) => worker.stores.includes(key));
  const clauses = [
    ...clause("answers", [
      ...routes.map(({ method, path }) => `${method} ${path}`),
      ...(health === null ? [] : [`GET ${health} (health)`]),
    ]),
    ...clause(
      "runs at",
      crons.map(({ name, cron }) => `${cron} (${name})`),
    ),
    ...clause("takes messages of", consumes),
    ...clause("sends to", produces),
    ...clause(
      "uses",
      used.map(({ kind, bindings }) => `${bindings.join(" = ")} (${kind})`),
    ),
  ];
  return `Worker ${worker.name} ${clauses.join("; ") || "does nothing yet"}.`;
}

/** One sentence for each worker. */
export function describeTopology(topology: Topology): string {
  return topology.workers.map((worker) => describeWorker(worker, topology)).join(" ");
}
