// The variables of a worker → their names in JavaScript.
import { platformNames } from "../generated/runtime";
import type { Variable } from "./scope";

/** Words that JavaScript reserves in modules and Tova does not. */
const reserved = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval " +
    "export extends false finally for function if implements import in instanceof interface let new " +
    "null package private protected public return static super switch this throw true try typeof " +
    "undefined var void while with yield NaN Infinity"
  ).split(" "),
);

/** Values that a program may use although JavaScript reserves their names (spec 5.1). */
const hostValues = new Set(["null", "undefined", "NaN", "Infinity"]);

/** True for a word of JavaScript that is no value of Tova, so that using it as a name is a mistake. */
export function isForeignWord(name: string): boolean {
  // `eval` is a function of the platform, with a warning of its own.
  return reserved.has(name) && !hostValues.has(name) && name !== "eval";
}

/** True for a value of the platform that nothing can be assigned to. */
export function isHostValue(name: string): boolean {
  return hostValues.has(name);
}

/**
 * Globals that the runtime's helpers and all entries use, which a module-level name would hide, and
 * what hides one itself: the environment, where a worker is bound to what is in it.
 */
const globals = new Set([...platformNames, "Response", "env", "globalThis"]);

/** Globals that the code of expressions itself uses, which a name at any level would hide. */
const inlined = new Set(["Array", "Number", "Object", "console", "globalThis"]);

/**
 * Sets `js` of every variable: its own name, unless JavaScript reserves that, or a definition that
 * takes effect only where it stands would hide a name still meant before it (spec 3).
 * @param variables in the order of their definition
 * @param free names used that the program does not define
 * @param inside variables inside the value of another one of the same name, which may be declared
 * before that value is evaluated
 * @param entry names that the entry of the module takes for itself
 */
export function nameVariables(
  variables: readonly Variable[],
  free: ReadonlySet<string>,
  inside: ReadonlySet<Variable>,
  entry: readonly string[],
): void {
  const taken = new Set<string>(free);
  const counts = new Map<string, number>();
  for (const { name } of variables) taken.add(name);
  for (const variable of variables) {
    if (inside.has(variable) || mustRename(variable, free, entry))
      variable.js = fresh(variable.name, taken, counts);
  }
}

function mustRename(
  variable: Variable,
  free: ReadonlySet<string>,
  entry: readonly string[],
): boolean {
  const { name, hides, since, owner } = variable;
  if (variable.kind === "extern") return false;
  if (inlined.has(name) || reserved.has(name) || name === "_" || name.startsWith("$")) return true;
  if (since !== null && (hides !== null || free.has(name))) return true;
  // JavaScript has pattern, loop and catch variables in the very block that defines this one.
  if (hides?.owner === owner) return true;
  if (owner.parent !== null) return false;
  return globals.has(name) || entry.includes(name) || hides !== null;
}

/** `counts` has the number given last to each name, so that the next is looked for behind it. */
function fresh(name: string, taken: Set<string>, counts: Map<string, number>): string {
  const stem = name.startsWith("$") ? `_${name}` : name;
  let count = (counts.get(stem) ?? 0) + 1;
  while (taken.has(`${stem}$${count}`)) count++;
  counts.set(stem, count);
  taken.add(`${stem}$${count}`);
  return `${stem}$${count}`;
}
