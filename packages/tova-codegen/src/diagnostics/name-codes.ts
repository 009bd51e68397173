// Codes of names, functions and control flow.
import { define } from "./define";

/** Words that JavaScript gives a value to, and what to write. */
const ofHost: Readonly<Record<string, string>> = {
  this: "Methods name their value: `fn area(self) { self.width }`.",
  super: "Types have no parents: put shared methods into a `trait`.",
  throw: "Write `throw value` as a statement of its own.",
  arguments: "Name the parameters, or take all as `fn(...rest)`.",
};

export const nameCodes = {
  immutable: define<{ name: string; isValue: boolean }>(
    "E202",
    "error",
    ({ name }) => `\`${name}\` is immutable and cannot be assigned again.`,
    ({ name, isValue }) =>
      isValue
        ? `Declare it with \`var ${name} = …\` to change it later.`
        : "Choose another name, or copy it into a variable first: `var copy = …`.",
  ),
  duplicateDefinition: define<{ name: string }>(
    "E201",
    "error",
    ({ name }) => `\`${name}\` is defined twice in the same place.`,
    "Rename one of the two, or remove it.",
  ),
  redefinition: define<{ name: string; before: string; now: string }>(
    "E203",
    "error",
    ({ name, before, now }) => `\`${name}\` is ${before} already, and cannot be ${now} too.`,
    "Rename one of the two.",
  ),
  outsideEdge: define<{ word: string; help: string }>(
    "E303",
    "error",
    ({ word }) => `\`${word}\` stands outside an edge block.`,
    ({ help }) => help,
  ),
  shadows: define<{ name: string }>(
    "W101",
    "warning",
    ({ name }) =>
      `This makes a new local \`${name}\`; the outer one is immutable and stays as it is.`,
    ({ name }) => `Choose another name, or declare the outer one with \`var ${name} = …\`.`,
  ),
  awaitInDefault: define<object>(
    "E300",
    "error",
    () => "A parameter's default value cannot await.",
    "Give the parameter no default and await inside the function's body.",
  ),
  awaitInRefinement: define<object>(
    "E300",
    "error",
    () => "The condition of a refined type cannot await.",
    "Test only the value itself here, and await in the handler that uses it.",
  ),
  awaitInEnv: define<object>(
    "E300",
    "error",
    () => "The default of an env variable cannot await.",
    "Give it a plain default, and await in the handlers that use it.",
  ),
  returnOutsideFunction: define<object>(
    "E301",
    "error",
    () => "`return` stands outside a function.",
    "Move it into a function, or remove it.",
  ),
  jumpOutsideLoop: define<{ word: string }>(
    "E301",
    "error",
    ({ word }) => `\`${word}\` stands outside a loop.`,
    "Move it into a `for`, `while` or `loop` of the same function, or remove it.",
  ),
  unknownLabel: define<{ label: string }>(
    "E301",
    "error",
    ({ label }) => `No enclosing loop has the label \`${label}\`.`,
    ({ label }) => `Write \`${label}:\` before the loop that it means.`,
  ),
  yieldOutsideFunction: define<object>(
    "E301",
    "error",
    () => "`yield` stands outside a function.",
    "Move it into the function that generates the values.",
  ),
  yieldInside: define<object>(
    "E301",
    "error",
    () => "`yield` cannot stand in a `defer`, nor in an argument that becomes a function of `it`.",
    "Yield before it, in the body of the generating function itself.",
  ),
  yieldInDefault: define<object>(
    "E300",
    "error",
    () => "A parameter's default value cannot yield.",
    "Give the parameter no default and yield inside the function's body.",
  ),
  deferOutsideFunction: define<object>(
    "W208",
    "warning",
    () => "`defer` stands outside a function, so that nothing ever runs it.",
    "Move it into the function at whose end it should run.",
  ),
  nodeOnly: define<{ name: string }>(
    "E_NODE_ONLY",
    "error",
    ({ name }) => `\`${name}\` needs files, processes or a terminal, which no worker has.`,
    "Keep data in a binding (`kv`, `sql`, `storage`), or define a function of that name yourself.",
  ),
  unknownDecorator: define<{ name: string }>(
    "W_UNKNOWN_DECORATOR",
    "warning",
    ({ name }) => `\`@${name}\` is not known and changes nothing.`,
    "Remove it; `@wasm` and `@fast` are the hints that the language has.",
  ),
  bindingAtLoad: define<{ name: string }>(
    "E305",
    "error",
    ({ name }) => `\`${name}\` has no value yet when the worker loads.`,
    "Use it in a function: bindings, env variables and secrets come with each request or event.",
  ),
  memberAtLoad: define<{ word: string; name: string; form: string }>(
    "E305",
    "error",
    ({ word, name }) =>
      `\`${word}\` is called when the worker loads, and \`${name}\` has no value yet.`,
    ({ form }) => `Write \`${form}\`.`,
  ),
  reservedByHost: define<{ name: string }>(
    "E200",
    "error",
    ({ name }) => `\`${name}\` is not defined, and is no value of the language.`,
    ({ name }) =>
      Object.hasOwn(ofHost, name)
        ? (ofHost[name] ?? "")
        : "Define a variable of that name, or use the Tova form of what you mean.",
  ),
  unknownHandler: define<{ name: string }>(
    "E200",
    "error",
    ({ name }) => `The handler \`${name}\` is not defined.`,
    ({ name }) =>
      `Write \`fn ${name}(…) { … }\` in this block or in \`shared\`, or a lambda in its place.`,
  ),
  placeholder: define<object>(
    "E007",
    "error",
    () => "`_` stands for no value here.",
    "Use `_` as an argument on the right of `|>`, or name the value.",
  ),
  rowAccessor: define<{ name: string }>(
    "E007",
    "error",
    ({ name }) => `\`.${name}\` has no value before the dot.`,
    "Write the value before it, or use it in the argument of a function that takes columns.",
  ),
  notCompiled: define<{ construct: string }>(
    "E304",
    "error",
    ({ construct }) => `\`${construct}\` is not available in edge programs.`,
    "Remove it, or move it to a program that runs elsewhere.",
  ),
};
