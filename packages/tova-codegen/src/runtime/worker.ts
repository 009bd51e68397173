// What a worker does beside its routes: secrets that must be there, health checks, scheduled jobs.
import { logError } from "./http";

/** `env(name, fallback)`: what the platform supplies under a name, an empty string included. */
export function envValue(
  env: Readonly<Record<string, unknown>>,
  name: string,
  fallback: unknown = null,
): unknown {
  return env[name] ?? fallback;
}

/** The declared secrets that the platform does not supply: absent, or empty (spec 11.7). */
export function missingSecrets(
  env: Readonly<Record<string, unknown>>,
  names: readonly string[],
): string[] {
  return names.filter((name) => (env[name] ?? "") === "");
}

/** Logs which secrets are missing, by name. */
export function reportMissingSecrets(names: readonly string[]): void {
  for (const name of names) {
    console.error(`Secret ${name} is not set, so nothing is answered or run until it is.`);
  }
}

/**
 * For schedules and consumers, which fail rather than answer.
 * @throws Error when a secret is missing; the log names each
 */
export function requireSecrets(
  env: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void {
  const missing = missingSecrets(env, names);
  if (missing.length === 0) return;
  reportMissingSecrets(missing);
  throw new Error(`Secrets are not set: ${missing.join(", ")}`);
}

/** `health` without checks (spec 11.6). */
export function healthOk(): Response {
  return Response.json({ status: "ok" });
}

interface MemoryUse {
  readonly heapUsed: number;
  readonly heapTotal: number;
}

/** The heap in bytes, or null: Cloudflare has no such measure, or gives zeros for it. */
function memoryUse(): MemoryUse | null {
  const { process } = globalThis as { process?: { memoryUsage?(): MemoryUse } };
  const use = process?.memoryUsage?.();
  return use && use.heapUsed > 0 && use.heapTotal >= use.heapUsed ? use : null;
}

/** `health` with `check_memory`: degraded above 90 % of the heap (spec 11.6). */
export function healthMemory(): Response {
  const use = memoryUse();
  const status = use && use.heapUsed > 0.9 * use.heapTotal ? "degraded" : "healthy";
  const memory = use
    ? { status, heapUsed: use.heapUsed, heapTotal: use.heapTotal }
    : { status: "unavailable", reason: "This runtime does not tell its memory use." };
  return Response.json({ status, checks: { memory }, timestamp: new Date().toISOString() });
}

/**
 * Runs every job, even when others fail, and logs each failure.
 * @throws what the one job threw, or an AggregateError of all that failed
 */
export async function runAll(jobs: readonly (() => unknown)[]): Promise<void> {
  const results = await Promise.allSettled(jobs.map(async (job) => job()));
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  for (const error of errors) logError(error);
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} jobs failed`);
}
