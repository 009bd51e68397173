// Takes the lists of the npm package `globals`, gives `src/generated/globals.ts`: the names that
// Workers, Node and other edge runtimes define, for the check of unknown names.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import globals from "globals";

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(packageRoot, "src/generated/globals.ts");

/** What the lists lack: Cloudflare's own classes, and the other targets' own objects. */
const ofTargets = "Bun Deno FixedLengthStream HTMLRewriter IdentityTransformStream WebSocketPair";
/** Parts of a service worker that no edge runtime has, and that are plain words. */
const notOnEdge = new Set(
  "ai arguments clients fonts name origin registration serviceWorker skipWaiting when".split(" "),
);

/** What Node gives to CommonJS alone; programs are ES modules. */
for (const name of ["exports", "module", "require", "__dirname", "__filename"]) notOnEdge.add(name);

const lists = [globals.builtin, globals.serviceworker, globals.nodeBuiltin, globals.commonjs];
const names = [...lists.flatMap(Object.keys), "null", ...ofTargets.split(" ")]
  .filter((name) => !notOnEdge.has(name) && !/^on[a-z]+$/.test(name))
  .sort();

const text = [
  "// Made by tools/bundle-globals.mjs from the package `globals`: do not edit.",
  "/** Names that a host defines, by themselves no mistake in a program. */",
  `export const hostGlobals: ReadonlySet<string> = new Set(`,
  `  ${JSON.stringify([...new Set(names)].join(" "))}.split(" "),`,
  ");",
  "",
].join("\n");

let current = null;
try {
  current = readFileSync(target, "utf8");
} catch {
  mkdirSync(dirname(target), { recursive: true });
}
if (current !== text) {
  const next = `${target}.${process.pid}`;
  writeFileSync(next, text);
  renameSync(next, target);
}
