// The path of a route or health check → its segments (spec 11.2).
import type { SourceRange } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Segment } from "../model/segment";

/** Takes a path with its group's prefix; reports what is wrong with it at `range`. */
export function readPath(path: string, range: SourceRange, findings: Findings): Segment[] {
  const report = (problem: string, help: string) =>
    findings.report(range, codes.path({ problem, help }));
  if (!path.startsWith("/")) {
    report(`The path \`${path}\` does not start with \`/\`.`, `Write \`/${path}\`.`);
  }
  if (/:[^/]*\?(\/|$)/.test(path)) {
    report(
      `The path \`${path}\` has an optional part, and routes have none.`,
      "Write a route with that part, and one without it.",
    );
    return [];
  }
  if (/[?#]/.test(path)) {
    report(
      `The path \`${path}\` holds a query or fragment, which never takes part in matching.`,
      "Keep only what comes before it, and read the query from `req.url`.",
    );
  }
  const parts = path.replace(/^\//, "").split("/");
  const segments = parts.map(readSegment);
  const last = segments.length - 1;
  if (segments.some((segment, index) => segment.kind === "wildcard" && index < last)) {
    report(
      `The path \`${path}\` goes on after a wildcard, which takes all that is left.`,
      "Move the wildcard to the end.",
    );
  }
  reportNames(path, segments, report);
  for (const part of parts) {
    const habit = /^(?:<(.+)>|\[(.+)\])$/.exec(part);
    const name = habit?.[1] ?? habit?.[2];
    if (name !== undefined) findings.report(range, codes.pathHabit({ part, path, name }));
  }
  return segments;
}

function readSegment(text: string): Segment {
  if (text.startsWith(":")) return { kind: "param", name: text.slice(1) };
  if (text.startsWith("*")) return { kind: "wildcard", name: text.slice(1) || "wild" };
  return { kind: "literal", text: decode(text) };
}

/** Percent-decodes; text with a malformed escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function reportNames(
  path: string,
  segments: readonly Segment[],
  report: (problem: string, help: string) => void,
): void {
  const seen = new Set<string>();
  for (const segment of segments) {
    if (segment.kind === "literal") continue;
    if (!/^[\p{L}_$][\p{L}\p{N}\p{M}_$]*$/u.test(segment.name)) {
      report(
        `\`${segment.name}\` in the path \`${path}\` is not a parameter name.`,
        "Use a name such as `:id`, alone between two slashes.",
      );
    } else if (seen.has(segment.name)) {
      report(
        `The path \`${path}\` has two parameters named \`${segment.name}\`.`,
        "Rename one of them.",
      );
    }
    seen.add(segment.name);
  }
}

/** A text that is equal for two paths that match the same requests. */
export function shapeOf(segments: readonly Segment[]): string {
  let shape = "";
  for (const segment of segments) {
    const literal = segment.kind === "literal";
    shape += literal ? `/${segment.text.length}${segment.text}` : `/${segment.kind}`;
  }
  return shape;
}
