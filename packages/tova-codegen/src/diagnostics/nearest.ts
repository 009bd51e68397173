// A word and the known words → the one that was probably meant, for "did you mean".
// Libraries that count steps (`leven`, `fastest-levenshtein`) have no swaps, which are most typos.

/** Takes a word as written; gives the closest other one of those known, or null when none is close. */
export type Nearest = (word: string) => string | null;

/** A known word; of two equally close ones the earlier is meant. */
interface Candidate {
  readonly name: string;
  readonly place: number;
  readonly lower: string;
  readonly letters: number;
}

/**
 * The fewest insertions, deletions, replacements and swaps of neighbours from `a` to `b`; any number
 * above `most` stands for more than that.
 */
function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : replaced;
      const steps = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped);
      next.push(steps);
      if (steps < least) least = steps;
    }
    // A swap goes on from the row before.
    if (least > most && leastBefore > most) return least;
    leastBefore = least;
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A bit for each letter that a word has, a few letters to a bit. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

/** Whether two words may be `most` steps apart: a step changes two letters at most. */
function mayBeClose(a: number, b: number, most: number): boolean {
  let left = 2 * most;
  for (let differing = a ^ b; differing !== 0; differing &= differing - 1)
    if (--left < 0) return false;
  return true;
}

/** By length, each list in the order of the words. */
function sortByLength(known: Iterable<string>): ReadonlyMap<number, readonly Candidate[]> {
  const sorted = new Map<number, Candidate[]>();
  let place = 0;
  for (const name of known) {
    const lower = name.toLowerCase();
    const candidate = { name, place: place++, lower, letters: lettersOf(lower) };
    const alike = sorted.get(name.length);
    if (alike) alike.push(candidate);
    else sorted.set(name.length, [candidate]);
  }
  return sorted;
}

/** For many words and the same known ones, which are asked for with the first word. */
export function nearestOf(known: () => Iterable<string>): Nearest {
  let sorted: ReadonlyMap<number, readonly Candidate[]> | null = null;
  return (word) => {
    // Between letters nothing tells which was meant.
    if (word.length > 40 || word.length < 2) return null;
    sorted ??= sortByLength(known());
    return search(word, sorted);
  };
}

/** Words of other lengths are at least as many steps away as they are longer or shorter. */
function search(word: string, sorted: ReadonlyMap<number, readonly Candidate[]>): string | null {
  const lower = word.toLowerCase();
  const letters = lettersOf(lower);
  let best: Candidate | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (let apart = 0; apart < least || (best && apart === least); apart++) {
    for (const length of apart === 0 ? [word.length] : [word.length - apart, word.length + apart]) {
      if (length < 2) continue;
      for (const candidate of sorted.get(length) ?? []) {
        const most = best && candidate.place < best.place ? least : least - 1;
        if (candidate.name === word || !mayBeClose(letters, candidate.letters, most)) continue;
        const steps = distance(lower, candidate.lower, most);
        if (steps <= most) [best, least] = [candidate, steps];
      }
    }
  }
  return best?.name ?? null;
}

/** The closest one of those known, for a single word. */
export const nearest = (word: string, known: Iterable<string>): string | null =>
  nearestOf(() => known)(word);

/** "Did you mean `x`?", or else the sentence that lists what is known. */
export function suggest(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  if (meant !== null) return `Did you mean \`${meant}\`?`;
  const named = known.map((name) => `\`${name}\``);
  // Of many the first are those that are used most.
  const shown = named.length > 16 ? [...named.slice(0, 8), "…"] : named;
  return `Use ${known.length === 1 ? "" : "one of "}${shown.join(", ")}.`;
}
