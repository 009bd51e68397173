// `rate_limit { max: 9, window: 60 }` → how often a client may ask, and what each worker counts with.
import type { ast, SourceRange } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { EdgeBlock } from "../../model/program";
import type { Limiter, RateLimit, Security } from "../../model/security";
import { literalOf } from "../literal";
import { type Configured, readEntries } from "./entries";

/** Reads a rule; null, once reported, for one that limits nothing. */
export function readRateLimit(rule: Configured, findings: Findings): RateLimit | null {
  const keys = ["max", "window"];
  const entries = readEntries(rule, keys, findings);
  // What is missing then stands there by another name.
  if (rule.config.some(({ key }) => !keys.includes(key.name))) return null;
  const max = readCount("max", entries.get("max"), rule, findings);
  const window = readCount("window", entries.get("window"), rule, findings);
  return max === null || window === null ? null : { range: rule, max, window };
}

function readCount(
  key: string,
  entry: ast.ConfigEntry | undefined,
  rule: SourceRange,
  findings: Findings,
): number | null {
  const value = entry ? literalOf(entry.value) : null;
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  findings.report(entry?.value ?? rule, codes.invalidRateLimit({ key }));
  return null;
}

/** `rate_limit: { max: 5, window: 60 }` of another rule; null, once reported, for anything else. */
export function readNestedLimit(
  entry: ast.ConfigEntry | undefined,
  findings: Findings,
): RateLimit | null {
  if (!entry) return null;
  const { value, key } = entry;
  const properties = value.kind === "Object" ? value.properties : [];
  const config = properties.flatMap((property): ast.ConfigEntry[] => {
    const { from, to } = property;
    if (property.kind !== "Property" || property.computed || !property.value) return [];
    if (property.key.kind !== "Name") return [];
    return [{ kind: "ConfigEntry", from, to, key: property.key, value: property.value }];
  });
  const { from, to } = value;
  return readRateLimit({ from, to, rule: key, config }, findings);
}

/** The limits of a block's worker, each with a name that nothing else in its environment has. */
export function limitersOf(security: Security | null, block: EdgeBlock): readonly Limiter[] {
  if (block.routes.length === 0 && !block.health) return [];
  const { rateLimit = null, protects = [] } = security ?? {};
  const limits = [rateLimit, ...protects.map((one) => one.rateLimit)].filter((one) => one !== null);
  const taken = new Set(
    [...block.bindings, ...block.env, ...block.secrets].map(({ name }) => name),
  );
  return limits.map((limit, i) => {
    let binding = i === 0 ? "RATE_LIMIT" : `RATE_LIMIT_${i + 1}`;
    while (taken.has(binding)) binding = `${binding}_`;
    taken.add(binding);
    return { binding, limit };
  });
}
