// The text of a file → what it says anywhere; looked for once, when a check first asks.

/** What a check may ask of the whole text, whatever the place. */
export interface Mentions {
  /** Names of members that are assigned, as `.name = …` or `["name"] = …`. */
  readonly assigned: ReadonlySet<string>;
  /** How often `impl` stands in it. */
  readonly impls: number;
  /** Whether the platform is asked to add members to a value that is no new object. */
  readonly extends: boolean;
  /** How often a word that begins with a capital stands in it. */
  readonly capitalised: ReadonlyMap<string, number>;
}

const assignment =
  /(?:\.([\p{L}_$][\p{L}\p{N}\p{M}_$]*)|\[\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\])\s*(?:[-+*/&|^]|<<|>>)?=(?!=)/gu;
const extension =
  /\b(?:Object\s*\.\s*(?:assign|definePropert(?:y|ies))|Reflect\s*\.\s*(?:set|defineProperty))\s*\(\s*(?!\{)/;

/** Gives what a text says, which costs nothing until it is asked for. */
export function mentionsIn(source: string): () => Mentions {
  let found: Mentions | null = null;
  return () => {
    found ??= {
      assigned: new Set([...source.matchAll(assignment)].map(([, ...names]) => names.join(""))),
      impls: source.match(/\bimpl\b/g)?.length ?? 0,
      extends: extension.test(source),
      capitalised: countCapitalised(source),
    };
    return found;
  };
}

function countCapitalised(source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of source.matchAll(/(?<![\p{L}\p{N}\p{M}_$])\p{Lu}[\p{L}\p{N}\p{M}_$]*/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
