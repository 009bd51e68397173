// A target's name → the target.
import type { TargetName } from "../model/program";
import type { Support } from "../model/support";
import { bun } from "./bun";
import { cloudflare } from "./cloudflare";
import { deno } from "./deno";
import { lambda } from "./lambda";
import type { Target } from "./target";
import { vercel } from "./vercel";

const targets: Readonly<Record<TargetName, Target>> = { cloudflare, deno, vercel, lambda, bun };

/** Every name has its target. */
export const targetOf = (name: TargetName): Target => targets[name];

/** The table of what a target's platform has (spec 11.7). */
export function supportOf(name: TargetName): Support {
  return targetOf(name).support;
}
