// The picture of a topology as data: cards in three columns and the lines between them, in pixels.

/** What a card stands for; its colour follows. */
export type CardKind = "http" | "cron" | "worker" | "kv" | "sql" | "storage" | "queue";

export interface Cell {
  readonly text: string;
  /** Where it starts, in characters from the card's text edge. */
  readonly column: number;
  readonly tone: "name" | "plain" | "muted";
}

/** A card without its place. */
export interface CardContent {
  readonly kind: CardKind;
  /** The small word above its lines. */
  readonly tag: string;
  readonly lines: readonly (readonly Cell[])[];
  /** Everything it stands for, uncut. */
  readonly title: string;
}

export interface Card extends CardContent {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line from the right side of one card to the left side of another. */
export interface Line {
  readonly kind: CardKind;
  /** For messages that failed. */
  readonly dashed: boolean;
  /** The end that requests or messages run towards; null where both sides read and write. */
  readonly arrow: "to" | "from" | null;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly headings: readonly { readonly text: string; readonly x: number }[];
  readonly cards: readonly Card[];
  readonly lines: readonly Line[];
}

/** Sizes in pixels. Every name is set in a monospaced font, so that its width is known without it. */
export const metrics = {
  /** A little more than 0.602 of the font's size, what the widest of the usual fonts needs. */
  character: 7.3,
  fontSize: 12,
  lineHeight: 18,
  tagHeight: 17,
  padding: 14,
  paddingY: 9,
  /** Between cards of one column. */
  gap: 14,
  /** Between the cards of two workers. */
  rowGap: 26,
  headingHeight: 30,
  margin: 8,
  /** Between two lines that end at one card. */
  port: 9,
} as const;
