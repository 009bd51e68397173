// Random numbers → a program of three files that import from one another (spec 9).
import { choicesOf } from "./choices";
import { addFunction, addVariable, modulePlace, type Place } from "./context";
import { seeing } from "./effects";
import { expression } from "./expression";
import { hiddenNames, prelude } from "./program";
import { statements } from "./statement";

/** A program and the files beside it, by the specifiers that import them. */
export interface FileProgram {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

const shared = [
  ...["P", "Shape", "Circle", "Box", "Dot", "upto", "show_shape", "Pair"],
  ...["Level", "Low", "Mid", "High", "Num", "Even", "Small", "Word"],
];

/** A module that the others know as `./first`, one that passes its names on, and the program. */
export function filesOf(numbers: readonly number[]): FileProgram {
  const choices = choicesOf(numbers);
  const first = modulePlace(choices);
  const start = statements(first, 8).join("\n");
  const value = expression(first, "number");
  const list = shared.concat(importable(first));
  const renamed = new Map(list.filter(() => choices.once(5)).map((name) => [name, `${name}_in`]));
  for (const name of shared) renamed.delete(name);
  const second = follow(first, renamed);
  const middle = statements(second, 6).join("\n");
  const third = follow(second);
  const namespace = "spaces";
  addSpaced(third, first, namespace);
  addVariable(third, { name: "standard", type: "number", mutable: false });
  const body = statements(third, 10).join("\n");
  return {
    files: {
      "./first": `${prelude}${seeing}${hiddenNames(first)}${declaring(first, start)}\n${exported(first, shared, start)}\nexport default ${value}\n`,
      "./second": `import { ${list.map((name) => `${name}${renamed.has(name) ? ` as ${renamed.get(name)}` : ""}`).join(", ")} } from "./first"\n${seeing}${hiddenNames(second)}${middle}\n${exported(second, [])}\npub * from "./first"\n`,
    },
    main: `import { ${shared.concat(importable(second)).join(", ")} } from "./second"
import * as ${namespace} from "./first"
import standard from "./first"
${seeing}${hiddenNames(third)}${body}
`,
  };
}

/** What may be exported and imported: under its own name, unless another thing has it. */
function importable(place: Place): string[] {
  const [block] = place.blocks;
  const functions = (block?.functions ?? []).filter(isFree).map(({ name }) => name);
  const variables = (block?.variables ?? []).filter(({ type }) => type !== null);
  const names = [...functions, ...variables.map(({ name }) => name)];
  return [...new Set(names)].filter((name) => /^[\w$]+$/.test(name));
}

const isFree = ({ receiver, name }: { receiver: unknown; name: string }): boolean =>
  receiver === null && !name.includes(".");

const exported = (place: Place, names: readonly string[], code = ""): string => {
  const all = [...names, ...importable(place)].filter((name) => !isDeclared(place, name, code));
  return all.length > 0 ? `pub { ${all.join(", ")} }` : "";
};

/** Functions that are exported where they stand. */
const declared = (place: Place, name: string): boolean =>
  /^f\d*[02468]$/.test(name) &&
  (place.blocks[0]?.functions.some((each) => each.name === name) ?? false);

const startOf = (name: string): RegExp => new RegExp(`^(?=(async )?fn ${name}\\()`, "m");

const isDeclared = (place: Place, name: string, code: string): boolean =>
  declared(place, name) && startOf(name).test(code);

/** Code with `pub` before some of its functions. */
const declaring = (place: Place, code: string): string =>
  importable(place)
    .filter((name) => declared(place, name))
    .reduce((text, name) => text.replace(startOf(name), "pub "), code);

/** The next file's place: what the file before it exports is known, and nothing of it changes. */
function follow(before: Place, renamed: ReadonlyMap<string, string> = new Map()): Place {
  const place = modulePlace(before.choices);
  place.counter.names = before.counter.names;
  for (const known of before.blocks[0]?.functions ?? [])
    addFunction(place, { ...known, name: renamed.get(known.name) ?? known.name });
  for (const variable of before.blocks[0]?.variables ?? []) {
    if (variable.type !== null)
      addVariable(place, {
        ...variable,
        name: renamed.get(variable.name) ?? variable.name,
        mutable: false,
      });
  }
  return place;
}

/** The functions of a module by its name. */
function addSpaced(place: Place, module: Place, name: string): void {
  for (const known of module.blocks[0]?.functions ?? []) {
    if (isFree(known)) addFunction(place, { ...known, name: `${name}.${known.name}` });
  }
}
