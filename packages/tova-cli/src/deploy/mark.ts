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

const anyMark = /^tova (\S+\/\S+)/;

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
  const marks = versions.flatMap(({ message }) => anyMark.exec(message ?? "")?.[0] ?? []);
  if (marks.includes(mark)) return [];
  const [newest] = versions;
  const other = marks[0]?.replace(/^tova /, "");
  const by = other === undefined ? "" : ` by tova from ${other}`;
  const author = newest?.author ? ` by ${newest.author}` : "";
  const last = newest === undefined ? "" : `${newest.createdOn.slice(0, 10)}${author}`;
  return [problems.nameTaken({ worker, by, last })];
}
