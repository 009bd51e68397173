// A target's name in, the way to run its workers on this machine out.
import type { TargetName } from "tova-codegen";
import { bun } from "./bun";
import { deno } from "./deno";
import { lambda } from "./lambda";
import type { LocalPlatform } from "./platform";
import { vercel } from "./vercel";

const platforms: Readonly<Record<TargetName, LocalPlatform | null>> = {
  ...{ bun, deno, lambda, vercel },
  // Miniflare runs them, all in one process (`dev/miniflare.ts`).
  cloudflare: null,
};

/** Null for Cloudflare, whose workers have no server each. */
export function localPlatform(target: TargetName): LocalPlatform | null {
  return platforms[target];
}
