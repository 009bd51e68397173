// Heights and wished-for middles in order → tops that keep the order, overlap nowhere and stray least.

export interface Wish {
  readonly height: number;
  readonly middle: number;
}

/** Neighbours that would overlap, as one. */
interface Group {
  readonly members: readonly Wish[];
  readonly height: number;
  /** Mean of the tops that its members wish it had. */
  readonly top: number;
}

const merge = (a: Group, b: Group, gap: number): Group => {
  const [m, n] = [a.members.length, b.members.length];
  return {
    members: [...a.members, ...b.members],
    height: a.height + gap + b.height,
    top: (a.top * m + (b.top - a.height - gap) * n) / (m + n),
  };
};

/**
 * Places each as near to its wish as the others allow, by least squares: the pool-adjacent-violators
 * algorithm of isotonic regression.
 */
export function placeNear(wishes: readonly Wish[], gap: number): number[] {
  const groups: Group[] = [];
  for (const wish of wishes) {
    let group: Group = {
      members: [wish],
      height: wish.height,
      top: wish.middle - wish.height / 2,
    };
    for (
      let above = groups.at(-1);
      above !== undefined && above.top + above.height + gap > group.top;
      above = groups.at(-1)
    ) {
      groups.pop();
      group = merge(above, group, gap);
    }
    groups.push(group);
  }
  return groups.flatMap(({ members, top }) => {
    let next = top;
    return members.map(({ height }) => {
      const own = next;
      next += height + gap;
      return own;
    });
  });
}
