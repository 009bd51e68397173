// Values → the platform's log at a level (spec 14).

export function logDebug(...values: unknown[]): void {
  console.debug(...values);
}

export function logInfo(...values: unknown[]): void {
  console.info(...values);
}

export function logWarn(...values: unknown[]): void {
  console.warn(...values);
}

export function logError(...values: unknown[]): void {
  console.error(...values);
}
