// Names that Node defines for all code, and Cloudflare's workers with the flag `nodejs_compat`.

/** As developers.cloudflare.com/workers/runtime-apis/nodejs lists them; workers have the others anyway. */
export const nodeGlobals: readonly string[] = [
  "Buffer",
  "process",
  "global",
  "setImmediate",
  "clearImmediate",
];
