// Match patterns as constructors over columns → which rows can match, and what no row matches.
// The matrix of rows is split by the constructors of its first column until it is empty.

/** A set of constructors that together are all values of a type. */
export interface Family {
  readonly name: string;
  readonly members: readonly Member[];
  readonly byName: ReadonlyMap<string, Member>;
  /** Fields of the member that has most. */
  readonly widest: number;
}

export interface Member {
  readonly key: string;
  /** As shown to users. */
  readonly name: string;
  readonly arity: number;
}

/** Null matches anything. */
export type Shape = Constructor | null;

export interface Constructor extends Member {
  /** Null when the constructors of the type cannot be counted, as of numbers. */
  readonly family: Family | null;
  readonly args: readonly Shape[];
}

export type Row = readonly Shape[];

const wild = (count: number): Shape[] => Array.from({ length: count }, () => null);

/** The rows that match a constructor in the first column, with its fields as the first columns. */
function specialise(rows: readonly Row[], { key, arity }: Member): Row[] {
  return rows.flatMap(([first, ...rest]) => {
    if (first === null || first === undefined) return [[...wild(arity), ...rest]];
    return first.key === key ? [[...first.args, ...rest]] : [];
  });
}

const defaults = (rows: readonly Row[]): Row[] =>
  rows.flatMap(([first, ...rest]) => (first ? [] : [rest]));

/** The family of the first column; null when its constructors are none, mixed or endless. */
export function familyOf(rows: readonly Row[]): Family | null {
  const firsts = rows.flatMap(([first]) => (first ? [first] : []));
  const family = firsts[0]?.family ?? null;
  return firsts.every((first) => first.family?.name === family?.name) ? family : null;
}

/**
 * Whether a row matches something that no earlier row does. Values may be of other types than the
 * patterns say, so that a catch-all after all variants still counts.
 */
export function isUseful(rows: readonly Row[], row: Row): boolean {
  const [first, ...rest] = row;
  if (first === undefined) return rows.length === 0;
  if (first) return isUseful(specialise(rows, first), [...first.args, ...rest]);
  return isUseful(defaults(rows), rest);
}

/**
 * What a search may still look at, in shapes: in the worst case it doubles with each field. When none is
 * left it has found nothing.
 */
interface Budget {
  shapes: number;
}

const maxShapes = 300_000;

const matchesAll = (row: Row): boolean => row.every((shape) => shape === null);

/** Values of `width` columns that no row matches, as text; null when there are none. */
function unmatched(rows: readonly Row[], width: number, left: Budget): readonly string[] | null {
  left.shapes -= rows.length * width + 1;
  if (left.shapes < 0 || rows.some(matchesAll)) return null;
  if (width === 0) return [];
  const family = familyOf(rows);
  if (!family) {
    const rest = unmatched(defaults(rows), width - 1, left);
    return rest && ["_", ...rest];
  }
  for (const member of family.members) {
    const found = unmatchedOf(rows, member, { width, left });
    if (found) return found;
  }
  return null;
}

function unmatchedOf(
  rows: readonly Row[],
  member: Member,
  { width, left }: { readonly width: number; readonly left: Budget },
): string[] | null {
  const { arity, name } = member;
  const found = unmatched(specialise(rows, member), arity + width - 1, left);
  if (!found) return null;
  const fields = found.slice(0, arity);
  return [arity === 0 ? name : `${name}(${fields.join(", ")})`, ...found.slice(arity)];
}

/** The members of a family, or a part of one, that no row of one column matches. */
export function missingMembers(rows: readonly Row[], family: Family): readonly string[] {
  const left = { shapes: maxShapes };
  return family.members.flatMap((member) => {
    const found = unmatchedOf(rows, member, { width: 1, left });
    if (!found) return [];
    return [rows.some(([first]) => first?.key === member.key) ? (found[0] ?? "_") : member.name];
  });
}
