// `impl` of types of the language that are none of the program's → their methods, kept apart from
// the platform's own objects, which the interpreter shares with the tests (spec 6).
import { isOfType } from "./operators";
import type { World } from "./scope";

/** Methods by name of one type, and functions of the type itself. */
export interface Extension {
  readonly methods: Map<string, unknown>;
  readonly functions: Map<string, unknown>;
}

/** Types whose values are the same to the platform share their methods. */
const shared: Readonly<Record<string, string>> = { Int: "Number", Float: "Number", List: "Array" };

const typeKey = (name: string): string => shared[name] ?? name;

const known = new Set(
  "String Number Bool Array Function Result Option Date Map Set RegExp Promise Error URL".split(
    " ",
  ),
);

/** What a program adds to a type; null for a name that is none of these types. */
export function extensionOf({ extensions }: World, name: string): Extension | null {
  const key = typeKey(name);
  if (!known.has(key)) return null;
  const found = extensions.get(key) ?? { methods: new Map(), functions: new Map() };
  extensions.set(key, found);
  return found;
}

/** What a program gave a type of the language that is no value of the platform; null where nothing. */
export function functionsOf({ extensions }: World, name: string): object | null {
  if (!/^(Int|Float|List|Result|Option)$/.test(name)) return null;
  const functions = extensions.get(typeKey(name))?.functions;
  return functions ? Object.fromEntries(functions) : null;
}

/** The method that a program gave values like this one; undefined where it gave none. */
export function extensionMethod({ extensions }: World, value: unknown, name: string): unknown {
  for (const [type, { methods }] of extensions) {
    if (methods.has(name) && isOfType(value, type)) return methods.get(name);
  }
  return undefined;
}

/** What a program gave a type of the platform itself. */
export function extensionFunction({ extensions }: World, value: unknown, name: string): unknown {
  for (const [type, { functions }] of extensions) {
    const host = (globalThis as Record<string, unknown>)[type];
    if (functions.has(name) && value === host) return functions.get(name);
  }
  return undefined;
}
