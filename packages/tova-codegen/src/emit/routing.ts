// The routes of a worker → the functions that find a request's handler by method and path.
import { knownValue } from "../analyse/known-value";
import type { RawReader } from "../analyse/raw-results";
import type { HelperName } from "../generated/runtime";
import type { EdgeBlock, Health, Route } from "../model/program";
import type { Segment } from "../model/segment";
import { type Bodies, emitChecked, isChecked } from "./body";
import { type Context, helper, moduleName, workerEnv } from "./context";
import { emitInline, emitParam } from "./inline-handler";
import { emitAccess } from "./literal";
import { conditionOf, normalPart, overlap, type PathCode, pathCode, type Step } from "./path";
import { emitHandler, type Handler } from "./route-handler";
import { sender } from "./send";
import { braces, type Code, list } from "./writer";

const text = JSON.stringify;

/** Routes of one path, and the code that runs when a request has it. */
interface Entry {
  readonly segments: readonly Segment[];
  readonly path: PathCode;
  readonly code: Code[];
  /** The methods that code answers, those of one route after the other. */
  readonly methods: string[];
}

/** What the routes of a worker are emitted with. */
interface Routing {
  readonly cx: Context;
  readonly block: EdgeBlock;
  readonly bodies: Bodies;
  readonly now: boolean;
  readonly raw: RawReader;
  /** By parameter of a path: what it is called in handlers. */
  readonly names: Map<string, string>;
  /** By the names of parameters: the function that makes an object of them. */
  readonly makers: Map<string, string>;
}

/**
 * Emits `$dispatch(req, path, method)`: what the first route that matches gives; without one the
 * answer that says so. Path and method are the request's unless others are given.
 * @param now whether it gives responses, as all that handlers give is known; else what becomes one
 */
export function emitDispatch(
  cx: Context,
  block: EdgeBlock,
  { bodies, raw }: Pick<Routing, "bodies" | "raw">,
  now: boolean,
): void {
  const routing: Routing = { cx, block, bodies, raw, now, names: new Map(), makers: new Map() };
  const entries = groupByPath(routing);
  if (block.health) entries.push(emitHealthEntry(cx, block.health));
  const ending = { head: now ? "headOf" : "headLater", options: answersOptions(block) } as const;
  const params = `(req, path = ${helper(cx, "pathOf")}(req.url), method = req.method)`;
  if (entries.length <= fewPaths) emitTests(cx, { name: "$dispatch", params, ...ending }, entries);
  else {
    const inner = moduleName(cx, "dispatch_all");
    emitLevel({ cx, ending }, inner, entries, 0);
    const call = `return ${inner}(req, path, method, 1);`;
    cx.out.push([`function $dispatch${params} `, braces([call])]);
  }
}

/**
 * Routes of one path share its test. The order of declaration stays: a route moves up to an earlier
 * one of its path only past routes that no request of it can match.
 */
function groupByPath(routing: Routing): Entry[] {
  const entries: Entry[] = [];
  const places = new Map<string, number>();
  for (const route of routing.block.routes) {
    const { segments, method } = route;
    const path = pathCode(segments);
    const key = conditionOf(path.steps).code;
    const place = places.get(key);
    const between = place === undefined ? [] : entries.slice(place + 1);
    const free = !between.some((entry) => overlap(entry.segments, segments));
    let entry = free && place !== undefined ? entries[place] : undefined;
    if (!entry) {
      entry = { segments, path, code: [], methods: [] };
      places.set(key, entries.length);
      entries.push(entry);
    }
    entry.code.push([`if (method === ${text(method)}) return `, emitAnswer(routing, route, path)]);
    entry.methods.push(...methodsOf(method));
  }
  return entries;
}

