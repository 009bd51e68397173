// A request's body, the size it may have and the type that a route names → what is wrong with it.
import type { Answer } from "./http";

/** As the compiler writes it: see `BodySchema` of the model. */
export type Shape = string | readonly unknown[];

type Types = Readonly<Record<string, Shape>>;

export interface WrongField {
  /** `items[0].name`; empty for the body itself. */
  readonly field: string;
  readonly message: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case "String":
      return typeof value === "string";
    case "Int":
      return Number.isInteger(value);
    case "Float":
    case "Number":
      return typeof value === "number";
    case "Bool":
      return typeof value === "boolean";
    case "Nil":
    case "Void":
      return value == null;
    case "Object":
      return isObject(value);
    case "Array":
      return Array.isArray(value);
    default:
      return true;
  }
}

const wrong = (field: string, message: string): WrongField[] => [{ field, message }];

/** So many wrong places are told of a body, which can have a million of them in a megabyte. */
const mostProblems = 100;

function problemsIn<T>(items: readonly T[], of: (item: T, i: number) => WrongField[]) {
  const found: WrongField[] = [];
  for (const [i, item] of items.entries()) {
    found.push(...of(item, i));
    if (found.length >= mostProblems) return found.slice(0, mostProblems);
  }
  return found;
}

function checkFields(
  value: unknown,
  fields: Readonly<Record<string, Shape>>,
  types: Types,
  at: string,
): WrongField[] {
  if (!isObject(value)) return wrong(at, "must be an object");
  return problemsIn(Object.entries(fields), ([name, shape]) => {
    const place = at === "" ? name : `${at}.${name}`;
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    const problems = check(field, shape, types, place);
    return problems.length > 0 && field === undefined ? wrong(place, "is required") : problems;
  });
}

function checkVariant(value: unknown, byTag: unknown, types: Types, at: string): WrongField[] {
  const tags = byTag as Readonly<Record<string, Readonly<Record<string, Shape>>>>;
  const tag = isObject(value) ? value.__tag : undefined;
  if (typeof tag !== "string" || !Object.hasOwn(tags, tag)) {
    return wrong(at, `must have a __tag of ${Object.keys(tags).join(", ")}`);
  }
  return checkFields(value, tags[tag] ?? {}, types, at);
}

function checkList(value: unknown, shapeOf: (i: number) => Shape, types: Types, at: string) {
  if (!Array.isArray(value)) return wrong(at, "must be a list");
  return problemsIn(value, (item, i) => check(item, shapeOf(i), types, `${at}[${i}]`));
}

/** What is wrong with a value, the first hundred places; nothing when it has the shape. */
export function check(value: unknown, shape: Shape, types: Types, at = ""): WrongField[] {
  if (typeof shape === "string") return hasType(value, shape) ? [] : wrong(at, `must be ${shape}`);
  const [kind, ...rest] = shape;
  const parts = rest as Shape[];
  const [first = "Any"] = parts;
  switch (kind) {
    case "type":
      return check(value, types[first as string] ?? "Any", types, at);
    case "in":
      return check(value, first, rest[1] as Types, at);
    case "list":
      return checkList(value, () => first, types, at);
    case "tuple":
      if (Array.isArray(value) && value.length !== parts.length) {
        return wrong(at, `must have ${parts.length} items`);
      }
      return checkList(value, (i) => parts[i] ?? "Any", types, at);
    case "map":
      if (!isObject(value)) return wrong(at, "must be an object");
      return problemsIn(Object.entries(value), ([key, item]) =>
        check(item, first, types, at === "" ? key : `${at}.${key}`),
      );
    case "union":
      return checkUnion(value, shape, types, at);
    case "variants":
      return checkVariant(value, first, types, at);
    case "rules":
      return checkRules(value, rest as [Shape, ...FieldRule[]], types, at);
    default:
      return checkFields(value, first as unknown as Record<string, Shape>, types, at);
  }
}

/** What is wrong with a value of the right type; null when nothing is. */
export type FieldRule = (value: unknown) => string | null;

/** Of a value with the right type, the first rule that it breaks. */
function checkRules(
  value: unknown,
  [shape, ...rules]: readonly [Shape, ...FieldRule[]],
  types: Types,
  at: string,
): WrongField[] {
  const problems = check(value, shape, types, at);
  if (problems.length > 0) return problems;
  for (const rule of rules) {
    const message = rule(value);
    if (message !== null) return wrong(at, message);
  }
  return [];
}

