// An argument on the right of `|>` → whether the left side takes its place (spec 5.4).
import type { ast } from "tova-parser";

/** True for a bare `_`, also as the value of a named argument. */
export function isPlaceholder(argument: ast.Argument): boolean {
  const value = argument.kind === "NamedArgument" ? argument.value : argument;
  return value.kind === "Identifier" && value.name === "_";
}

/** The arguments of a piped call with the left side in each place that is kept for it. */
export const fillPlaceholders = (
  args: readonly ast.Argument[],
  left: ast.Expression,
): readonly ast.Argument[] =>
  args.map((argument) => {
    if (!isPlaceholder(argument)) return argument;
    return argument.kind === "NamedArgument" ? { ...argument, value: left } : left;
  });
