// The map of a bundle in, the same without the modules that no user has written out.
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly (string | null)[];
  readonly mappings: string;
}

/**
 * Leaves out sources for which `isOurs` holds; code made from them then leads to no source.
 * @param named gives the others their names
 */
export function leaveOutSources(
  json: string,
  isOurs: (source: string) => boolean,
  named: (source: string) => string,
): string {
  const map = JSON.parse(json) as SourceMap;
  const kept = map.sources.flatMap((source, index) => (isOurs(source) ? [] : [index]));
  const moved = new Map(kept.map((old, index) => [old, index]));
  const lines = decode(map.mappings).map((line) => line.map((segment) => move(segment, moved)));
  return JSON.stringify({
    ...map,
    sources: kept.map((index) => named(map.sources[index] ?? "")),
    sourcesContent: kept.map((index) => map.sourcesContent[index] ?? null),
    mappings: encode(lines),
  });
}

function move(segment: SourceMapSegment, moved: ReadonlyMap<number, number>): SourceMapSegment {
  if (segment.length === 1) return segment;
  const [column, source, line, sourceColumn] = segment;
  const index = moved.get(source);
  return index === undefined ? [column] : [column, index, line, sourceColumn];
}
