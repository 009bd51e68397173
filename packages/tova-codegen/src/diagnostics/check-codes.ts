// Codes of the checks of names, types and traits; warnings, as such a program still runs.
import { define } from "./define";

export interface Meant {
  /** The nearest known name. */
  readonly meant: string | null;
}

const didYouMean = (otherwise: string) => (args: Meant) =>
  args.meant === null ? otherwise : `Did you mean \`${args.meant}\`?`;

const list = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");

const usageCodes = {
  unknownName: define<Meant & { name: string }>(
    "E200",
    "warning",
    ({ name }) => `\`${name}\` is not defined.`,
    didYouMean("Define it, import it, or correct its spelling."),
  ),
  unknownMember: define<{ name: string; form: string }>(
    "E200",
    "warning",
    ({ name }) =>
      `\`${name}\` is not defined, and no member of an edge block is written like this.`,
    ({ form }) => `Write \`${form}\` in an edge block.`,
  ),
  missingInBlock: define<{ name: string; block: string | null }>(
    "E200",
    "warning",
    ({ name, block }) =>
      `${block === null ? "The unnamed block" : `The block \`${block}\``} runs this too, and does not define \`${name}\`.`,
    "Declare it in that block too, or leave what uses it to the block that has it.",
  ),
  foreignName: define<{ name: string; help: string }>(
    "E200",
    "warning",
    ({ name }) => `\`${name}\` is not defined; it is a name of another language.`,
    ({ help }) => help,
  ),
  loneIt: define<object>(
    "E200",
    "warning",
    () => "`it` is not defined here.",
    "Use it in an expression that is an argument, `it.name`; for the value itself write `fn(x) x`.",
  ),
  missingSelf: define<{ method: string }>(
    "E200",
    "warning",
    ({ method }) => `\`${method}\` has no parameter \`self\`.`,
    ({ method }) => `Write \`fn ${method}(self)\`, and call it on a value.`,
  ),
  unusedVariable: define<{ name: string }>(
    "W001",
    "warning",
    ({ name }) => `The variable \`${name}\` is never used.`,
    ({ name }) => `Remove it, or call it \`_${name}\` if it must stay.`,
  ),
  unusedSetting: define<{ name: string; form: string }>(
    "W001",
    "warning",
    ({ name }) => `The variable \`${name}\` is never used, and says nothing of its edge block.`,
    ({ form }) => `Write \`${form}\`.`,
  ),
  unusedFunction: define<{ name: string }>(
    "W002",
    "warning",
    ({ name }) => `The function \`${name}\` is never used.`,
    ({ name }) => `Remove it, mark it \`pub\`, or call it \`_${name}\` if it must stay.`,
  ),
  unusedImport: define<{ name: string }>(
    "W003",
    "warning",
    ({ name }) => `The import \`${name}\` is never used.`,
    "Remove it from the import.",
  ),
  naming: define<{
    what: "variable" | "function" | "type" | "variant";
    name: string;
    form: string;
  }>(
    "W100",
    "warning",
    ({ what, name }) =>
      `The ${what} \`${name}\` is not written in ${what === "type" || what === "variant" ? "PascalCase" : "snake_case"}.`,
    ({ form }) => `Call it \`${form}\`.`,
  ),
};

