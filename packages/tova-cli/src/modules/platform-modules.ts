// A target in, how packages are resolved for it and which modules it has itself out.
import type { TargetName } from "tova-codegen";

/** What a bundle for a target leaves to its platform. */
export interface PlatformModules {
  /** Conditions of packages' `exports`, the platform's own first. */
  readonly conditions: readonly string[];
  /** Names of modules that the platform has, as they begin. */
  readonly own: RegExp;
  /** Modules that it has in name only: calls into them throw. */
  readonly stubs: ReadonlySet<string>;
  /** All that it has of its own, where that can be listed; what is imported beside it fails at load. */
  readonly all: ReadonlySet<string> | null;
  /** True where packages are taken as Node takes them, not as browsers do. */
  readonly nodeIsNative: boolean;
  /** True where modules and globals of Node need a setting of the platform (`Worker.nodeConfig`). */
  readonly nodeIsOption: boolean;
  /** True where packages stay imports, for Node to find beside the output. */
  readonly keepsPackages: boolean;
}

const none: ReadonlySet<string> = new Set();

/** Servers and functions that run Node's modules as they are. */
const node = (...conditions: string[]): PlatformModules => ({
  conditions,
  own: /^node:/,
  stubs: none,
  all: null,
  nodeIsNative: true,
  nodeIsOption: false,
  keepsPackages: false,
});

/** As wrangler resolves packages, so that they are the same in every way to deploy. */
const cloudflare: PlatformModules = {
  conditions: ["workerd", "worker", "browser"],
  own: /^(node|cloudflare|workerd):/,
  // developers.cloudflare.com/workers/runtime-apis/nodejs, "non-functional stub".
  stubs: new Set(
    "child_process cluster dgram inspector repl sqlite vm wasi worker_threads"
      .split(" ")
      .map((name) => `node:${name}`),
  ),
  all: null,
  nodeIsNative: false,
  nodeIsOption: true,
  keepsPackages: false,
};

/** vercel.com/docs/functions/runtimes/edge, "Compatible Node.js modules". */
const vercel: PlatformModules = {
  conditions: ["edge-light", "worker", "browser"],
  own: /^node:/,
  stubs: none,
  all: new Set("async_hooks assert buffer events util".split(" ").map((name) => `node:${name}`)),
  nodeIsNative: false,
  nodeIsOption: false,
  keepsPackages: false,
};

const platforms: Readonly<Record<TargetName, PlatformModules>> = {
  cloudflare,
  // docs.deno.com/runtime/fundamentals/node, "Conditional exports".
  deno: node("deno", "node"),
  // bun.com/docs/runtime/module-resolution, "Importing packages".
  bun: { ...node("bun", "node"), own: /^(node|bun):/ },
  vercel,
  lambda: node("node"),
};

/** What a target's platform has itself; Node, for a program outside workers. */
export const platformModules = (target: TargetName | null): PlatformModules =>
  target === null ? { ...node("node"), keepsPackages: true } : platforms[target];
