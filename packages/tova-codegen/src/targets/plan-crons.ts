// The schedules of an edge block → their expressions in the dialect of a platform.
import { type Analysed, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { EdgeBlock } from "../model/program";
import type { Converted } from "./cron-dialect";

/** Converts each; one that the platform has no expression for is a finding. */
export function planCrons(
  { schedules, target }: EdgeBlock,
  convert: (cron: string) => Converted,
): Analysed<ReadonlyMap<string, string>> {
  const findings = new Findings();
  const converted = new Map<string, string>();
  for (const { name, cron, range } of schedules) {
    const found = convert(cron);
    if ("cron" in found) converted.set(cron, found.cron);
    else findings.report(range, codes.unsupportedSchedule({ name, target, reason: found.reason }));
  }
  return { value: converted, findings: findings.list };
}
