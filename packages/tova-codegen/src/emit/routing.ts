// The routes of a worker → the functions that find a request's handler by method and path.
import type { EdgeBlock, Health, Route, Segment } from "../model/program";
import { type Bodies, emitChecked } from "./body";
import { type Context, helper, moduleName } from "./context";
import { list } from "./expression";
import { emitKey } from "./literal";
import { braces, type Code } from "./writer";

const text = JSON.stringify;

/** Names of the first parts of a path; those further on are read from it. */
const partNames = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** What the code of a path test reads. */
interface PathCode {
  readonly length: string;
  part(index: number): string;
}

/** Right behind `const { length, 0: a, 1: b … } = path`. */
const named: PathCode = { length: "length", part: (i) => partNames[i] ?? `path[${i}]` };
/** Where `path` is at hand but not taken apart. */
export const direct: PathCode = { length: "path.length", part: (i) => `path[${i}]` };

/** The test that a path, split at its slashes, is one of a route. */
export function emitPathTest(segments: readonly Segment[], path: PathCode): string {
  const open = segments.some(({ kind }) => kind === "wildcard");
  const tests = [`${path.length} ${open ? ">=" : "==="} ${segments.length}`];
  segments.forEach((segment, i) => {
    if (segment.kind === "literal") tests.push(`${path.part(i)} === ${text(segment.text)}`);
    else if (segment.kind === "param") tests.push(`${path.part(i)} !== ""`);
  });
  return tests.join(" && ");
}

function emitParams(segments: readonly Segment[]): string {
  const params = segments.flatMap((segment, i) => {
    if (segment.kind === "literal") return [];
    const value = segment.kind === "param" ? named.part(i) : `path.slice(${i}).join("/")`;
    return [`${emitKey(segment.name)}: ${value}`];
  });
  return ["{ __proto__: null", ...params].join(", ").concat(" }");
}

/** Routes of one path, and the code that runs when a request has it. */
interface Entry {
  readonly segments: readonly Segment[];
  readonly code: readonly Code[];
}

/** Neighbouring routes of one path share its test; the order of declaration stays. */
function groupByPath(routes: readonly Route[]): readonly (readonly Route[])[] {
  const groups: Route[][] = [];
  let before = "";
  for (const route of routes) {
    const test = emitPathTest(route.segments, named);
    if (test === before) groups.at(-1)?.push(route);
    else groups.push([route]);
    before = test;
  }
  return groups;
}

/**
 * Emits `$dispatch(method, path, req, allow)`: what the first route that matches gives; without one
 * `allow`, which then has the methods of the routes at the path.
 * @param handlers names of the functions, one a route
 */
export function emitDispatch(
  cx: Context,
  block: EdgeBlock,
  handlers: ReadonlyMap<Route, string>,
  bodies: Bodies,
): void {
  const entries = groupByPath(block.routes).map((routes): Entry => {
    const calls = routes.map(
      (route): Code => [
        `if (method === ${text(route.method)}) return `,
        emitRequired(cx, route),
        emitChecked(
          cx,
          block,
          route,
          bodies.get(route),
          emitCallOf(route, handlers.get(route) ?? ""),
        ),
        ";",
      ],
    );
    const methods = routes.flatMap(({ method }) => allowed(method));
    const code = [...calls, `allow.push(${methods.join(", ")});`];
    return { segments: routes[0]?.segments ?? [], code };
  });
  const health = block.health ? [emitHealthEntry(cx, block.health)] : [];
  emitLevel(cx, "$dispatch", [...entries, ...health], 0);
}

function emitHealthEntry(cx: Context, health: Health): Entry {
  const answer = [helper(cx, healthHelper(health)), "();"];
  const code: Code[] = [['if (method === "GET") return ', answer], 'allow.push("GET", "HEAD");'];
  return { segments: health.segments, code };
}

// ── Many routes ────────────────────────────────────────────────────

/** Paths tested one after the other; more are told apart by a part of the path first. */
const fewPaths = 12;

const literalAt = (entry: Entry, depth: number): string | null => {
  const segment = entry.segments[depth];
  return segment?.kind === "literal" ? segment.text : null;
};

