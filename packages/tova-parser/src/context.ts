// What the tokenizers must know of the tokens before: line breaks, guards, how deep brackets nest.
import { ContextTracker, type Stack } from "@lezer/lr";
import * as terms from "./generated/parser.terms";

/** Brackets open at a place beyond which the rest of the text is one token (see `TooDeep`). */
export const maxOpenBrackets = 400;

/** Facts about the place before the next token. Never changed: every shift makes or finds another. */
class LineContext {
  constructor(
    /** Whether a line break precedes the next token. */
    readonly newline: boolean,
    /** Brackets open; recovery from errors may leave it too high, never too low. */
    readonly depth: number,
    /** One number per match guard being read: how many brackets are open inside it. */
    readonly guards: readonly number[],
  ) {}

  /** In a guard outside brackets an arrow ends the guard, so `ok =>` is no lambda there. */
  get inGuard(): boolean {
    const { guards } = this;
    return guards.length > 0 && guards[guards.length - 1] === 0;
  }
}

const noGuards: readonly number[] = [];
/** The contexts outside guards, made once: two for each depth. */
const plain: LineContext[] = [];
for (let depth = 0; depth <= maxOpenBrackets + 1; depth++) {
  plain.push(new LineContext(false, depth, noGuards), new LineContext(true, depth, noGuards));
}

function contextOf(newline: boolean, depth: number, guards: readonly number[]): LineContext {
  const known = guards.length === 0 ? plain[depth * 2 + (newline ? 1 : 0)] : undefined;
  return known ?? new LineContext(newline, depth, guards);
}

const transparent = 1;
const lineBreak = 2;
const opener = 4;
const closer = 8;

const kinds = new Uint8Array(1024);
function mark(kind: number, ...marked: readonly number[]): void {
  for (const term of marked) kinds[term] = kind;
}
mark(lineBreak, terms.newline, terms.MultilineComment);
mark(transparent, terms.spaces, terms.LineComment, terms.DocComment, terms.BlockComment);
mark(transparent, terms.valueFollows, terms.labelFollows);
mark(
  opener,
  terms.callOpen,
  terms.indexOpen,
  terms.blockOpen,
  terms.arrowBlockOpen,
  terms.looseOpen,
);
mark(opener, terms.objectOpen, terms.comprehensionOpen, terms.memberOpen, terms.exportOpen);
mark(opener, terms.patternBrace, terms.patternBracket, terms.patternParen, terms.arrowParen);
mark(opener, terms.parenOpen, terms.bracketOpen, terms.braceOpen);
mark(opener, terms.interpolationStart, terms.tripleInterpolationStart);
mark(closer, terms.parenClose, terms.bracketClose, terms.braceClose);

function nextGuards(guards: readonly number[], term: number, kind: number): readonly number[] {
  if (term === terms.guardIf) return [...guards, 0];
  if (guards.length === 0) return guards;
  const depth = guards[guards.length - 1] as number;
  const outer = guards.slice(0, -1);
  if (depth === 0 && (term === terms.Arrow || kind === closer)) return outer;
  if (kind === opener) return [...outer, depth + 1];
  if (kind === closer) return [...outer, depth - 1];
  return guards;
}

function nextDepth(depth: number, kind: number): number {
  if (kind === opener) return Math.min(depth + 1, maxOpenBrackets + 1);
  return kind === closer ? Math.max(depth - 1, 0) : depth;
}

/** Tracks the facts over every token, skipped ones included. */
export const trackLines = new ContextTracker<LineContext>({
  start: contextOf(true, 0, noGuards),
  shift(context, term) {
    const kind = kinds[term] ?? 0;
    if (kind === transparent) return context;
    const { depth, guards } = context;
    return contextOf(kind === lineBreak, nextDepth(depth, kind), nextGuards(guards, term, kind));
  },
  /** What stands for a part of an earlier tree: all its brackets are closed. */
  reuse({ depth, guards }, node) {
    // A guard goes on to its arrow.
    return contextOf(false, depth, node.type.id === terms.Guard ? [...guards, 0] : guards);
  },
  // What of it decides over a part that is taken over is looked at then (see `places.ts`).
  strict: false,
});

/** The context of a stack. */
export const contextAt = (stack: Stack): LineContext => stack.context as LineContext;
