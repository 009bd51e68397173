// Codes of the checks of flow and safety; warnings, as such a program still runs.
import { define } from "./define";

export const flowCodes = {
  unreachableCode: define<object>(
    "W201",
    "warning",
    () => "This code is never reached.",
    "Remove it, or what leaves before it.",
  ),
  alwaysTrue: define<object>(
    "W202",
    "warning",
    () => "This condition always holds.",
    "Remove it, or correct what it compares.",
  ),
  alwaysFalse: define<object>(
    "W203",
    "warning",
    () => "This condition never holds.",
    "Remove it, or correct what it compares.",
  ),
  missingReturn: define<{ name: string; type: string }>(
    "W205",
    "warning",
    ({ name, type }) =>
      `\`${name}\` promises \`${type}\`, but a path through it ends without a value.`,
    "End each path with a value, or leave with `return`.",
  ),
  lostValue: define<{ word: string }>(
    "W205",
    "warning",
    ({ word }) => `This value is lost, as a \`${word}\` at the end of a handler gives none.`,
    "Write `return` before it.",
  ),
  noResponse: define<{ name: string }>(
    "W205",
    "warning",
    ({ name }) =>
      `The middleware \`${name}\` may end without a response, so that the answer is \`null\`.`,
    "End each path with `await next(req)` or with a response of its own.",
  ),
  exportInBlock: define<object>(
    "W_EXPORT_NOT_MODULE_LEVEL",
    "warning",
    () => "An export inside a block of code exports nothing.",
    "Move it to the top of the file, or leave out `pub` or `export`.",
  ),
  foreignThrow: define<object>(
    "W206",
    "warning",
    () => "`throw(…)` is a function of other languages.",
    "Return `Err(…)` for a failure that callers expect, or write `throw …` without parentheses.",
  ),
  uncalled: define<{ name: string }>(
    "W206",
    "warning",
    ({ name }) => `\`${name}\` is a function, and is not called here.`,
    ({ name }) => `Write \`${name}(…)\`: arguments stand in parentheses.`,
  ),
  yieldedPart: define<object>(
    "W_YIELD_PART",
    "warning",
    () =>
      "`yield` takes the value right behind it alone; the rest of this statement gets what it gives back.",
    "Put all that is to be yielded in parentheses: `yield (a * b)`, `yield (a |> f)`.",
  ),
  missingAwait: define<{ name: string }>(
    "W_MISSING_AWAIT",
    "warning",
    ({ name }) => `\`${name}\` gives a promise, which is used here as if it were the value.`,
    "Write `await` before it.",
  ),
  promiseInJson: define<{ name: string }>(
    "W_MISSING_AWAIT",
    "warning",
    ({ name }) => `\`${name}\` gives a promise here, which is \`{}\` in JSON.`,
    "Write `await` before it; a list of promises is waited for by `await parallel(…)`.",
  ),
  generatorInJson: define<{ name: string; isAsync: boolean }>(
    "W_GENERATOR_IN_JSON",
    "warning",
    ({ name }) => `\`${name}\` gives a generator here, which is \`{}\` in JSON.`,
    ({ isAsync }) =>
      `${isAsync ? "Push its values to a list in `async for`" : "Make a list of it, `[...values]`"}, or let the handler give the generator itself: it is sent in pieces.`,
  ),
  emptyInJson: define<{ name: string; instead: string }>(
    "W_EMPTY_IN_JSON",
    "warning",
    ({ name }) => `JSON has nothing of this \`${name}\` but \`{}\`.`,
    ({ instead }) => instead,
  ),
  droppedPromise: define<{ name: string }>(
    "W_MISSING_AWAIT",
    "warning",
    ({ name }) => `Nothing waits for \`${name}\`, so that its failure is lost.`,
    "Write `await` before it, or `_ = …` if that is meant.",
  ),
  nullAccess: define<{ name: string }>(
    "W_NULL_ACCESS",
    "warning",
    ({ name }) => `\`${name}\` is nil here, so that this access throws.`,
    "Check for nil first, or use `?.`.",
  ),
  unsafeUnwrap: define<{ name: string }>(
    "W_UNSAFE_UNWRAP",
    "warning",
    ({ name }) => `\`${name}\` has no value here, so that \`unwrap\` throws.`,
    "Use `unwrapOr(…)`, or take it apart with `match`.",
  ),
  unsafeSql: define<object>(
    "W_UNSAFE_INTERPOLATION",
    "warning",
    () => "This value becomes part of the SQL, so that whoever sends it can change the statement.",
    "Write `?` in its place, and give it to `.bind(…)`.",
  ),
  unsafeHtml: define<object>(
    "W_UNSAFE_INTERPOLATION",
    "warning",
    () => "This part of the request becomes part of the HTML, so that it can hold scripts.",
    "Put `escape_html(…)` around it.",
  ),
  dangerous: define<{ name: string }>(
    "W_DANGEROUS_API",
    "warning",
    ({ name }) => `\`${name}\` runs text as code, which edge runtimes refuse.`,
    "Write the code out, or choose between functions of the program.",
  ),
  deprecated: define<{ name: string; instead: string }>(
    "W_DEPRECATED_STDLIB",
    "warning",
    ({ name }) => `\`${name}\` is out of date, and wrong for many texts.`,
    ({ instead }) => `Use \`${instead}\`.`,
  ),
  textTimer: define<{ name: string }>(
    "W_DANGEROUS_API",
    "warning",
    ({ name }) => `\`${name}\` with a text runs it as code, which edge runtimes refuse.`,
    ({ name }) => `Give it a function: \`${name}(fn() …, …)\`.`,
  ),
};