const typeCodes = {
  argumentType: define<{ name: string; type: string; found: string }>(
    "E100",
    "warning",
    ({ name, type, found }) => `\`${name}\` is declared as \`${type}\`, but this is ${found}.`,
    ({ type }) => `Pass a \`${type}\`, or correct the declaration.`,
  ),
  returnType: define<{ type: string; found: string }>(
    "E101",
    "warning",
    ({ type, found }) => `The function promises \`${type}\`, but returns ${found} here.`,
    "Return what it promises, or correct the type after `->`.",
  ),
  assignedType: define<{ name: string; first: string; found: string }>(
    "E102",
    "warning",
    ({ name, first, found }) => `\`${name}\` began as ${first}, and becomes ${found} here.`,
    "Use a variable of its own for the other type.",
  ),
  tooManyArguments: define<{ name: string; takes: number; given: number; isOwn: boolean }>(
    "E103",
    "warning",
    ({ name, takes, given }) =>
      `\`${name}\` takes ${takes} argument${takes === 1 ? "" : "s"}, but is given ${given}.`,
    ({ isOwn }) => `Leave out the others${isOwn ? ", or add a parameter" : ""}.`,
  ),
  operandType: define<{ operator: string; found: string }>(
    "E104",
    "warning",
    ({ operator, found }) => `\`${operator}\` takes numbers, but this is ${found}.`,
    "Use a number here; `++` joins texts.",
  ),
  notAFunction: define<{ found: string }>(
    "E105",
    "warning",
    ({ found }) => `This is called, but is ${found}.`,
    "Call a function, or leave out the parentheses.",
  ),
  pipedOperand: define<{ operator: string }>(
    "E105",
    "warning",
    ({ operator }) =>
      `\`|>\` binds more loosely than \`${operator}\`: it calls what \`${operator}\` gives.`,
    ({ operator }) => `Put the pipe in parentheses: \`(… |> …) ${operator} …\`.`,
  ),
  listFirst: define<{ name: string }>(
    "E105",
    "warning",
    ({ name }) => `\`${name}\` goes over what stands here, but this is a function.`,
    ({ name }) => `Put the list first: \`${name}(list, fn(x) …)\`.`,
  ),
  functionHere: define<{ name: string; found: string; isSwapped: boolean }>(
    "E105",
    "warning",
    ({ name, found }) => `\`${name}\` calls what stands here, but this is ${found}.`,
    ({ name, isSwapped }) =>
      isSwapped
        ? `Put the function before it: \`${name}(list, fn(a, b) …, start)\`.`
        : "Write a function, `fn(x) …`, or an expression with `it`.",
  ),
  calledClass: define<{ name: string }>(
    "E105",
    "warning",
    ({ name }) => `\`${name}\` is a class, which cannot be called like a function.`,
    ({ name }) => `Write \`${name}.new(…)\`.`,
  ),
  notIterable: define<{ found: string; help: "async" | "object" | "count" }>(
    "E105",
    "warning",
    ({ found }) => `A list or another collection is needed, but this is ${found}.`,
    ({ help }) => {
      if (help === "async") return "Loop over it with `async for value in … { … }`.";
      return help === "object"
        ? "Write `for key, value in …`, or take its `keys(…)` or `values(…)`."
        : "Write `0..n` to count up to a number.";
    },
  ),
  floatIntoInt: define<{ what: string }>(
    "W204",
    "warning",
    ({ what }) => `${what} \`Int\`, but this number has a fraction.`,
    "Round it, or declare the type as `Float`.",
  ),
  mixedList: define<object>(
    "W209",
    "warning",
    () => "The elements of this list are of different types.",
    "Make them one type, or write a tuple in parentheses.",
  ),
  unknownField: define<Meant & { type: string; name: string }>(
    "W_UNKNOWN_FIELD",
    "warning",
    ({ type, name }) => `\`${type}\` has no field \`${name}\`.`,
    didYouMean("Add it to the type, or correct its spelling."),
  ),
  unknownParameter: define<Meant & { path: string; name: string }>(
    "W_UNKNOWN_FIELD",
    "warning",
    ({ path, name }) => `The path \`${path}\` has no parameter \`${name}\`.`,
    didYouMean("Name a part of the path so, or read the query of `req.url`."),
  ),
  unknownProperty: define<Meant & { type: string; name: string }>(
    "W_VARIANT_UNKNOWN_PROP",
    "warning",
    ({ type, name }) => `\`${type}\` has no field \`${name}\`.`,
    didYouMean("Add it to the variant, or correct its spelling."),
  ),
  missingCases: define<{ type: string; missing: readonly string[] }>(
    "W200",
    "warning",
    ({ type, missing }) => `This \`match\` does not cover ${list(missing)} of \`${type}\`.`,
    "Add an arm for each, or `_ => …` for all others.",
  ),
  patternFields: define<{ name: string; has: number; wants: number }>(
    "E500",
    "warning",
    ({ name, has, wants }) =>
      `\`${name}\` has ${has} field${has === 1 ? "" : "s"}, but this pattern names ${wants}.`,
    "Leave out the fields it does not have; they would be nothing.",
  ),
  unevenAlternatives: define<{ name: string }>(
    "E500",
    "warning",
    ({ name }) => `This alternative does not bind \`${name}\`, which is nil where it matches.`,
    "Bind the same names in all of them, or write an arm for each.",
  ),
  patternOfValue: define<{ name: string }>(
    "E500",
    "warning",
    ({ name }) => `\`${name}\` is no type or variant, so that this pattern matches nothing.`,
    ({ name }) => `Compare in a guard: \`x if x == ${name}(…) =>\`.`,
  ),
  unreachableArm: define<object>(
    "W207",
    "warning",
    () => "This arm never runs, because the arms before it take all it matches.",
    "Remove it, or move it up.",
  ),
};

const traitCodes = {
  traitMethod: define<{ trait: string; type: string; missing: readonly string[] }>(
    "W300",
    "warning",
    ({ trait, type, missing }) => `\`${type}\` lacks ${list(missing)} of the trait \`${trait}\`.`,
    "Add what is missing to this `impl`.",
  ),
  traitArity: define<{ name: string; wanted: number; found: number }>(
    "W301",
    "warning",
    ({ name, wanted, found }) =>
      `\`${name}\` has ${found} parameter${found === 1 ? "" : "s"}, but its trait asks for ${wanted}.`,
    "Give it the parameters of the trait.",
  ),
  traitReturn: define<{ name: string; wanted: string; found: string }>(
    "W302",
    "warning",
    ({ name, wanted, found }) =>
      `\`${name}\` returns \`${found}\`, but its trait asks for \`${wanted}\`.`,
    ({ wanted }) => `Return a \`${wanted}\`, or correct the trait.`,
  ),
  unknownTrait: define<Meant & { name: string }>(
    "E600",
    "warning",
    ({ name }) => `There is no trait \`${name}\`.`,
    didYouMean("Declare it with `trait`, or correct its spelling."),
  ),
  implOfUnknown: define<Meant & { name: string }>(
    "E601",
    "warning",
    ({ name }) => `There is no type \`${name}\` to give methods to.`,
    didYouMean("Declare it with `type`, or correct its spelling."),
  ),
  methodTwice: define<{ name: string; type: string }>(
    "E602",
    "warning",
    ({ name, type }) =>
      `\`${name}\` is defined a second time for \`${type}\`, and replaces the first.`,
    "Rename one of the two, or remove it.",
  ),
  unknownDerive: define<Meant & { name: string }>(
    "W303",
    "warning",
    ({ name }) => `\`${name}\` cannot be derived.`,
    didYouMean("Use `Eq`, `Show` or `JSON`, or write an `impl`."),
  ),
};

export const checkCodes = {
  ...usageCodes,
  ...typeCodes,
  ...traitCodes,
};
