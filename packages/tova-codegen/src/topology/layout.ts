// A topology → its picture: triggers, workers, and stores with queues in three columns.
import stringWidth from "string-width";
import type { Topology } from "../model/topology";
import { type ResourceCard, resourceCards, triggerCards, workerCard } from "./cards";
import { centre, drawLinks, type Link } from "./lines";
import { type Card, type CardContent, metrics, type Picture } from "./picture";
import { placeNear } from "./place-near";

const { padding, paddingY, lineHeight, tagHeight, gap, rowGap, headingHeight, margin, port } =
  metrics;

/** Left edge and width of a column. */
interface Column {
  readonly x: number;
  readonly width: number;
}

/** What one worker needs of the picture. */
interface RowContent {
  readonly name: string;
  readonly worker: CardContent;
  readonly triggers: readonly CardContent[];
  /** Lines to stores and queues. */
  readonly lines: number;
}

/** The placed cards of a worker. */
interface Row {
  readonly name: string;
  readonly worker: Card;
  readonly triggers: readonly Card[];
}

function widthOf({ tag, lines }: CardContent): number {
  const ends = lines.flat().map(({ text, column }) => column + stringWidth(text));
  return Math.ceil(Math.max(tag.length, ...ends) * metrics.character) + 2 * padding;
}

/** High enough for its text, and for the lines that end at it. */
function heightOf({ lines }: CardContent, ends = 1): number {
  return Math.max(2 * paddingY + tagHeight + lines.length * lineHeight, (ends + 1) * port);
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

const heightOfStack = (contents: readonly CardContent[]): number =>
  sum(contents.map((content) => heightOf(content) + gap)) - gap;

/** A column without cards takes no room; the more lines run into one, the wider the way there. */
function columnAfter(before: Column, contents: readonly CardContent[], lines: number): Column {
  const width = Math.max(0, ...contents.map(widthOf));
  const isFirst = before.width === 0;
  const way = width === 0 || isFirst ? 0 : Math.min(220, 72 + 5 * lines);
  return { x: before.x + before.width + way, width };
}

/** Workers under each other, each as high as what starts it. */
function placeRows(contents: readonly RowContent[], left: Column, middle: Column): Row[] {
  let top = 0;
  return contents.map(({ name, worker, triggers, lines }) => {
    const own = heightOf(worker, lines);
    const stack = heightOfStack(triggers);
    const height = Math.max(own, stack);
    let next = top + (height - stack) / 2;
    const placed = triggers.map((content) => {
      const card = { ...content, ...left, y: next, height: heightOf(content) };
      next += card.height + gap;
      return card;
    });
    const y = top + (height - own) / 2;
    top += height + rowGap;
    return { name, worker: { ...worker, ...middle, y, height: own }, triggers: placed };
  });
}

/** Stores and queues, each as near as may be to the middle of its workers. */
function placeResources(
  resources: readonly ResourceCard[],
  workers: ReadonlyMap<string, Card>,
  column: Column,
): { card: Card; joints: ResourceCard["joints"] }[] {
  const wishes = resources.map(({ content, joints }) => {
    const middles = joints.flatMap(({ worker }) => workers.get(worker) ?? []).map(centre);
    const height = heightOf(content, joints.length);
    return { content, joints, height, middle: sum(middles) / middles.length };
  });
  wishes.sort((a, b) => a.middle - b.middle);
  const tops = placeNear(wishes, gap);
  return wishes.map(({ content, joints, height }, at) => {
    return { card: { ...content, ...column, y: tops[at] ?? 0, height }, joints };
  });
}

function linksOf(
  rows: readonly Row[],
  resources: ReturnType<typeof placeResources>,
  workers: ReadonlyMap<string, Card>,
): Link[] {
  const starts = rows.flatMap(({ worker, triggers }) =>
    triggers.map((from): Link => {
      return { from, to: worker, kind: from.kind, arrow: "to", dashed: false };
    }),
  );
  const uses = resources.flatMap(({ card, joints }) =>
    joints.flatMap(({ worker, arrow, dashed }): Link[] => {
      const from = workers.get(worker);
      return from ? [{ from, to: card, kind: card.kind, arrow, dashed }] : [];
    }),
  );
  return [...starts, ...uses];
}

/** Lays the picture out. Never throws; a topology without workers is an empty picture. */
export function layOut(topology: Topology): Picture {
  const resources = resourceCards(topology);
  const joints = resources.flatMap((resource) => resource.joints);
  const contents = topology.workers.map((worker): RowContent => {
    const lines = joints.filter((joint) => joint.worker === worker.name).length;
    const { name } = worker;
    return { name, worker: workerCard(worker), triggers: triggerCards(worker), lines };
  });
  const start = { x: margin, width: 0 };
  const left = columnAfter(
    start,
    contents.flatMap(({ triggers }) => triggers),
    0,
  );
  const middle = columnAfter(
    left,
    contents.map(({ worker }) => worker),
    0,
  );
  const right = columnAfter(
    middle,
    resources.map(({ content }) => content),
    joints.length,
  );
  const rows = placeRows(contents, left, middle);
  const workers = new Map(rows.map(({ name, worker }) => [name, worker]));
  const placed = placeResources(resources, workers, right);
  const cards = [
    ...rows.flatMap(({ worker, triggers }) => [...triggers, worker]),
    ...placed.map(({ card }) => card),
  ];
  const columns = [
    { text: "triggers", ...left },
    { text: "workers", ...middle },
    { text: "stores and queues", ...right },
  ];
  return frame(cards, linksOf(rows, placed, workers), columns);
}

/** Moves everything below the headings, and gives the whole its size. */
function frame(
  cards: readonly Card[],
  links: readonly Link[],
  columns: readonly (Column & { readonly text: string })[],
): Picture {
  const top = Math.min(0, ...cards.map(({ y }) => y));
  const bottom = Math.max(0, ...cards.map(({ y, height }) => y + height));
  const down = margin + headingHeight - top;
  const shown = columns.filter(({ width }) => width > 0);
  return {
    width: Math.max(0, ...shown.map(({ x, width }) => x + width)) + margin,
    height: bottom + down + margin,
    headings: shown.map(({ text, x }) => ({ text, x })),
    cards: cards.map((card) => ({ ...card, y: card.y + down })),
    lines: drawLinks(links).map((line) => {
      return { ...line, y1: line.y1 + down, y2: line.y2 + down };
    }),
  };
}
