// Samples of a process's memory in, whether it grows out.

/** Resident bytes at a time, in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** Bytes a second, by least squares: robust against the saw teeth of a collected heap. */
export function slope(samples: readonly Sample[]): number {
  const count = samples.length;
  if (count < 2) return 0;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / count;
  const meanBytes = samples.reduce((sum, { bytes }) => sum + bytes, 0) / count;
  const over = samples.reduce((sum, { at, bytes }) => sum + (at - meanAt) * (bytes - meanBytes), 0);
  const under = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  return under === 0 ? 0 : (over / under) * 1000;
}

/** The samples after the warm-up, which is the first third. */
export function warm(samples: readonly Sample[]): readonly Sample[] {
  return samples.slice(Math.floor(samples.length / 3));
}
