// A topology → a tree for terminals: each worker with what starts it and what it uses, then stores and queues.
import stringWidth from "string-width";
import { printable } from "../diagnostics/printable";
import type {
  Topology,
  TopologyConsumer,
  TopologyQueue,
  TopologyStore,
  TopologyWorker,
} from "../model/topology";

interface Branch {
  readonly title: string;
  /** Cells of each line below it. */
  readonly rows: readonly (readonly string[])[];
}

export interface TreeOptions {
  /** Colours by ANSI escapes. @default false */
  readonly color?: boolean;
}

/** Renders the tree, without a line break at its end. */
export function renderTree(topology: Topology, options: TreeOptions = {}): string {
  const { workers, stores, queues } = topology;
  const paint = (code: number, text: string) =>
    options.color ? `\u001b[${code}m${text}\u001b[0m` : text;
  const branches: Branch[] = workers.map((worker) => workerBranch(worker, topology));
  if (stores.length > 0) branches.push({ title: "stores", rows: stores.map(storeRow) });
  if (queues.length > 0) branches.push({ title: "queues", rows: queues.flatMap(queueRows) });
  const lines = branches.flatMap(({ title, rows }, at) => {
    const last = at === branches.length - 1;
    const rail = paint(2, last ? "   " : "│  ");
    const below = alignRows(rows).map((text, row) => {
      return `${rail}${paint(2, row === rows.length - 1 ? "└─ " : "├─ ")}${text}`;
    });
    return [`${paint(2, last ? "└─ " : "├─ ")}${paint(1, printable(title))}`, ...below];
  });
  return [paint(1, titleOf(topology)), ...lines].join("\n");
}

function titleOf({ file, environment }: Topology): string {
  return printable(environment === null ? file : `${file} (${environment})`);
}

function workerBranch(worker: TopologyWorker, { stores }: Topology): Branch {
  const used = stores
    .filter(({ key }) => worker.stores.includes(key))
    .map(({ bindings, kind }) => `${bindings.join(" = ")} (${kind})`);
  const lists: [string, readonly string[]][] = [
    ["takes", worker.consumes],
    ["uses", used],
    ["sends", worker.produces],
    ["secrets", worker.secrets],
  ];
  return {
    title: worker.target === "cloudflare" ? worker.name : `${worker.name} (${worker.target})`,
    rows: [
      ...worker.routes.map(({ method, path }) => [method, path]),
      ...(worker.health === null ? [] : [["GET", `${worker.health}  (health)`]]),
      ...worker.crons.map(({ name, cron }) => ["cron", `${cron}  ${name}`]),
      ...lists
        .filter(([, names]) => names.length > 0)
        .map(([verb, names]) => [verb, names.join(", ")]),
    ],
  };
}

const storeRow = ({ kind, bindings, workers }: TopologyStore): readonly string[] => [
  kind,
  bindings.join(" = "),
  workers.join(", "),
];

/** What nobody of this file sends or takes may be another file's. */
function queueRows({ name, producers, consumers, deadLettersOf }: TopologyQueue): string[][] {
  const from = producers.join(", ") || "(nobody here)";
  const to = consumers.map(({ worker }) => worker).join(", ") || "(nobody here)";
  const [consumer] = consumers;
  const direct = [`${from} → ${name} → ${to}`, consumer ? describeConsumer(consumer) : ""];
  const dead = [`${deadLettersOf.join(", ")} ⇢ ${name}`, "dead letters"];
  if (deadLettersOf.length === 0) return [direct];
  return producers.length + consumers.length > 0 ? [direct, dead] : [dead];
}

/** When a batch goes to its consumer. */
export function describeConsumer({ maxBatchSize, maxBatchTimeout }: TopologyConsumer): string {
  return `${maxBatchSize} messages or ${maxBatchTimeout} s`;
}

/** Of cells wider than this, as a list of many producers is, a column takes no notice. */
const widestColumn = 60;

/** Every column as wide as its widest cell; the last one ends where it ends. */
function alignRows(rows: readonly (readonly string[])[]): string[] {
  const texts = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of texts) {
    for (const [at, cell] of row.entries()) {
      const width = stringWidth(cell);
      if (width <= widestColumn) widths[at] = Math.max(widths[at] ?? 0, width);
    }
  }
  return texts.map((row) =>
    row
      .map((cell, at) => cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - stringWidth(cell))))
      .join("  ")
      .trimEnd(),
  );
}
