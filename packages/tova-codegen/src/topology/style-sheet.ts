// The colours of the picture, in light and dark, as a style sheet of its own elements.
import { type CardKind, metrics } from "./picture";

/** Light, then dark. Each has at least 4.5:1 on the cards of its scheme (WCAG 2.2, 1.4.3). */
const hues: Readonly<Record<CardKind, readonly [string, string]>> = {
  http: ["#0969da", "#4493f8"],
  cron: ["#9a6700", "#d29922"],
  worker: ["#57606a", "#9198a1"],
  kv: ["#1a7f37", "#3fb950"],
  sql: ["#8250df", "#ab7df8"],
  storage: ["#bc4c00", "#f0883e"],
  queue: ["#bf3989", "#db61a2"],
};

/** Fill and border of cards, then text and lesser text, light and dark. */
const cards = [
  { card: "#ffffff", border: "#d1d9e0", text: "#1f2328", muted: "#59636e" },
  { card: "#161b22", border: "#3d444d", text: "#e6edf3", muted: "#9198a1" },
] as const;

/** Without a custom property or a nested rule: pictures are read by more than browsers. */
function scheme(at: 0 | 1): string {
  const { card, border, text, muted } = cards[at];
  const kinds = Object.entries(hues).flatMap(([kind, hue]) => [
    `.tova-topology .${kind}{stroke:${hue[at]}}`,
    `.tova-topology .tag.${kind},.tova-topology .head.${kind}{fill:${hue[at]}}`,
  ]);
  return [
    `.tova-topology .card{fill:${card};stroke:${border}}`,
    `.tova-topology .name,.tova-topology .plain{fill:${text}}`,
    `.tova-topology .muted{fill:${muted}}`,
    ...kinds,
  ].join("\n");
}

const font = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace';

/**
 * Everything outside the cards is readable on light and on dark, since a page may be dark where its
 * reader's system is not.
 */
export const styleSheet = `
.tova-topology text{font:${metrics.fontSize}px ${font};white-space:pre}
.tova-topology .heading{fill:#768390;font-size:11px;letter-spacing:.4px}
.tova-topology text.tag{font-size:10.5px}
.tova-topology .name{font-weight:600}
.tova-topology .line{fill:none;stroke-width:1.5}
.tova-topology .bar{stroke-width:3;stroke-linecap:round}
.tova-topology .dashed{stroke-dasharray:4 4}
${scheme(0)}
@media (prefers-color-scheme:dark){
${scheme(1)}
}
.tova-topology .tag,.tova-topology .head{stroke:none}
`;
