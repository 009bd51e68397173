// A program's text → what it prints and throws, by walking its typed tree. Independent of the
// compiler's analysis and emitter: of the packages only the parser and the library are used.
import { inspect } from "node:util";
import type { ast } from "tova-parser";
import { parser, read } from "tova-parser";
import { withDeferred } from "./functions";
import { library } from "./library";
import { moduleScope } from "./scope";
import { runBlock } from "./statement";
import { runAsync, Unknown } from "./steps";

export interface Outcome {
  /** Text of each line printed. */
  readonly printed: readonly string[];
  /** What the program threw, as `Name: message` or text; null when it ended. */
  readonly thrown: unknown;
}

/** Names that bundling and emitting give the library's classes. */
const prefix = /[$_](?=(?:Ok|Err|Some|None)(?:Result|Option)\b)/g;

/** As a log shows a value, whatever the classes of the library are called in this bundle. */
export function show(value: unknown): string {
  if (typeof value === "string") return value;
  return inspect(value, { depth: 5, breakLength: Infinity }).replace(prefix, "");
}

/** One line of `print`: a lone object or array as indented JSON (spec 14). */
function line(values: readonly unknown[]): string {
  const [value] = values;
  const tag = Object.prototype.toString.call(value);
  const indented = values.length === 1 && (tag === "[object Object]" || tag === "[object Array]");
  return indented ? show(JSON.stringify(value, null, 2)) : values.map(show).join(" ");
}

/** Runs a program without syntax errors. @throws Unknown where it uses what is not interpreted */
export async function interpret(source: string): Promise<Outcome> {
  const printed: string[] = [];
  const scope = moduleScope({ print: (values) => void printed.push(line(values)), library });
  const { items } = read(parser.parse(source), source);
  const block: ast.Block = {
    kind: "Block",
    from: 0,
    to: source.length,
    body: items.map(asStatement),
  };
  try {
    await runAsync(withDeferred(scope, () => runBlock(scope, block)));
    return { printed, thrown: null };
  } catch (thrown) {
    if (thrown instanceof Unknown) throw thrown;
    return { printed, thrown };
  }
}

function asStatement(item: ast.TopItem): ast.Statement {
  if (item.kind === "SharedBlock" || item.kind === "EdgeBlock" || item.kind === "SecurityBlock") {
    throw new Unknown(item.kind);
  }
  return item;
}
