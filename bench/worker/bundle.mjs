// Names of workers → modules that stand alone, all bundled and minified alike by esbuild.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "tova-codegen";
import { programs } from "./programs.mjs";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The kinds of worker that are measured side by side. */
export const kinds = ["bare", "hand", "ours", "hono", "itty"];

/** The JavaScript of a program's first worker. */
export function compiled(source, fileName) {
  const { workers, diagnostics } = compile(source, { fileName });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors[0].message);
  return workers[0].code;
}

/** One module of JavaScript, minified. */
export async function minified(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: path("workers"), loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

/** @param program `router` or `api`, the worker of the seed */
export async function bundles(program) {
  const entries = kinds.map(async (kind) => {
    const contents =
      kind === "ours"
        ? compiled(programs[program], `${program}.tova`)
        : readFileSync(path(`workers/${program}-${kind}.mjs`), "utf8");
    return [kind, await minified(contents)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Bytes of a minified module, and of it gzipped as a host sends it. */
export const sizes = (code) => ({
  minified: Buffer.byteLength(code),
  gzipped: gzipSync(code, { level: 9 }).byteLength,
});

/** Modules' default exports, by the same names. */
export async function load(codes) {
  const entries = Object.entries(codes).map(async ([name, code]) => {
    const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
    return [name, (await import(url)).default];
  });
  return Object.fromEntries(await Promise.all(entries));
}