/** What is wrong with an object of a body by a union: each is of one place, and checked once for all of them. */
const checkedUnions = new WeakMap<object, Map<Shape, WrongField[]>>();

/**
 * Members that hold the union again are tried at every level of a body: as every object is checked
 * but once, a deep one takes no longer than it is.
 */
function checkUnion(value: unknown, union: Shape, types: Types, at: string): WrongField[] {
  if (typeof value !== "object" || value === null) return tryMembers(value, union, types, at);
  const known = checkedUnions.get(value) ?? new Map<Shape, WrongField[]>();
  checkedUnions.set(value, known);
  const problems = known.get(union) ?? tryMembers(value, union, types, at);
  known.set(union, problems);
  return problems;
}

/** Of a union that nothing fits, the problems of the member that nearly does. */
function tryMembers(value: unknown, [, ...rest]: Shape, types: Types, at: string): WrongField[] {
  const members = rest as Shape[];
  const tried = members.map((member) => check(value, member, types, at));
  if (tried.some((problems) => problems.length === 0)) return [];
  // Of `Option<T>` a value can only be meant as a `T`.
  const only = members.findIndex((member) => member !== "Nil");
  const isOption = members.filter((member) => member !== "Nil").length === 1;
  if (isOption && typeof members[only] === "object") return tried[only] ?? [];
  const inside = tried.filter((problems) => problems.every(({ field }) => field !== at));
  const names = members.map((member) => (typeof member === "string" ? member : member.at(-1)));
  const plain = names.every((name) => typeof name === "string");
  return inside[0] ?? wrong(at, plain ? `must be ${names.join(" or ")}` : "has the wrong type");
}

const tooLarge = () => Response.json({ error: "The body is too large" }, { status: 413 });

const digits = /^\d+$/;

/** The same request with another body; what others have put on it, such as `user`, comes along. */
function withStream(request: Request, body: ReadableStream): Request {
  const init = { body, duplex: "half" as const };
  return Object.assign(new Request(request, init), Object.fromEntries(Object.entries(request)));
}

/** What takes a request that has passed a check, and what else the check was given for it. */
// biome-ignore lint/suspicious/noExplicitAny: each has parameters of its own
type Handler = (request: Request, ...rest: any[]) => unknown;

/**
 * Lets a request through whose body has at most `limit` bytes; else answers 413. A length that the
 * request states counts at once, as no platform lets more come than that; without one the bytes are
 * counted while somebody reads them, and reading fails at the one too many.
 */
export async function limitBody(
  request: Request,
  limit: number,
  answer: Handler,
  ...rest: unknown[]
): Promise<unknown> {
  const { body, headers } = request;
  const length = headers.get("Content-Length") ?? "";
  if (Number(length) > limit) return tooLarge();
  const isStated = digits.test(length) && !headers.has("Transfer-Encoding");
  if (!body || isStated) return answer(request, ...rest);
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > limit) throw new Error("The body is too large");
      controller.enqueue(chunk);
    },
  });
  try {
    const result = await answer(withStream(request, body.pipeThrough(counter)), ...rest);
    return size > limit ? tooLarge() : result;
  } catch (error) {
    if (size > limit) return tooLarge();
    throw error;
  }
}

/** The same for all requests. */
export const limitBodies =
  (limit: number, answer: Answer): Answer =>
  (request, path) =>
    limitBody(request, limit, answer, path);

/**
 * Calls a handler when the request's body is JSON of the shape; else answers 400 with what is wrong.
 * The handler can still read the body.
 */
export async function withBody(
  request: Request,
  shape: Shape,
  types: Types,
  handler: Handler,
  ...rest: unknown[]
): Promise<unknown> {
  let body: unknown;
  try {
    body = await request.clone().json();
  } catch {
    return Response.json({ error: "The body is not JSON" }, { status: 400 });
  }
  let fields: WrongField[];
  try {
    fields = check(body, shape, types);
  } catch (error) {
    // Deeper than the stack.
    if (!(error instanceof RangeError)) throw error;
    return Response.json({ error: "The body is nested too deeply" }, { status: 400 });
  }
  if (fields.length === 0) return handler(request, ...rest);
  return Response.json({ error: "The body is not valid", fields }, { status: 400 });
}
