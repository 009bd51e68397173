// A list of numbers that shows a difference → a short list of small ones that still does.

/** Tells whether a list still shows it. */
type Shows = (numbers: readonly number[]) => Promise<boolean>;

/**
 * Takes parts away while the rest still shows it, halves first, then makes numbers small. The
 * shrinker of fast-check goes number by number, which takes minutes for lists of a thousand.
 * @param milliseconds after which the best so far will do
 */
export async function shrink(
  numbers: readonly number[],
  shows: Shows,
  milliseconds: number,
): Promise<readonly number[]> {
  const end = Date.now() + milliseconds;
  let best = numbers;
  const tryAll = async (candidates: Generator<readonly number[]>): Promise<boolean> => {
    for (const candidate of candidates) {
      if (Date.now() > end) return false;
      if (!(await shows(candidate))) continue;
      best = candidate;
      return true;
    }
    return false;
  };
  for (let size = Math.ceil(numbers.length / 2); size >= 1; size = Math.floor(size / 2)) {
    while (await tryAll(without(best, size)));
    while (await tryAll(zeroed(best, size)));
  }
  return best;
}

function* without(numbers: readonly number[], size: number): Generator<readonly number[]> {
  for (let at = numbers.length - size; at >= 0; at -= size) {
    yield [...numbers.slice(0, at), ...numbers.slice(at + size)];
  }
}

function* zeroed(numbers: readonly number[], size: number): Generator<readonly number[]> {
  for (let at = 0; at + size <= numbers.length; at += size) {
    if (numbers.slice(at, at + size).every((each) => each === 0)) continue;
    yield numbers.map((each, i) => (i >= at && i < at + size ? 0 : each));
  }
}
