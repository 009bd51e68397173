// Running workers in, the table shown at the start out.
import pc from "picocolors";
import type { BlockOutline } from "tova-codegen";

/** A worker and where it answers. */
export interface TableEntry {
  readonly outline: BlockOutline;
  /** Null for a worker without HTTP. */
  readonly url: string | null;
}

/** Rows of cells as lines, each column as wide as its widest cell. */
function alignRows(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function routeRows({ routes, health }: BlockOutline): string[][] {
  const rows = routes.map(({ method, path }) => [method, path]);
  return health === null ? rows : [...rows, ["GET", `${health} (health)`]];
}

/** Queues that a worker sends to, also those that take what it fails to handle, and who reads them. */
function queueRows(outline: BlockOutline, entries: readonly TableEntry[]): string[][] {
  const readers = (queue: string): string => {
    const found = entries.filter(({ outline: { consumes } }) =>
      consumes.some((consumed) => consumed.queue === queue),
    );
    return found.map((each) => each.outline.projectName).join(", ") || "nobody in this file";
  };
  const dead = outline.consumes.flatMap(({ queue, deadLetterQueue }) =>
    deadLetterQueue === null
      ? []
      : [["queue", `${deadLetterQueue} → ${readers(deadLetterQueue)} (dead letters of ${queue})`]],
  );
  return [...outline.produces.map(({ id }) => ["queue", `${id} → ${readers(id)}`]), ...dead];
}

function cronRows({ schedules }: BlockOutline): string[][] {
  return schedules.map(({ name, cron }) => ["cron", `${cron} (UTC) ${name}`]);
}

/** Each worker with its address, then its routes, queues and crons. */
export function renderTable(entries: readonly TableEntry[], color = false): string {
  const paint = pc.createColors(color);
  const heads = alignRows(
    entries.map(({ outline, url }) => [outline.projectName, url ?? "(no HTTP)"]),
  );
  const details = entries.map(({ outline }) => [
    ...routeRows(outline),
    ...queueRows(outline, entries),
    ...cronRows(outline),
  ]);
  const aligned = alignRows(details.flat());
  const lines: string[] = [];
  for (const [at, rows] of details.entries()) {
    lines.push(paint.bold(heads[at] ?? ""));
    lines.push(...aligned.splice(0, rows.length).map((line) => `  ${line}`));
  }
  return lines.join("\n");
}
