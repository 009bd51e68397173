// Names of workers → modules that stand alone, all bundled and minified alike by esbuild.
import { compile } from "tova-codegen";
import { minified, written } from "./minify.mjs";
import { programs } from "./programs.mjs";

/** The kinds of worker that are measured side by side. */
export const kinds = ["bare", "hand", "ours", "hono", "itty"];

/** The JavaScript of a program's first worker. */
export function compiled(source, fileName) {
  const { workers, diagnostics } = compile(source, { fileName });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors[0].message);
  return workers[0].code;
}

/** @param program `router` or `api`, the worker of the seed */
export async function bundles(program) {
  const entries = kinds.map(async (kind) => {
    const contents =
      kind === "ours" ? compiled(programs[program], `${program}.tova`) : written(program, kind);
    return [kind, await minified(contents)];
  });
  return Object.fromEntries(await Promise.all(entries));
}
