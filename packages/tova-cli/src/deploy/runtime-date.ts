// Compatibility dates of workers in, whether there are runtimes for them out.
import { createRequire } from "node:module";
import { findWrangler } from "../cloudflare/wrangler";
import { type Problem, problems } from "../problems";
import type { Check } from "./check";

/** A worker and the date its configuration has. */
export interface Dated {
  readonly worker: string;
  readonly date: string;
}

/** The newest date that the workerd of the workspace's wrangler knows; null when there is none. */
export function localRuntimeDate(folder: string): string | null {
  try {
    const load = createRequire(createRequire(findWrangler(folder)).resolve("miniflare"));
    return (load("workerd") as { compatibilityDate?: string }).compatibilityDate ?? null;
  } catch {
    return null;
  }
}

function wrongDate({ worker, date }: Dated, today: string, local: string | null): Problem[] {
  // Cloudflare refuses dates to come
  // (developers.cloudflare.com/workers/configuration/compatibility-dates).
  if (date > today) return [problems.futureDate({ worker, date, today })];
  if (local !== null && date > local) return [problems.untestedDate({ worker, date, local })];
  return [];
}

/**
 * @param today as `2026-04-01`, in UTC
 * @param local the newest date that can be tried on this machine
 */
export function checkRuntime(
  all: readonly Dated[],
  { today, local }: { readonly today: string; readonly local: string | null },
): Check {
  const dates = [...new Set(all.map(({ date }) => date))];
  const known = local === null ? "" : `; workerd here knows ${local}`;
  return {
    name: "runtime",
    fact: `compatibility date ${dates.join(", ")}${known}`,
    problems: all.flatMap((one) => wrongDate(one, today, local)),
  };
}
