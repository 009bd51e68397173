// A program → how its compiled form and its interpreted form differ, or null.
import { compile } from "../../src";
import { type Files, interpret, show } from "../interpreter/run";
import { Unknown } from "../interpreter/steps";

const AsyncFunction = (async () => {}).constructor as new (
  ...args: string[]
) => (console: { log(...values: unknown[]): void }) => Promise<void>;

/** Compiles and interprets a program; says how the two runs differ. */
export async function difference(source: string): Promise<string | null> {
  const { program, diagnostics } = compile(source, { fileName: "fuzz.tova" });
  if (!program) {
    const error = diagnostics.find(({ severity }) => severity === "error");
    return `is refused: ${error?.code} ${error?.line}:${error?.column} ${error?.message}`;
  }
  const expected = await interpreted(source);
  const actual = await run(program.code);
  if (actual === expected) return null;
  return `prints\n${actual}\ninstead of\n${expected}\nby the code\n${program.code}`;
}

/** What a run has printed, and what it has thrown. */
const ending = (printed: readonly string[], thrown: { readonly value: unknown } | null): string =>
  [...printed, ...(thrown ? [`threw ${nameOf(thrown.value)}`] : [])].join("\n");

/** Messages of errors are the platform's; only their kind is the language's. */
const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : show(thrown));

/** What a program does by the interpreter. */
export async function interpreted(source: string, files: Files = {}): Promise<string> {
  try {
    const { printed, thrown } = await interpret(source, files);
    return ending(printed, thrown);
  } catch (error) {
    if (error instanceof Unknown) return `is not interpreted: ${error.message}`;
    throw error;
  }
}

/** What JavaScript without imports does. */
export async function run(code: string): Promise<string> {
  const printed: string[] = [];
  const restore = rememberPrototypes();
  const console = { log: (...values: unknown[]) => void printed.push(values.map(show).join(" ")) };
  try {
    await new AsyncFunction("console", `"use strict";\n${code}`)(console);
    return ending(printed, null);
  } catch (thrown) {
    return ending(printed, { value: thrown });
  } finally {
    restore();
  }
}

/** What programs may add methods to by `impl`. */
const prototypes = [String, Number, Boolean, Array].map((type) => type.prototype as object);

/** Gives what takes away all that has been added to the platform's types since. */
function rememberPrototypes(): () => void {
  const before = prototypes.map((each) => new Set(Reflect.ownKeys(each)));
  return () => {
    for (const [i, prototype] of prototypes.entries()) {
      const added = Reflect.ownKeys(prototype).filter((key) => !before[i]?.has(key));
      for (const key of added) Reflect.deleteProperty(prototype, key);
    }
  };
}
