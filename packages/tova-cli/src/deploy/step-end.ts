// How a tool's process ended in, what that means for the deployment out.
import type { Ended } from "../cloudflare/wrangler";

/** The end of one worker's step. */
export type StepEnd = "done" | "failed" | "interrupted";

/** What an end means. */
export const endOf = ({ exitCode, interrupted }: Ended): StepEnd =>
  interrupted ? "interrupted" : exitCode === 0 ? "done" : "failed";
