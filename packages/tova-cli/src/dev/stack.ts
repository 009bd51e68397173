// Text with places in compiled workers in, the same text with places in the `.tova` file out.
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Worker } from "tova-codegen";
import { isDevFrame } from "./module";

/** Source maps by the file name that stack traces show. */
export interface StackMaps {
  /** A source of the maps, as the user knows it. */
  readonly nameOf: (source: string) => string;
  readonly maps: ReadonlyMap<string, TraceMap>;
}

/** Reads the maps that the compiler made. */
export function readStackMaps(
  nameOf: (source: string) => string,
  workers: readonly Worker[],
): StackMaps {
  const maps = workers.map(({ fileName, map }) => [fileName, new TraceMap(map)] as const);
  return { nameOf, maps: new Map(maps) };
}

const place = /(?:file:\/\/\/)?([^\s()/\\:]+\.js):(\d+):(\d+)/g;

/** Rewrites every place in a compiled worker that has one in the source; the rest stays. */
export function mapStack(text: string, { nameOf, maps }: StackMaps): string {
  const mapped = text.replace(place, (whole, file: string, line: string, column: string) => {
    const map = maps.get(file);
    if (map === undefined) return whole;
    // Stack traces count columns from 1, source maps from 0.
    const found = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    return found.source === null
      ? whole
      : `${nameOf(found.source)}:${found.line}:${found.column + 1}`;
  });
  const lines = mapped.split("\n");
  return lines.filter((line) => !isDevFrame(line)).join("\n");
}
