// A resolved edge block and what its target can do → findings on what it asks beyond that (spec 11.7).
import { type Finding, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { BindingKind, EdgeBlock } from "../model/program";
import { isShared, refusal, type Support } from "../model/support";
import type { Resolution } from "./resolve";

const bindingCodes = {
  kv: { used: codes.usedKv, unused: codes.unusedKv },
  sql: { used: codes.usedSql, unused: codes.unusedSql },
  storage: { used: codes.usedStorage, unused: codes.unusedStorage },
  queue: { used: codes.usedQueue, unused: codes.unusedQueue },
} satisfies Record<BindingKind, unknown>;

/**
 * What the program uses and the platform lacks is an error; a binding that nothing reads is only
 * said to be nil there.
 */
export function checkSupport(
  block: EdgeBlock,
  resolution: Resolution,
  support: Support,
): readonly Finding[] {
  const findings = new Findings();
  const { target } = block;
  for (const binding of block.bindings) {
    const reason = refusal(support, binding.kind);
    if (reason === null) continue;
    const { used, unused } = bindingCodes[binding.kind];
    const isUsed = (resolution.variables.get(binding)?.reads ?? 0) > 0;
    findings.report(
      binding.range,
      (isUsed ? used : unused)({ name: binding.name, target, reason }),
    );
  }
  checkShared(block, support, findings);
  checkVariables(block, support, findings);
  const schedule = refusal(support, "schedule");
  if (schedule !== null) {
    for (const { name, range } of block.schedules) {
      findings.report(range, codes.unsupportedSchedule({ name, target, reason: schedule }));
    }
  }
  const consume = refusal(support, "consume");
  if (consume !== null) {
    for (const { queue, range } of block.consumers) {
      findings.report(range, codes.unsupportedConsume({ name: queue, target, reason: consume }));
    }
  } else checkConsumeOptions(block, support, findings);
  return findings.list;
}

function checkConsumeOptions(block: EdgeBlock, support: Support, findings: Findings): void {
  const { consumeOptions = [] } = support;
  const { target } = block;
  for (const { range, options } of block.consumers) {
    const given = { retry_delay: options.retryDelay, max_concurrency: options.maxConcurrency };
    for (const key of ["retry_delay", "max_concurrency"] as const) {
      if (given[key] === null || consumeOptions.includes(key)) continue;
      findings.report(range, codes.consumeTarget({ key, target }));
    }
  }
}

/** Whatever a worker is bound to has a variable of its name there. */
function checkVariables(block: EdgeBlock, support: Support, findings: Findings): void {
  const { takenVariables, variableNames } = support;
  for (const { name, range } of [...block.bindings, ...block.env, ...block.secrets]) {
    const report = (rule: string, fix: string) =>
      findings.report(range, codes.resourceName({ what: "variable", name, rule, fix }));
    if (takenVariables?.has(name)) {
      const fix = `Rename it; \`env("${name}")\` reads what the platform sets.`;
      report(`are set by ${block.target} itself`, fix);
    } else if (variableNames && !variableNames.pattern.test(name)) {
      report(`are ${variableNames.expected} on ${block.target}`, "Rename it.");
    }
  }
}

/** Two stores of a program that are one on the platform share its limits. */
function checkShared(block: EdgeBlock, support: Support, findings: Findings): void {
  if (!isShared(support, "kv")) return;
  const [first, ...others] = block.bindings.filter(({ kind }) => kind === "kv");
  for (const { name, range } of others) {
    findings.report(range, codes.denoMultiKv({ name, first: first?.name ?? "" }));
  }
}
