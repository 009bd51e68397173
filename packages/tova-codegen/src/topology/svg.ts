// A topology → an SVG picture that explains itself to readers and screen readers, in light and dark.
import { printable } from "../diagnostics/printable";
import type { Topology } from "../model/topology";
import { describeTopology } from "./describe";
import { layOut } from "./layout";
import { type Card, type Cell, type Line, metrics } from "./picture";
import { styleSheet } from "./style-sheet";

/** Renders the picture, with a line break at its end. It needs no font, script or file beside it. */
export function renderSvg(topology: Topology): string {
  const { width, height, headings, cards, lines } = layOut(topology);
  const id = `topology-${topology.file.replace(/[^A-Za-z0-9]+/g, "-")}`;
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" ` +
      `class="tova-topology" role="img" aria-labelledby="${id}-title ${id}-desc">`,
    `<title id="${id}-title">${escapeXml(`Topology of ${topology.file}`)}</title>`,
    `<desc id="${id}-desc">${escapeXml(describeTopology(topology))}</desc>`,
    `<style>${styleSheet}</style>`,
    ...headings.map(
      ({ text, x }) =>
        `<text class="heading" x="${number(x)}" y="${metrics.margin + 12}">${text}</text>`,
    ),
    ...lines.map(lineOf),
    ...cards.map(cardOf),
    "</svg>",
    "",
  ].join("\n");
}

const number = (value: number): string => String(Math.round(value * 10) / 10);

const arrowLength = 8;

/** A curve that leaves and meets its cards level, so that its arrow needs no angle. */
function lineOf({ kind, dashed, arrow, x1, y1, x2, y2 }: Line): string {
  const start = x1 + (arrow === "from" ? arrowLength : 0);
  const stop = x2 - (arrow === "to" ? arrowLength : 0);
  const bend = (stop - start) / 2;
  const curve = [
    `M${number(start)} ${number(y1)}`,
    `C${number(start + bend)} ${number(y1)} ${number(stop - bend)} ${number(y2)}`,
    `${number(stop)} ${number(y2)}`,
  ].join(" ");
  const line = `<path class="line ${kind}${dashed ? " dashed" : ""}" d="${curve}"/>`;
  if (arrow === null) return line;
  const [tip, back, y] = arrow === "to" ? [x2, stop, y2] : [x1, start, y1];
  const head = `M${number(tip)} ${number(y)}L${number(back)} ${number(y - 4)}V${number(y + 4)}Z`;
  return `${line}<path class="head ${kind}" d="${head}"/>`;
}

function cardOf(card: Card): string {
  const { kind, tag, title, x, y, width, height, lines } = card;
  const [left, top] = [number(x), number(y)];
  const box = `x="${left}" y="${top}" width="${number(width)}" height="${number(height)}" rx="6"`;
  const bar = `M${number(x + 3.5)} ${number(y + 10)}v${number(height - 20)}`;
  const { padding, paddingY, tagHeight, lineHeight, fontSize } = metrics;
  // What is left over of a card that is higher than its text stands above and below it.
  const spare = (height - 2 * paddingY - tagHeight - lines.length * lineHeight) / 2;
  const first = y + spare + paddingY;
  const texts = lines.flatMap((cells, at) =>
    cells.map((cell) => {
      const baseline = first + tagHeight + at * lineHeight + fontSize;
      return cellOf(cell, x + padding, baseline);
    }),
  );
  return [
    `<g><title>${escapeXml(title)}</title>`,
    `<rect class="card" ${box}/>`,
    `<path class="bar ${kind}" d="${bar}"/>`,
    `<text class="tag ${kind}" x="${number(x + padding)}" y="${number(first + 10)}">${escapeXml(tag)}</text>`,
    ...texts,
    "</g>",
  ].join("");
}

function cellOf({ text, column, tone }: Cell, x: number, y: number): string {
  const left = number(x + column * metrics.character);
  return `<text class="${tone}" x="${left}" y="${number(y)}">${escapeXml(text)}</text>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** XML has no place for control characters, nor for the two signs that are no characters. */
function escapeXml(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line))
    .join("\n")
    .replace(/[\uFFFE\uFFFF]/g, "\uFFFD")
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}
