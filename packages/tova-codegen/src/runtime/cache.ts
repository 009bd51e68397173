// Keys and values → values kept in the memory of the isolate, for a while (spec 14: `cache.x`).

interface Entry {
  readonly value: unknown;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Lives as long as the isolate; each isolate has its own. */
const cached = new Map<unknown, Entry>();

/** So many entries there may be before those that are over are looked for; then twice as many. */
const leastSweep = 1000;
const sweep = { at: leastSweep };

/** Forgets what is over and nobody asks for again, now and then, so that each entry costs little. */
function sweepCache(now: number): void {
  for (const [key, { until }] of cached) if (until <= now) cached.delete(key);
  sweep.at = Math.max(leastSweep, 2 * cached.size);
}

function entryOf(key: unknown): Entry | null {
  const entry = cached.get(key);
  if (entry && entry.until > Date.now()) return entry;
  cached.delete(key);
  return null;
}

/** What is kept under a key; nil when nothing is, or no longer. */
export function cacheGet(key: unknown): unknown {
  return entryOf(key)?.value ?? null;
}

/** Keeps a value, for `ttl` seconds when given; gives it back. */
export function cacheSet<T>(key: unknown, value: T, ttl = Number.POSITIVE_INFINITY): T {
  const now = Date.now();
  cached.set(key, { value, until: now + ttl * 1000 });
  if (cached.size > sweep.at) sweepCache(now);
  return value;
}

/** Whether something is kept under a key. */
export function cacheHas(key: unknown): boolean {
  return entryOf(key) !== null;
}

/** Forgets a key; tells whether something was kept. */
export function cacheDelete(key: unknown): boolean {
  const had = cacheHas(key);
  cached.delete(key);
  return had;
}

/** Forgets everything. */
export function cacheClear(): void {
  cached.clear();
}

/** What is kept under a key, or what a function gives, which is then kept; no promise that fails. */
export function cacheRemember<T>(key: unknown, make: () => T, ttl?: number): T {
  const entry = entryOf(key);
  if (entry) return entry.value as T;
  const value = cacheSet(key, make(), ttl);
  const forget = () => cached.get(key)?.value === value && cached.delete(key);
  if (value instanceof Promise) value.catch(forget);
  return value;
}
