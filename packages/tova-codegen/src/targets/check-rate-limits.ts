// The `rate_limit` rules of a program and the targets of its blocks → findings on what they cannot count.
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Program } from "../model/program";
import { targetOf } from "./target-of";

/** Checks each rule once a target, however many blocks it holds for. */
export function checkRateLimits({ blocks }: Program, findings: Findings): void {
  const seen = new Set<string>();
  for (const { target, limiters } of blocks) {
    const { rateLimit } = targetOf(target).support;
    for (const { limit } of limiters) {
      const key = `${target} ${limit.range.from}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if ("reason" in rateLimit) {
        const { reason } = rateLimit;
        findings.report(limit.range, codes.rateLimitTarget({ target, reason }));
      } else if (!rateLimit.windows.includes(limit.window)) {
        const { window } = limit;
        findings.report(
          limit.range,
          codes.rateLimitWindow({ target, window, known: rateLimit.windows }),
        );
      }
    }
  }
}