const reaches = ({ segments }: Entry, depth: number): boolean =>
  segments.length > depth || segments.at(-1)?.kind === "wildcard";

interface Split {
  /** By the text of the part: the paths that may have it, in order. */
  readonly buckets: ReadonlyMap<string, readonly Entry[]>;
  /** The paths without a literal there. */
  readonly others: readonly Entry[];
}

/** Null for a part that tells nothing apart, or that would repeat the open paths too often. */
function splitAt(entries: readonly Entry[], depth: number): Split | null {
  const keys = new Set(entries.flatMap((entry) => literalAt(entry, depth) ?? []));
  const others = entries.filter((entry) => literalAt(entry, depth) === null);
  const open = others.filter((entry) => reaches(entry, depth));
  const total = entries.length + keys.size * open.length;
  if (keys.size < 2 || total > 3 * entries.length) return null;
  const isOpen = new Set(open);
  const buckets = new Map([...keys].map((key): [string, Entry[]] => [key, []]));
  for (const entry of entries) {
    const key = literalAt(entry, depth);
    if (key !== null) buckets.get(key)?.push(entry);
    else if (isOpen.has(entry)) for (const bucket of buckets.values()) bucket.push(entry);
  }
  return { buckets, others };
}

/** Emits a function that finds the entry; many are split by the part of the path at `depth`. */
function emitLevel(cx: Context, name: string, entries: readonly Entry[], depth: number): void {
  const longest = entries.reduce((most, { segments }) => Math.max(most, segments.length), 0);
  if (entries.length <= fewPaths || depth >= longest) return emitTests(cx, name, entries, longest);
  const split = splitAt(entries, depth);
  if (!split) return emitLevel(cx, name, entries, depth + 1);
  const { buckets, others } = split;
  const pairs = [...buckets].map(([key, bucket]): Code => {
    const inner = moduleName(cx, `dispatch_${key}`);
    emitLevel(cx, inner, bucket, depth + 1);
    return `[${text(key)}, ${inner}]`;
  });
  const open = moduleName(cx, "dispatch_other");
  emitLevel(cx, open, others, depth + 1);
  const table = moduleName(cx, "dispatch_by_part");
  cx.out.push(["const ", table, " = new Map([", list(pairs), "]);"]);
  const find = `return (${table}.get(path[${depth}]) ?? ${open})(method, path, req, allow);`;
  cx.out.push([`function ${name}(method, path, req, allow) `, braces([find])]);
}

function emitTests(cx: Context, name: string, entries: readonly Entry[], longest: number): void {
  const parts = ["length", ...partNames.slice(0, longest).map((part, i) => `${i}: ${part}`)];
  const tests = entries.map(({ segments, code }): Code => {
    return [`if (${emitPathTest(segments, named)}) `, braces(code)];
  });
  const head = entries.length > 0 ? [`const { ${parts.join(", ")} } = path;`] : [];
  const body = braces([...head, ...tests, "return allow;"]);
  cx.out.push([`function ${name}(method, path, req, allow) `, body]);
}

// ── One route ──────────────────────────────────────────────────────

/** A GET route answers HEAD too. */
const allowed = (method: string): readonly string[] =>
  method === "GET" ? ['"GET"', '"HEAD"'] : [text(method)];

/** The helper that answers a health check. */
export const healthHelper = ({ checksMemory }: Health) =>
  checksMemory ? "healthMemory" : "healthOk";

/** `with auth`: who may not pass is answered in the handler's place. */
function emitRequired(cx: Context, { requires }: Route): Code {
  if (!requires) return "";
  const role = text(requires.role?.toLowerCase() ?? null);
  return [helper(cx, "requireUser"), `(req, ${role}) ?? `];
}

function emitCallOf(route: Route, handler: string): Code {
  const { handler: node, segments } = route;
  const takesAll = node.kind !== "Lambda" || node.params.some(({ rest }) => rest);
  const count = takesAll ? 3 : node.params.length;
  const args = ["req", emitParams(segments), "$env"].slice(0, count);
  return [handler, "(", list(args), ")"];
}
