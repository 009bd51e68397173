// The text of a file → what it says anywhere; looked for once, when a check first asks.
import { once } from "../once";

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
  /** The type parameters of all heads: the tree has those of types only. */
  typeParameters(): ReadonlySet<string>;
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
    typeParameters: once(() => typeParametersIn(source)),
  };
}

function countCapitalised(source: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of source.matchAll(/(?<![\p{L}\p{N}\p{M}_$])\p{Lu}[\p{L}\p{N}\p{M}_$]*/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function typeParametersIn(source: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [head] of source.matchAll(/\b(?:fn|type|trait|interface|impl)\b[^(){}=\n]*/g)) {
    const list = /<.*>/.exec(head)?.[0] ?? "";
    for (const [word] of list.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) names.add(word);
  }
  return names;
}
