// A target's name in, the way to run its workers on this machine out.
import type { TargetName } from "tova-codegen";
import { bun } from "./bun";
import { deno } from "./deno";
import { lambda } from "./lambda";
import type { LocalPlatform } from "./platform";
import { vercel } from "./vercel";

const platforms: Partial<Record<TargetName, LocalPlatform>> = { bun, deno, lambda, vercel };

/** Cloudflare's are run by Miniflare, all in one process (`dev/miniflare.ts`); null for others too. */
export function localPlatform(target: TargetName): LocalPlatform | null {
  return platforms[target] ?? null;
}
