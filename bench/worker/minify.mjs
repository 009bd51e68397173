// Modules of JavaScript → one that stands alone, minified by esbuild, and its bytes.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The text of a worker that others wrote. */
export const written = (program, kind) =>
  readFileSync(path(`workers/${program}-${kind}.mjs`), "utf8");

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
