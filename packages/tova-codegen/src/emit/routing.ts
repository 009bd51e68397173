// The routes of a worker → the functions that find a request's handler by method and path.

import type { HelperName } from "../generated/runtime";
import type { EdgeBlock, Health, Route, Segment } from "../model/program";
import { type Bodies, emitChecked } from "./body";
import { type Context, helper, moduleName } from "./context";
import { normalPart, overlap, type PathCode, pathCode } from "./path";
import { braces, type Code, list } from "./writer";

const text = JSON.stringify;

/**
 * What a handler gets of the path: an object of all parameters, some of them one by one, or none.
 */
export type Taken = "object" | "nothing" | readonly string[];

/** The function that answers a route. */
export interface Handler {
  readonly name: string;
  readonly takes: Taken;
}

/** Routes of one path, and the code that runs when a request has it. */
interface Entry {
  readonly segments: readonly Segment[];
  readonly path: PathCode;
  readonly code: Code[];
  /** The methods that code answers, each with a blank behind it. */
  allow: string;
}

/** What the routes of a worker are emitted with. */
interface Routing {
  readonly cx: Context;
  readonly block: EdgeBlock;
  readonly handlers: ReadonlyMap<Route, Handler>;
  readonly bodies: Bodies;
  /** By the names of parameters: the function that makes an object of them. */
  readonly makers: Map<string, string>;
}

/**
 * Emits `$dispatch(req, method)`: what the first route that matches gives; without one the answer
 * that says so.
 */
export function emitDispatch(
  cx: Context,
  block: EdgeBlock,
  handlers: ReadonlyMap<Route, Handler>,
  bodies: Bodies,
): void {
  const routing: Routing = { cx, block, handlers, bodies, makers: new Map() };
  const entries = groupByPath(routing);
  if (block.health) entries.push(emitHealthEntry(cx, block.health));
  const head = [`const path = ${helper(cx, "pathOf")}(req.url);`];
  const name = "$dispatch";
  if (entries.length <= fewPaths) emitTests(cx, { name, params: entryParams, head }, entries);
  else {
    const inner = moduleName(cx, "dispatch_all");
    emitLevel(cx, inner, entries, 0);
    const call = `return ${inner}(req, method, path, 1);`;
    cx.out.push([`function ${name}${entryParams} `, braces([...head, call])]);
  }
}

const entryParams = "(req, method = req.method)";

/**
 * Routes of one path share its test. The order of declaration stays: a route moves up to an earlier
 * one of its path only past routes that no request of it can match.
 */
function groupByPath(routing: Routing): Entry[] {
  const entries: Entry[] = [];
  const places = new Map<string, number>();
  for (const route of routing.block.routes) {
    const { segments, method } = route;
    const path = pathCode(segments, () => helper(routing.cx, "isPart"));
    const key = path.tests.join(" && ");
    const place = places.get(key);
    const between = place === undefined ? [] : entries.slice(place + 1);
    const free = !between.some((entry) => overlap(entry.segments, segments));
    let entry = free && place !== undefined ? entries[place] : undefined;
    if (!entry) {
      entry = { segments, path, code: [], allow: "" };
      places.set(key, entries.length);
      entries.push(entry);
    }
    entry.code.push([`if (method === ${text(method)}) return `, emitAnswer(routing, route, path)]);
    entry.allow += allowed(method);
  }
  return entries;
}

function emitHealthEntry(cx: Context, health: Health): Entry {
  const path = pathCode(health.segments, () => helper(cx, "isPart"));
  const code: Code[] = [
    ['if (method === "GET") return ', helper(cx, healthHelper(cx, health)), "();"],
  ];
  return { segments: health.segments, path, code, allow: allowed("GET") };
}

// ── Many routes ────────────────────────────────────────────────────

/** Paths tested one after the other; more are told apart by a part of the path first. */
const fewPaths = 12;

