// A topology → the contents of its cards, and which of them are joined.
import stringWidth from "string-width";
import type { Topology, TopologyQueue, TopologyStore, TopologyWorker } from "../model/topology";
import type { CardContent, CardKind, Cell } from "./picture";
import { describeConsumer } from "./tree";
import { wrap } from "./wrap";

/** Routes shown of one worker; the rest are counted. */
const maxRoutes = 16;

const cell = (text: string, tone: Cell["tone"] = "plain", column = 0): Cell => {
  return { text, tone, column };
};

const lines = (name: string, columns: number, tone: Cell["tone"]): Cell[][] =>
  wrap(name, columns, 3).map((text) => [cell(text, tone)]);

function routeLines({ method, path, note }: Route, column: number): Cell[][] {
  const [first = "", ...rest] = wrap(path, 44, 2);
  const all = [
    [cell(method, "muted"), cell(first, "plain", column)],
    ...rest.map((text) => [cell(text, "plain", column)]),
  ];
  const last = all[all.length - 1] ?? [];
  if (note !== "") last.push(cell(note, "muted", column + stringWidth(rest.at(-1) ?? first) + 2));
  return all;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly note: string;
}

function httpCard({ routes, health }: TopologyWorker): CardContent[] {
  const all: Route[] = routes.map((route) => ({ ...route, note: "" }));
  if (health !== null) all.push({ method: "GET", path: health, note: "health" });
  if (all.length === 0) return [];
  const shown = all.slice(0, all.length > maxRoutes ? maxRoutes - 1 : maxRoutes);
  const column = Math.max(...shown.map(({ method }) => stringWidth(method))) + 2;
  const hidden = all.length - shown.length;
  return [
    {
      kind: "http",
      tag: "http",
      lines: [
        ...shown.flatMap((route) => routeLines(route, column)),
        ...(hidden > 0 ? [[cell(`and ${hidden} more`, "muted")]] : []),
      ],
      title: all.map(({ method, path }) => `${method} ${path}`).join("\n"),
    },
  ];
}

function cronCard({ crons }: TopologyWorker): CardContent[] {
  if (crons.length === 0) return [];
  return [
    {
      kind: "cron",
      tag: "cron",
      lines: crons.flatMap(({ name, cron }) => [[cell(cron)], ...lines(name, 44, "muted")]),
      title: crons.map(({ name, cron }) => `${cron} ${name}`).join("\n"),
    },
  ];
}

/** What starts a worker from outside. */
export const triggerCards = (worker: TopologyWorker): CardContent[] => [
  ...httpCard(worker),
  ...cronCard(worker),
];

const counted = (count: number, noun: string): string[] =>
  count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`];

/** A worker's own card. */
export function workerCard({ name, target, secrets, env }: TopologyWorker): CardContent {
  const settings = [...counted(secrets.length, "secret"), ...counted(env.length, "variable")];
  return {
    kind: "worker",
    tag: `edge · ${target}`,
    lines: [
      ...lines(name, 28, "name"),
      ...(settings.length > 0 ? [[cell(settings.join(", "), "muted")]] : []),
    ],
    title: [name, ...secrets.map((one) => `secret ${one}`), ...env.map((one) => `env ${one}`)].join(
      "\n",
    ),
  };
}

/** A line between a worker, by its name, and a store or queue. */
export interface Joint {
  readonly worker: string;
  readonly arrow: "to" | "from" | null;
  readonly dashed: boolean;
}

/** A store or queue with the workers at it. */
export interface ResourceCard {
  readonly content: CardContent;
  readonly joints: readonly Joint[];
}

function storeCard({ kind, bindings, workers }: TopologyStore): ResourceCard {
  const name = bindings.join(" = ");
  return {
    content: resource(kind, kind, name, []),
    joints: workers.map((worker) => ({ worker, arrow: null, dashed: false })),
  };
}

function queueCard({ name, producers, consumers, deadLettersOf }: TopologyQueue): ResourceCard {
  const [consumer] = consumers;
  const note = consumer === undefined ? "taken by nobody here" : describeConsumer(consumer);
  const isDead = deadLettersOf.length > 0 && consumer === undefined;
  return {
    content: resource("queue", isDead ? "dead letters" : "queue", name, isDead ? [] : [note]),
    joints: [
      ...producers.map((worker): Joint => ({ worker, arrow: "to", dashed: false })),
      ...consumers.map(({ worker }): Joint => ({ worker, arrow: "from", dashed: false })),
      ...deadLettersOf.map((worker): Joint => ({ worker, arrow: "to", dashed: true })),
    ],
  };
}

function resource(
  kind: CardKind,
  tag: string,
  name: string,
  notes: readonly string[],
): CardContent {
  const shown = [...lines(name, 28, "name"), ...notes.map((note) => [cell(note, "muted")])];
  return { kind, tag, lines: shown, title: `${kind} ${name}` };
}

/** Stores, then queues. */
export const resourceCards = ({ stores, queues }: Topology): ResourceCard[] => [
  ...stores.map(storeCard),
  ...queues.map(queueCard),
];
