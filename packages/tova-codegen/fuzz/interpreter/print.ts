// The arguments of `print` → what is printed, without the style tags of its texts (spec 14).
import type { ast } from "tova-parser";
import { argument, isPlaceholder, type Piped } from "./arguments";
import { evaluate } from "./expression";
import { find, type Scope } from "./scope";
import type { Steps } from "./steps";

const styles = new Set("red green yellow blue magenta cyan gray bold dim underline".split(" "));

const tags = new RegExp(`\\{(?:/|${[...styles].join("|")})\\}`, "g");

/** The values to print. */
export function* printedArguments(
  scope: Scope,
  node: ast.Call,
  piped: Piped | null,
): Steps<readonly unknown[]> {
  const values: unknown[] = [];
  for (const arg of node.args) {
    if (arg.kind === "String") values.push(yield* plainText(scope, arg));
    else if (piped && isPlaceholder(arg)) values.push(piped.value);
    else if (arg.kind === "Spread") {
      values.push(...((yield* evaluate(scope, arg.argument)) as Iterable<unknown>));
    } else values.push(yield* argument(scope, node, arg as ast.Expression, piped));
  }
  return values;
}

function* plainText(scope: Scope, { parts }: ast.StringLiteral): Steps<string> {
  let text = "";
  for (const part of parts) {
    if (typeof part === "string") text += part.replace(tags, "");
    else if (!isStyle(scope, part)) text += `${yield* evaluate(scope, part)}`;
  }
  return text;
}

/** A variable called `red` takes its name back. */
const isStyle = (scope: Scope, node: ast.Expression): boolean =>
  node.kind === "Identifier" && styles.has(node.name) && !find(scope, node.name, node.from);
