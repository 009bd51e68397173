// A diagnostic and the text it is about → what a terminal shows: message, source line, caret, help.
import stringWidth from "string-width";
import type { Diagnostic } from "./diagnostic";
import { linesOf } from "./lines";
import { printable } from "./printable";

export interface RenderOptions {
  /** Colours by ANSI escapes. @default false */
  readonly color?: boolean;
}

/** Columns of source shown of one line. */
const maxWidth = 120;
/** Columns shown before the caret of a longer line. */
const lead = 40;

const styles = { error: "1;31", warning: "1;33", frame: "1;34", bold: "1" } as const;
type Paint = (style: keyof typeof styles, text: string) => string;

/**
 * Renders one diagnostic, without a line break at its end. `sources` holds texts by file name;
 * without the diagnostic's own there is no frame.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  sources: Readonly<Record<string, string>>,
  options: RenderOptions = {},
): string {
  const paint: Paint = (style, text) =>
    options.color ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
  const { severity, code, message, help, fileName, line, column } = diagnostic;
  const source = Object.hasOwn(sources, fileName) ? sources[fileName] : undefined;
  const indent = " ".repeat(source === undefined ? 1 : String(line).length);
  const head = paint(severity, `${severity}[${code}]`);
  const place = `${printable(fileName)}:${line}:${column}`;
  return [
    `${head}${paint("bold", `: ${printable(message)}`)}`,
    `${indent}${paint("frame", "-->")} ${place}`,
    ...(source === undefined ? [] : frame(diagnostic, source, indent, paint)),
    ...(help === undefined ? [] : [`${indent} ${paint("frame", "=")} help: ${printable(help)}`]),
  ].join("\n");
}

/** `2 errors, 1 warning`; `no problems` without any. */
export function renderSummary(diagnostics: readonly Pick<Diagnostic, "severity">[]): string {
  const parts = (["error", "warning"] as const).flatMap((severity) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  return parts.join(", ") || "no problems";
}

function frame(diagnostic: Diagnostic, source: string, indent: string, paint: Paint): string[] {
  const { line, column, range, severity } = diagnostic;
  const text = linesOf(source).text(line);
  const start = Math.min(column - 1, text.length);
  const end = Math.min(start + Math.max(0, range.to - range.from), text.trimEnd().length);
  const { before, marked, after } = window(
    printable(text.slice(0, start)),
    printable(text.slice(start, Math.max(start, end))),
    printable(text.slice(Math.max(start, end))),
  );
  const carets = "^".repeat(Math.max(1, stringWidth(marked)));
  const bar = paint("frame", "|");
  const shown = `${before}${marked}${after}`.trimEnd();
  return [
    `${indent} ${bar}`,
    `${paint("frame", String(line))} ${bar}${shown === "" ? "" : ` ${shown}`}`,
    `${indent} ${bar} ${" ".repeat(stringWidth(before))}${paint(severity, carets)}`,
  ];
}

/** Cuts a long line down to what stands around the marked text. */
function window(before: string, marked: string, after: string) {
  if (stringWidth(before + marked + after) <= maxWidth) return { before, marked, after };
  const head = stringWidth(before) > lead ? `…${lastColumns(before, lead - 1)}` : before;
  const room = maxWidth - stringWidth(head);
  const middle = firstColumns(marked, room);
  const left = room - stringWidth(middle);
  const rest = middle === marked && left > 0 ? firstColumns(after, left) : "";
  return { before: head, marked: middle, after: rest };
}

/** As much of `text` as fits, with `…` as its last column where something is left out. */
function firstColumns(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = "";
  let width = 0;
  for (const character of text) {
    width += stringWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function lastColumns(text: string, columns: number): string {
  const characters = [...text];
  let from = characters.length;
  let width = 0;
  while (from > 0) {
    width += stringWidth(characters[from - 1] ?? "");
    if (width > columns) break;
    from--;
  }
  return characters.slice(from).join("");
}
