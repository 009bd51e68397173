// The text of a file → what it says anywhere; looked for once, when a check first asks.

/** What a check may ask of the whole text, whatever the place; each costs nothing until it is asked for. */
export interface Mentions {
  /** Names of members that are assigned, as `.name = …` or `["name"] = …`. */
  assigned(): ReadonlySet<string>;
  /** Whether `toJSON` is one of them, which is asked of most programs. */
  assignsToJson(): boolean;
  /** How often `impl` stands in it. */
  impls(): number;
  /** Whether the platform is asked to add members to a value that is no new object. */
  extends(): boolean;
  /** How often each word that begins with a capital stands in it. */
  capitalised(): ReadonlyMap<string, number>;
}

const assignment =
  /(?:\.([\p{L}_$][\p{L}\p{N}\p{M}_$]*)|\[\s*(?:"([^"\n]*)"|'([^'\n]*)')\s*\])\s*(?:[-+*/&|^]|<<|>>)?=(?!=)/gu;
const extension =
  /\b(?:Object\s*\.\s*(?:assign|definePropert(?:y|ies))|Reflect\s*\.\s*(?:set|defineProperty))\s*\(\s*(?!\{)/;

/** Gives what a text says. */
export function mentionsIn(source: string): Mentions {
  const assigned = once(
    () => new Set([...source.matchAll(assignment)].map(([, ...names]) => names.join(""))),
  );
  return {
    assigned,
    assignsToJson: once(() => source.includes("toJSON") && assigned().has("toJSON")),
    impls: once(() => source.match(/\bimpl\b/g)?.length ?? 0),
    extends: once(() => extension.test(source)),
    capitalised: once(() => countCapitalised(source)),
  };
}

/** The same function, which looks but once. */
function once<T>(look: () => T): () => T {
  let found: { readonly value: T } | null = null;
  return () => {
    found ??= { value: look() };
    return found.value;
  };
}

function countCapitalised(source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of source.matchAll(/(?<![\p{L}\p{N}\p{M}_$])\p{Lu}[\p{L}\p{N}\p{M}_$]*/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
