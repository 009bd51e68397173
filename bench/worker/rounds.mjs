// Kinds of worker and how to run one → what it takes, all kinds in each round, each first in turn.

/** Rounds before those that count. */
const warm = 5;

/** @param run takes a kind, gives a number */
export async function interleaved(kinds, rounds, run) {
  const taken = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < warm + rounds; round++) {
    const turn = round % kinds.length;
    for (const kind of [...kinds.slice(turn), ...kinds.slice(0, turn)]) {
      const value = await run(kind);
      if (round >= warm) taken[kind].push(value);
    }
  }
  return taken;
}

export const least = (list) => Math.min(...list);

export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Rows as a Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
