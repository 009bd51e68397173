// A program's text → what it prints and throws, by walking its typed tree. Independent of the
// compiler's analysis and emitter: of the packages only the parser is used.
import { inspect } from "node:util";
import type { ast } from "tova-parser";
import { parse, read } from "tova-parser";
import { library } from "./library/index";
import { bindImports, type Exports, exportsOf, specifiersOf } from "./modules";
import { moduleScope, type World } from "./scope";
import { runBlock } from "./statement";
import { Returned, runAsync, Unknown } from "./steps";

export interface Outcome {
  /** Text of each line printed. */
  readonly printed: readonly string[];
  /** What the program threw; null when it ended. */
  readonly thrown: { readonly value: unknown } | null;
}

/** Names that bundling and emitting give the library's classes. */
const prefix = /[$_]+(?=(?:Ok|Err|Some|None)(?:Result|Option)\b)/g;

/** Texts of logs, the classes of the library called as Tova does. */
export const withoutPrefixes = (text: string): string => text.replace(prefix, "");

/** As a log shows a value, whatever the classes of the library are called in this bundle. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  // What else it has is the platform's.
  if (value instanceof Error) return value.name;
  return withoutPrefixes(inspect(value, { depth: 5, breakLength: Infinity }));
}

/** One line of `print`: a lone object or array as indented JSON (spec 14). */
function line(values: readonly unknown[]): string {
  const [value] = values;
  const tag = Object.prototype.toString.call(value);
  const indented = values.length === 1 && (tag === "[object Object]" || tag === "[object Array]");
  return indented ? show(JSON.stringify(value, null, 2)) : values.map(show).join(" ");
}

/** Files beside the program by the specifiers that import them. */
export type Files = Readonly<Record<string, string>>;

/** Runs a program without syntax errors. @throws Unknown where it uses what is not interpreted */
export async function interpret(source: string, files: Files = {}): Promise<Outcome> {
  const printed: string[] = [];
  const world: World = {
    print: (values) => void printed.push(line(values)),
    log: (values) => void printed.push(values.map(show).join(" ")),
    library,
    extensions: new Map(),
  };
  try {
    await load(world, source, files, new Map());
    return { printed, thrown: null };
  } catch (thrown) {
    if (thrown instanceof Unknown) throw thrown;
    if (thrown instanceof Returned) return { printed, thrown: { value: failureOf(thrown.value) } };
    return { printed, thrown: { value: thrown } };
  }
}

/** What stops a program whose own `?` has nobody to return the failure to. */
function failureOf(value: unknown): Error {
  const { __tag, error } = value as { readonly __tag: string; readonly error?: unknown };
  const inside = error instanceof Error ? error.message : String(error);
  return new Error(`unwrap of ${__tag === "None" ? "None" : `Err(${inside})`}`);
}

/** Runs a file after those that it imports, each once. */
async function load(
  world: World,
  source: string,
  files: Files,
  loaded: Map<string, Exports>,
): Promise<Exports> {
  const body = read(parse(source).tree, source).items.map(asStatement);
  for (const specifier of specifiersOf(body)) {
    const text = files[specifier];
    if (loaded.has(specifier) || text === undefined) continue;
    loaded.set(specifier, await load(world, text, files, loaded));
  }
  const scope = moduleScope(world);
  bindImports(scope, body, loaded);
  // What is deferred outside a function never runs.
  await runAsync(runBlock(scope, { kind: "Block", from: 0, to: source.length, body }));
  return exportsOf(scope, body, loaded);
}

function asStatement(item: ast.TopItem): ast.Statement {
  if (item.kind === "SharedBlock" || item.kind === "EdgeBlock" || item.kind === "SecurityBlock") {
    throw new Unknown(item.kind);
  }
  return item;
}
