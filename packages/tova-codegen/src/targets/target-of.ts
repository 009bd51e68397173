// A target's name → the target.
import type { TargetName } from "../model/program";
import { bun } from "./bun";
import { cloudflare } from "./cloudflare";
import { deno } from "./deno";
import type { Target } from "./target";
import { vercel } from "./vercel";

const targets: Partial<Record<TargetName, Target>> = { cloudflare, deno, bun, vercel };

/** Analysis has reported a target that is not in the table; it is planned as for Cloudflare. */
export function targetOf(name: TargetName): Target {
  return targets[name] ?? cloudflare;
}