function emitHealthEntry(cx: Context, health: Health): Entry {
  const path = pathCode(health.segments);
  const code: Code[] = [
    ['if (method === "GET") return ', helper(cx, healthHelper(cx, health)), "();"],
  ];
  return { segments: health.segments, path, code, methods: [...methodsOf("GET")] };
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

const levelParams = "(req, path, method, at)";

/** What is the same for all functions that find an entry. */
interface Levels {
  readonly cx: Context;
  readonly ending: Ending;
}

/** Emits a function that finds the entry; many are split by the part of the path at `at`. */
function emitLevel(levels: Levels, name: string, entries: readonly Entry[], depth: number): void {
  const { cx, ending } = levels;
  const longest = entries.reduce((most, { segments }) => Math.max(most, segments.length), 0);
  const head: string[] = [];
  let level = depth;
  let split: Split | null = null;
  while (entries.length > fewPaths && level < longest) {
    split = splitAt(entries, level++);
    if (split) break;
    head.push(`at = ${helper(cx, "endOf")}(path, at) + 1;`);
  }
  if (!split) return emitTests(cx, { name, params: levelParams, ...ending }, entries);
  const table = emitTable(levels, split, level);
  head.push(`const end = ${helper(cx, "endOf")}(path, at);`);
  const found = `(${table.name}.get(path.slice(at, end)) ?? ${table.others})`;
  head.push(`return ${found}(req, path, method, end + 1);`);
  cx.out.push([`function ${name}${levelParams} `, braces(head)]);
}

/** Emits the functions of all parts of a path, and the map of them by part. */
function emitTable(levels: Levels, { buckets, others }: Split, depth: number) {
  const { cx } = levels;
  const pairs = [...buckets].map(([key, bucket]): Code => {
    const inner = moduleName(cx, `dispatch_${key}`);
    emitLevel(levels, inner, bucket, depth);
    return `[${text(normalPart(key))}, ${inner}]`;
  });
  const open = moduleName(cx, "dispatch_other");
  emitLevel(levels, open, others, depth);
  const name = moduleName(cx, "dispatch_by_part");
  cx.out.push(["const ", name, " = new Map([", list(pairs), "]);"]);
  return { name, others: open };
}

/** What becomes of a request that no route answers. */
interface Ending {
  /** The helper that answers HEAD by what a GET route gives. */
  readonly head: "headOf" | "headLater";
  /** Whether OPTIONS comes here, and not to `cors` before. */
  readonly options: boolean;
}

const answersOptions = ({ cors, routes }: EdgeBlock): boolean =>
  cors === null || routes.some(({ method }) => method === "OPTIONS");

interface TestsFunction extends Ending {
  readonly name: string;
  readonly params: string;
}

/** Emits a function that tests the paths in order. */
function emitTests(cx: Context, found: TestsFunction, entries: readonly Entry[]): void {
  const tests: Tests = { apart: areApart(entries), variables: new Set() };
  const codes = emitEntries(tests, entries, 0);
  const declared = [...tests.variables, 'allow = ""'];
  const body = [`let ${declared.join(", ")};`, ...codes, ...emitEnding(cx, found, tests, entries)];
  cx.out.push([`function ${found.name}${found.params} `, braces(body)]);
}

/** The statements for a path without the method. */
function emitEnding(
  cx: Context,
  { head, options }: Ending,
  { apart }: Tests,
  entries: readonly Entry[],
): readonly Code[] {
  const codes: Code[] = [];
  if (!apart) codes.push(["allow = ", helper(cx, "allowed"), "(allow);"]);
  if (options) {
    const answer = [helper(cx, "answerOptions"), "(allow)"];
    codes.push(['if (allow && method === "OPTIONS") return ', answer, ";"]);
  }
  const args: Code[] = ["$dispatch", "req", "path", "method", "allow"];
  if (entries.some(({ methods }) => methods.includes("GET"))) args.push(helper(cx, head));
  return [...codes, ["return ", helper(cx, cx.unit.unrouted), "(", list(args), ");"]];
}

/** What is known and found while the tests of a function are emitted. */
interface Tests {
  /** Whether no path is of two of its entries. */
  readonly apart: boolean;
  /** The function's own variables, for places of slashes. */
  readonly variables: Set<string>;
}

/** Of many entries that is too much to find out. */
function areApart(entries: readonly Entry[]): boolean {
  if (entries.length > 2 * fewPaths) return false;
  for (const one of entries) {
    for (const other of entries) {
      if (one === other) break;
      if (overlap(one.segments, other.segments)) return false;
    }
  }
  return true;
}

/** What a path allows that none of the entry's methods is asked of. */
function emitAllow({ apart }: Tests, { methods }: Entry): string {
  if (!apart) return `allow += ${text(methods.map((method) => `${method}, `).join(""))};`;
  return `allow = ${text([...new Set([...methods, "OPTIONS"])].join(", "))};`;
}

/** The code of entries whose first steps are taken; neighbours share the next where it is the same. */
function emitEntries(tests: Tests, entries: readonly Entry[], taken: number): readonly Code[] {
  const codes: Code[] = [];
  for (let i = 0; i < entries.length; ) {
    const entry = entries[i] as Entry;
    const step = entry.path.steps[taken];
    let end = i + 1;
    while (step && isSame(entries[end]?.path.steps[taken], step)) end++;
    if (step && end > i + 1) {
      const inside = emitEntries(tests, entries.slice(i, end), taken + 1);
      if (step.place === null) codes.push([`if (${step.code}) `, braces(inside)]);
      else {
        tests.variables.add(step.place);
        codes.push(`${step.place} = ${step.code};`, ...inside);
      }
    } else {
      const { code, places } = conditionOf(entry.path.steps.slice(taken));
      for (const place of places) tests.variables.add(place);
      const all = [...entry.code, emitAllow(tests, entry)];
      codes.push(...(code === "true" ? all : [[`if (${code}) `, braces(all)]]));
    }
    i = end;
  }
  return codes;
}

const isSame = (one: Step | undefined, other: Step): boolean =>
  one?.place === other.place && one.code === other.code;

// ── One route ──────────────────────────────────────────────────────

/** A GET route answers HEAD too. */
const methodsOf = (method: string): readonly string[] =>
  method === "GET" ? ["GET", "HEAD"] : [method];

/** The helper that answers a health check. */
export const healthHelper = (cx: Context, { checksMemory }: Health): HelperName =>
  checksMemory ? cx.unit.memoryHealth : "healthOk";

/** What a route gives: behind the checks of the user and of the body, what its handler does. */
function emitAnswer(routing: Routing, route: Route, path: PathCode): Code {
  const { cx, block, bodies, names, raw } = routing;
  const schema = bodies.get(route);
  const checked = isChecked(block, route, schema);
  const [before, after] = sender(cx, raw, route.handler, "params");
  const inline = checked || route.requires ? null : emitInline(cx, route, path);
  if (inline) return [emitResponse(routing, route, [before, inline, after]), ";"];
  const handler = emitHandler(cx, route, names, checked);
  const call = { handler: handler.name, args: emitArguments(routing, route, handler, path) };
  const given = emitChecked(cx, block, route, schema, call);
  const answer = [emitRequired(cx, route), before, given, after];
  return [emitResponse(routing, route, answer), ";"];
}

/** The response of what a handler gives, where that is known to be there. */
function emitResponse({ cx, now }: Routing, { handler }: Route, value: Code): Code {
  const known = now ? knownValue(handler, cx.unit.resolution) : "response";
  if (known === "response") return value;
  return [known === "json" ? "Response.json" : helper(cx, "respond"), "(", value, ")"];
}

/** `with auth`: who may not pass is answered in the handler's place. */
function emitRequired(cx: Context, { requires }: Route): Code {
  if (!requires) return "";
  const role = text(requires.role?.toLowerCase() ?? null);
  return [helper(cx, "requireUser"), `(req, ${role}) ?? `];
}

/** As many arguments as the handler takes. */
function emitArguments(
  routing: Routing,
  { handler, segments }: Route,
  { takes, takesRequest }: Handler,
  path: PathCode,
): Code[] {
  const takesAll = handler.kind !== "Lambda" || handler.params.some(({ rest }) => rest);
  const count = takesAll ? 3 : handler.params.length;
  const request = count > 0 && takesRequest ? ["req"] : [];
  if (count < 2) return request;
  const rest = count > 2 ? [workerEnv(routing.cx)] : [];
  if (takes === "nothing") return [...request, ...(count > 2 ? ["undefined"] : []), ...rest];
  if (takes === "object") return [...request, emitParams(routing, segments, path), ...rest];
  const values = path.params.filter(({ name }) => takes.includes(name));
  return [...request, ...values.map(({ value }) => emitParam(routing.cx, value)), ...rest];
}

/** The object of a path's parameters, by the names that this route gives them. */
function emitParams({ cx, makers }: Routing, segments: readonly Segment[], path: PathCode): Code {
  const names = segments.flatMap((segment) => (segment.kind === "literal" ? [] : segment.name));
  const key = names.join(" ");
  let maker = makers.get(key);
  if (maker === undefined) {
    maker = moduleName(cx, `Params_${key}`);
    makers.set(key, maker);
    const fields = names.map((name, i) => `this${emitAccess(name)} = $${i};`);
    const head = `function ${maker}(${names.map((_, i) => `$${i}`).join(", ")}) `;
    cx.out.push([head, braces(fields)], `${maker}.prototype = ${helper(cx, "bareParams")};`);
  }
  const values = path.params.map(({ value }) => emitParam(cx, value));
  return ["new ", maker, "(", list(values), ")"];
}
