// A list of random numbers → choices among alternatives. Where the list ends, the first alternative
// is taken, so that a shorter list, or one of smaller numbers, makes a simpler program.

export interface Choices {
  /** A number below `count`. */
  below(count: number): number;
  /** One of the alternatives; the first is the simplest. */
  pick<T>(alternatives: readonly [T, ...T[]]): T;
  /** Whether the list has ended. */
  ended(): boolean;
  /** True once in `times` or so; false where the list has ended. */
  once(times: number): boolean;
}

/** Choices by a list of numbers. */
export function choicesOf(numbers: readonly number[]): Choices {
  let at = 0;
  const below = (count: number) => (numbers[at++] ?? 0) % count;
  return {
    below,
    ended: () => at >= numbers.length,
    pick: ([first, ...others]) => {
      const chosen = below(others.length + 1);
      return chosen === 0 ? first : (others[chosen - 1] as typeof first);
    },
    once: (times) => below(times) === times - 1,
  };
}
