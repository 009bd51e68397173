// Numbers → numbers and their texts (spec 14). What the platform has is used as it is.

export const abs = Math.abs;
export const floor = Math.floor;
export const ceil = Math.ceil;
export const sqrt = Math.sqrt;
export const pow = Math.pow;
export const random = Math.random;

/** To the nearest whole number, halves up. Takes one argument, so that `map(xs, round)` works. */
export function round(value: number): number {
  return Math.round(value);
}

/** Whether a value is NaN. */
export function isNan(value: unknown): boolean {
  return Number.isNaN(value);
}

/** The number, or the bound that it is beyond. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** A random whole number from `low` to `high`, both included. */
export function randomInt(low: number, high: number): number {
  const least = Math.ceil(low);
  return Math.floor(Math.random() * (Math.floor(high) - least + 1)) + least;
}
