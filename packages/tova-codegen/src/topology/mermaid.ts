// A topology → a Mermaid flowchart: what starts each worker, the workers, their stores and queues.
import { printable } from "../diagnostics/printable";
import type { Topology, TopologyQueue, TopologyWorker } from "../model/topology";
import { describeTopology } from "./describe";

/**
 * Renders the flowchart, with a line break at its end. Names are only ever in quoted labels, whose
 * text is escaped with Mermaid's entity codes (mermaid.js.org/syntax/flowchart.html).
 */
export function renderMermaid(topology: Topology): string {
  const { workers, stores, queues, file } = topology;
  const lines = [
    "flowchart LR",
    `  accTitle: ${escapeLine(`Topology of ${file}`)}`,
    `  accDescr: ${escapeLine(describeTopology(topology))}`,
    ...workers.flatMap((worker, at) => triggerLines(worker, at)),
    ...workers.map(({ name }, at) => `  w${at}["${escapeLabel(name)}"]`),
    ...stores.map(
      ({ bindings, kind }, at) => `  s${at}[("${escapeLabel(bindings.join(" = "))}<br>${kind}")]`,
    ),
    ...queues.map(({ name }, at) => `  q${at}[["${escapeLabel(name)}<br>queue"]]`),
    ...workers.flatMap((worker, at) => storeLines(worker, at, topology)),
    ...queues.flatMap((queue, at) => queueLines(queue, at, workers)),
  ];
  return `${lines.join("\n")}\n`;
}

function triggerLines({ routes, health, crons }: TopologyWorker, at: number): string[] {
  const http = [
    ...routes.map(({ method, path }) => `${method} ${path}`),
    ...(health === null ? [] : [`GET ${health}`]),
  ];
  const cron = crons.map((one) => `${one.cron} ${one.name}`);
  const node = (id: string, texts: readonly string[]) =>
    texts.length === 0 ? [] : [`  ${id}(["${texts.map(escapeLabel).join("<br>")}"]) --> w${at}`];
  return [...node(`h${at}`, http), ...node(`c${at}`, cron)];
}

function storeLines(worker: TopologyWorker, at: number, { stores }: Topology): string[] {
  return stores.flatMap(({ key }, store) =>
    worker.stores.includes(key) ? [`  w${at} --- s${store}`] : [],
  );
}

function queueLines(
  { producers, consumers, deadLettersOf }: TopologyQueue,
  at: number,
  workers: readonly TopologyWorker[],
): string[] {
  const worker = (name: string) => `w${workers.findIndex((one) => one.name === name)}`;
  return [
    ...producers.map((name) => `  ${worker(name)} --> q${at}`),
    ...consumers.map((consumer) => `  q${at} --> ${worker(consumer.worker)}`),
    ...deadLettersOf.map((name) => `  ${worker(name)} -. dead letters .-> q${at}`),
  ];
}

const entity = (character: string): string => `#${character.codePointAt(0)};`;

/**
 * Everything that Mermaid or Markdown might read in a label becomes an entity code. So does the
 * first letter of its own keywords: it takes the last semicolon off a line with one and a code.
 */
function escapeLabel(text: string): string {
  return printable(text)
    .replace(/[^\p{L}\p{N}\p{M}\uFFFD /:_.,=()-]/gu, entity)
    .replace(/style|classDef/g, (word) => entity(word) + word.slice(1));
}

/** A title ends with its line, and takes no entity codes. */
function escapeLine(text: string): string {
  return printable(text).replace(/[;{}]/g, ",").replaceAll("#", " ");
}
