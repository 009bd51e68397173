// Links between cards → lines with ends, spread over the sides of the cards so that few cross.
import type { Card, CardKind, Line } from "./picture";

/** A line to be drawn from the right side of one card to the left side of another. */
export interface Link {
  readonly from: Card;
  readonly to: Card;
  readonly kind: CardKind;
  readonly arrow: Line["arrow"];
  readonly dashed: boolean;
}

/** The height at which lines meet a card that has but one. */
export const centre = ({ y, height }: Card): number => y + height / 2;

/** Where the lines at one side of each card end: evenly, in the order of the cards they lead to. */
function ends(links: readonly Link[], side: "from" | "to"): Map<Link, number> {
  const other = side === "from" ? "to" : "from";
  const found = new Map<Link, number>();
  for (const card of new Set(links.map((link) => link[side]))) {
    const mine = links
      .filter((link) => link[side] === card)
      .sort((a, b) => centre(a[other]) - centre(b[other]));
    const step = card.height / (mine.length + 1);
    for (const [at, link] of mine.entries()) found.set(link, card.y + step * (at + 1));
  }
  return found;
}

/** Gives every link its two ends. */
export function drawLinks(links: readonly Link[]): Line[] {
  const starts = ends(links, "from");
  const stops = ends(links, "to");
  return links.map((link) => ({
    kind: link.kind,
    dashed: link.dashed,
    arrow: link.arrow,
    x1: link.from.x + link.from.width,
    y1: starts.get(link) ?? centre(link.from),
    x2: link.to.x,
    y2: stops.get(link) ?? centre(link.to),
  }));
}
