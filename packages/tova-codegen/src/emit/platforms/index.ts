// A target's name → what its platform prints.
import type { TargetName } from "../../model/program";
import { bun } from "./bun";
import { cloudflare } from "./cloudflare";
import { deno } from "./deno";
import type { Platform } from "./platform";
import { vercel } from "./vercel";

const platforms: Partial<Record<TargetName, Platform>> = { cloudflare, deno, bun, vercel };

/** Analysis has reported a target that is not in the table; its code is not kept. */
export function platformOf(name: TargetName): Platform {
  return platforms[name] ?? cloudflare;
}
