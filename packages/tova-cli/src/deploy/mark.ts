// A program and a block in, the words by which its deployed worker is known again out; pure.
import type { Version } from "../cloudflare/look-ups";
import { type Problem, problems } from "../problems";

/** Who deployed a worker: the program and the block, in the message of every upload. */
export const markOf = (stem: string, block: string | null): string =>
  `tova ${stem}/${block ?? "default"}`;

/** The message of an upload: the mark, the commit, what the user adds. */
export function messageOf(
  mark: string,
  { commit, isDirty }: { readonly commit: string | null; readonly isDirty: boolean },
  words: string | undefined,
): string {
  const state = commit === null ? "" : ` (${commit.slice(0, 12)}${isDirty ? ", changed" : ""})`;
  return `${mark}${state}${words === undefined ? "" : `: ${words}`}`;
}

/** True for a message of {@link messageOf}; names may have blanks in them. */
const bears = (message: string | null, mark: string): boolean =>
  message === mark || [" (", ": "].some((next) => message?.startsWith(mark + next));

/** Another program and block, as far as the words after them can be told from them. */
const anyMark = /^tova (\S.*?\/.+?)(?=: | \(|$)/;

/**
 * Tells a worker that only has the same name from one that this program deployed.
 * @param versions its uploads; null when there is no such worker
 */
export function strangers(
  worker: string,
  mark: string,
  versions: readonly Version[] | null,
): Problem[] {
  if (versions === null) return [];
  if (versions.some(({ message }) => bears(message, mark))) return [];
  const [newest] = versions;
  const [other] = versions.flatMap(({ message }) => anyMark.exec(message ?? "")?.[1] ?? []);
  const by = other === undefined ? "" : ` by tova from ${other}`;
  const author = newest?.author ? ` by ${newest.author}` : "";
  const last = newest === undefined ? "" : `${newest.createdOn.slice(0, 10)}${author}`;
  return [problems.nameTaken({ worker, by, last })];
}
