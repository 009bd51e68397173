export type { SyntaxNode, SyntaxNodeRef, Tree } from "@lezer/common";
export type * as ast from "./ast";
export type { SourceRange } from "./ast";
export { firstTooDeep, type Survey, survey, type Visitor, visitorsOf } from "./depth";
/** For editors only: of what is missing in a text with mistakes it knows less than `parse`. */
export { parser } from "./generated/parser";
export { type Parsed, parse } from "./parse";
export { read } from "./read";
export { type TextRun, textRuns } from "./read/text-runs";
