// The clock, and identifiers → times and texts (spec 14).

/** Milliseconds since 1970. */
export function now(): number {
  return Date.now();
}

/** The time as ISO 8601 in UTC. */
export function nowIso(): string {
  return new Date().toISOString();
}

/** A random UUID. */
export function uuid(): string {
  return crypto.randomUUID();
}
