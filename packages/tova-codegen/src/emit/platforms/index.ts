// A target's name → what its platform prints.
import type { TargetName } from "../../model/program";
import { bun } from "./bun";
import { cloudflare } from "./cloudflare";
import { deno } from "./deno";
import { lambda } from "./lambda";
import type { Platform } from "./platform";
import { vercel } from "./vercel";

const platforms: Readonly<Record<TargetName, Platform>> = { cloudflare, deno, vercel, lambda, bun };

/** Every name has its platform. */
export const platformOf = (name: TargetName): Platform => platforms[name];