/** A path that ends before a part has none; the code cannot tell that from an empty one. */
const literalAt = (entry: Entry, depth: number): string | null => {
  const segment = entry.segments[depth];
  return segment?.kind === "literal" && segment.text !== "" ? segment.text : null;
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

const levelParams = "(req, method, path, at)";

/** Emits a function that finds the entry; many are split by the part of the path at `at`. */
function emitLevel(cx: Context, name: string, entries: readonly Entry[], depth: number): void {
  const longest = entries.reduce((most, { segments }) => Math.max(most, segments.length), 0);
  const head: string[] = [];
  let level = depth;
  let split: Split | null = null;
  while (entries.length > fewPaths && level < longest) {
    split = splitAt(entries, level++);
    if (split) break;
    head.push(`at = ${helper(cx, "endOf")}(path, at) + 1;`);
  }
  if (!split) return emitTests(cx, { name, params: levelParams, head: [] }, entries);
  const table = emitTable(cx, split, level);
  head.push(`const end = ${helper(cx, "endOf")}(path, at);`);
  const found = `(${table.name}.get(path.slice(at, end)) ?? ${table.others})`;
  head.push(`return ${found}(req, method, path, end + 1);`);
  cx.out.push([`function ${name}${levelParams} `, braces(head)]);
}

/** Emits the functions of all parts of a path, and the map of them by part. */
function emitTable(cx: Context, { buckets, others }: Split, depth: number) {
  const pairs = [...buckets].map(([key, bucket]): Code => {
    const inner = moduleName(cx, `dispatch_${key}`);
    emitLevel(cx, inner, bucket, depth);
    return `[${text(normalPart(key))}, ${inner}]`;
  });
  const open = moduleName(cx, "dispatch_other");
  emitLevel(cx, open, others, depth);
  const name = moduleName(cx, "dispatch_by_part");
  cx.out.push(["const ", name, " = new Map([", list(pairs), "]);"]);
  return { name, others: open };
}

interface TestsFunction {
  readonly name: string;
  readonly params: string;
  readonly head: readonly Code[];
}

/** Emits a function that tests the paths in order. */
function emitTests(cx: Context, { name, params, head }: TestsFunction, entries: readonly Entry[]) {
  const places = [...new Set(entries.flatMap(({ path }) => path.places))];
  const declared = [...places, 'allow = ""'];
  const tests = emitEntries(entries, 0);
  const none: Code = ["return ", helper(cx, "unrouted"), "($dispatch, req, method, allow);"];
  const body = [...head, `let ${declared.join(", ")};`, ...tests, none];
  cx.out.push([`function ${name}${params} `, braces(body)]);
}

/** The code of entries whose first tests have passed; neighbours share the next where it is the same. */
function emitEntries(entries: readonly Entry[], passed: number): readonly Code[] {
  const codes: Code[] = [];
  for (let i = 0; i < entries.length; ) {
    const { path, code, allow } = entries[i] as Entry;
    const [test] = path.tests.slice(passed);
    let end = i + 1;
    while (test !== undefined && entries[end]?.path.tests[passed] === test) end++;
    if (end > i + 1) {
      codes.push([`if (${test}) `, braces(emitEntries(entries.slice(i, end), passed + 1))]);
    } else {
      const rest = path.tests.slice(passed).join(" && ");
      const all = [...code, `allow += ${text(allow)};`];
      codes.push(...(rest === "" ? all : [[`if (${rest}) `, braces(all)]]));
    }
    i = end;
  }
  return codes;
}

// ── One route ──────────────────────────────────────────────────────

/** A GET route answers HEAD too. */
const allowed = (method: string): string => (method === "GET" ? "GET HEAD " : `${method} `);

/** The helper that answers a health check. */
export const healthHelper = (cx: Context, { checksMemory }: Health): HelperName =>
  checksMemory ? cx.unit.memoryHealth : "healthOk";

/** What a route gives: behind the checks of the user and of the body, what its handler does. */
function emitAnswer(routing: Routing, route: Route, path: PathCode): Code {
  const { cx, block, bodies, handlers } = routing;
  const handler = handlers.get(route);
  if (!handler) throw new Error("A route has no handler.");
  const args = emitArguments(routing, route, handler.takes, path);
  const call = { handler: handler.name, args };
  return [emitRequired(cx, route), emitChecked(cx, block, route, bodies.get(route), call), ";"];
}

/** `with auth`: who may not pass is answered in the handler's place. */
function emitRequired(cx: Context, { requires }: Route): Code {
  if (!requires) return "";
  const role = text(requires.role?.toLowerCase() ?? null);
  return [helper(cx, "requireUser"), `(req, ${role}) ?? `];
}

/** As many arguments as the handler takes. */
function emitArguments(routing: Routing, route: Route, takes: Taken, path: PathCode): Code[] {
  const { handler, segments } = route;
  const takesAll = handler.kind !== "Lambda" || handler.params.some(({ rest }) => rest);
  const count = takesAll ? 3 : handler.params.length;
  if (count < 2) return ["req"].slice(0, count);
  const rest = count > 2 ? ["$env"] : [];
  if (takes === "nothing") return ["req", ...(count > 2 ? ["undefined"] : []), ...rest];
  if (takes === "object") return ["req", emitParams(routing, segments, path), ...rest];
  const values = path.params.filter(({ name }) => takes.includes(name));
  return ["req", ...values.map(({ value }) => emitParam(routing.cx, value)), ...rest];
}

const emitParam = (cx: Context, place: string): Code => [helper(cx, "paramOf"), `(path, ${place})`];

/** The object of a path's parameters, by the names that this route gives them. */
function emitParams({ cx, makers }: Routing, segments: readonly Segment[], path: PathCode): Code {
  const names = segments.flatMap((segment) => (segment.kind === "literal" ? [] : segment.name));
  const key = names.join(" ");
  let maker = makers.get(key);
  if (maker === undefined) {
    maker = moduleName(cx, `Params_${key}`);
    makers.set(key, maker);
    const fields = names.map((name, i) => `this.${name} = $${i};`);
    const head = `function ${maker}(${names.map((_, i) => `$${i}`).join(", ")}) `;
    cx.out.push([head, braces(fields)], `${maker}.prototype = ${helper(cx, "bareParams")};`);
  }
  const values = path.params.map(({ value }) => emitParam(cx, value));
  return ["new ", maker, "(", list(values), ")"];
}
