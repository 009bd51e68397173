// Takes the lists of the npm package `globals`, gives `src/generated/globals.ts`: the names that
// Workers, Node and other edge runtimes define, for the check of unknown names.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import globals from "globals";

const packageRoot = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(packageRoot, "src/generated/globals.ts");

/** What the lists lack: Cloudflare's own classes, and the other targets' own objects. */
const ofTargets = [
  "AsyncLocalStorage Bun Deno EdgeRuntime FixedLengthStream HTMLRewriter IdentityTransformStream",
  "ServiceWorkerGlobalScope WebSocketPair Worker WorkerGlobalScope",
].join(" ");
/** What edge runtimes have of service workers and Node has not; most of that list is of browsers alone. */
const ofWorkers = [
  "Cache CacheStorage Cloudflare EventSource ExtendableEvent FetchEvent FileReader ProgressEvent",
  "PromiseRejectionEvent addEventListener caches dispatchEvent location removeEventListener",
  "reportError scheduler self",
].join(" ");
/** What Node gives to CommonJS alone, as programs are ES modules, and a word of functions. */
const notOnEdge = new Set("arguments exports module require __dirname __filename".split(" "));

const lists = [globals.builtin, globals.nodeBuiltin, globals.commonjs];
const names = [
  ...lists.flatMap(Object.keys),
  "null",
  ...ofTargets.split(" "),
  ...ofWorkers.split(" "),
]
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
