// A target's name → the target.
import type { TargetName } from "../model/program";
import { cloudflare } from "./cloudflare";
import type { Target } from "./target";

/** The targets there are so far; a block with another has an error, and is planned as for Cloudflare. */
const targets: Partial<Record<TargetName, Target>> = { cloudflare };

/** Analysis has reported a target that is not in the table. */
export function targetOf(name: TargetName): Target {
  return targets[name] ?? cloudflare;
}
