// The JSON of a request's body and the type that a route names → the fields that are wrong.

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

function checkFields(
  value: unknown,
  fields: Readonly<Record<string, Shape>>,
  types: Types,
  at: string,
): WrongField[] {
  if (!isObject(value)) return wrong(at, "must be an object");
  return Object.entries(fields).flatMap(([name, shape]) => {
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
  return value.flatMap((item, i) => check(item, shapeOf(i), types, `${at}[${i}]`));
}

/** What is wrong with a value, each place once; nothing when it has the shape. */
export function check(value: unknown, shape: Shape, types: Types, at = ""): WrongField[] {
  if (typeof shape === "string") return hasType(value, shape) ? [] : wrong(at, `must be ${shape}`);
  const [kind, ...rest] = shape;
  const parts = rest as Shape[];
  const [first = "Any"] = parts;
  switch (kind) {
    case "type":
      return check(value, types[first as string] ?? "Any", types, at);
    case "list":
      return checkList(value, () => first, types, at);
    case "tuple":
      if (Array.isArray(value) && value.length !== parts.length) {
        return wrong(at, `must have ${parts.length} items`);
      }
      return checkList(value, (i) => parts[i] ?? "Any", types, at);
    case "map":
      if (!isObject(value)) return wrong(at, "must be an object");
      return Object.entries(value).flatMap(([key, item]) =>
        check(item, first, types, at === "" ? key : `${at}.${key}`),
      );
    case "union":
      return checkUnion(value, parts, types, at);
    case "variants":
      return checkVariant(value, first, types, at);
    default:
      return checkFields(value, first as unknown as Record<string, Shape>, types, at);
  }
}

/** Of a union that nothing fits, the problems of the member that nearly does. */
function checkUnion(value: unknown, members: readonly Shape[], types: Types, at: string) {
  const tried = members.map((member) => check(value, member, types, at));
  if (tried.some((problems) => problems.length === 0)) return [];
  const inside = tried.filter((problems) => problems.every(({ field }) => field !== at));
  const names = members.map((member) => (typeof member === "string" ? member : member.at(-1)));
  const plain = names.every((name) => typeof name === "string");
  return inside[0] ?? wrong(at, plain ? `must be ${names.join(" or ")}` : "has the wrong type");
}

/**
 * Runs a handler when the request's body is JSON of the shape; else answers 400 with what is wrong.
 * The handler can still read the body.
 */
export async function withBody(
  request: Request,
  shape: Shape,
  types: Types,
  run: () => unknown,
): Promise<unknown> {
  let body: unknown;
  try {
    body = await request.clone().json();
  } catch {
    return Response.json({ error: "The body is not JSON" }, { status: 400 });
  }
  const fields = check(body, shape, types);
  if (fields.length === 0) return run();
  return Response.json({ error: "The body is not valid", fields }, { status: 400 });
}
