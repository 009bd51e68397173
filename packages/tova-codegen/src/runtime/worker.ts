// What a worker does beside its routes: secrets that must be there, health checks, scheduled jobs.

/** `env(name, fallback)`: what the platform supplies under a name, an empty string included. */
export function envValue(
  env: Readonly<Record<string, unknown>> | undefined,
  name: string,
  fallback: unknown = null,
): unknown {
  return (env && Object.hasOwn(env, name) ? env[name] : null) ?? fallback;
}

/**
 * An error that names the declared secrets which the platform does not supply, absent or empty
 * (spec 11.7); null when all are there.
 */
export function missingSecrets(
  env: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Error | null {
  const missing = names.filter((name) => !Object.hasOwn(env, name) || !env[name]);
  return missing.length ? new Error(`Secrets are not set: ${missing.join(", ")}`) : null;
}

/** `health` without checks (spec 11.6). */
export function healthOk(): Response {
  return Response.json({ status: "ok" });
}

interface Host {
  readonly process?: { memoryUsage?(): { heapUsed: number; heapTotal: number } };
}

/**
 * `health` with `check_memory`: degraded above 90 % of the heap (spec 11.6). Cloudflare has no such
 * measure, or gives zeros for it.
 */
export function healthMemory(): Response {
  const { heapUsed = 0, heapTotal = 0 } = (globalThis as Host).process?.memoryUsage?.() ?? {};
  const status = heapUsed > 0.9 * heapTotal ? "degraded" : "healthy";
  const memory = heapUsed > 0 ? { status, heapUsed, heapTotal } : { status: "unavailable" };
  return Response.json({ status, checks: { memory }, timestamp: new Date().toISOString() });
}

/** The same where the heap is always nearly full, as it grows only when it is. */
export function healthWithoutMemory(): Response {
  const checks = { memory: { status: "unavailable" } };
  return Response.json({ status: "healthy", checks, timestamp: new Date().toISOString() });
}

/**
 * Runs a schedule where what it throws would end the process, and logs that.
 * @returns false when it threw
 */
export async function runLogged(job: () => unknown): Promise<boolean> {
  try {
    await job();
    return true;
  } catch (error) {
    console.error((error as Error)?.stack ?? error);
    return false;
  }
}

/**
 * Runs every job, even when others fail, and logs each failure.
 * @throws what the one job threw, or an AggregateError of all that failed
 */
export async function runAll(jobs: readonly (() => unknown)[]): Promise<void> {
  const results = await Promise.allSettled(jobs.map(async (job) => job()));
  const errors = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  for (const error of errors) console.error(error?.stack ?? error);
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} jobs failed`);
}
