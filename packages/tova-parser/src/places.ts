// A tree and its text → where in the grammar each of its parts stands, so that a part taken over into
// another tree is known to stand in a place of the same kind.
import { NodeType, type Tree, TreeBuffer } from "@lezer/common";

/** For each part of a tree: a number that stands for all that the parser knew before it, or NaN. */
export type Places = ReadonlyMap<Tree, number>;

/** Nodes whose items are alike: what an item may be does not depend on those before it. */
const lists = new Set([
  ...["SourceFile", "MemberBody", "EdgeBody", "ConfigBody", "HealthBody", "SecurityBody", "Block"],
  ...["TypeBody", "ImplBody", "TraitBody", "MatchBody", "FieldRules", "String", "ArgList"],
  ...["ArrayExpression", "ObjectExpression", "TupleExpression", "ListPattern", "ParamList"],
  ...["ObjectPattern", "ArrayPattern", "TuplePattern", "ImportClause", "ExportClause"],
]);
const skipped = new Set(["LineComment", "DocComment", "BlockComment"]);

const afterOther = 1;
const afterComma = 2;

const mix = (a: number, b: number): number => (Math.imul(a, 31) + b + 1) | 0;

/** What stands to the left of the next child of a node. */
interface Left {
  readonly isList: boolean;
  /** Of the node itself. */
  readonly place: number;
  /** Of the next child. */
  next: number;
  /** Type of the child before. */
  last: number;
}

function enter(type: NodeType, place: number): Left {
  const isList = lists.has(type.name);
  const inside = mix(place, type.id);
  return { isList, place: inside, next: isList ? mix(inside, afterOther) : inside, last: -1 };
}

/** A row of children of one type counts once, as the grammar repeats them. */
function pass(left: Left, type: NodeType): void {
  if (skipped.has(type.name)) return;
  if (left.isList) left.next = mix(left.place, type.name === "," ? afterComma : afterOther);
  else if (left.last !== type.id) left.next = mix(left.next, type.id);
  left.last = type.id;
}

/** Told of each part, its start and its place; `false` ends the walk. */
type Visit = (part: Tree, from: number, place: number) => boolean;

/** Goes through the parts of a tree in order; false when `visit` ended it. */
function walk(tree: Tree, from: number, left: Left, visit: Visit): boolean {
  for (const [index, child] of tree.children.entries()) {
    const start = from + (tree.positions[index] ?? 0);
    if (child instanceof TreeBuffer) passBuffer(child, left);
    else {
      if (!visit(child, start, left.next)) return false;
      // A part without a type of its own is a stretch of its parent's children.
      const inside = child.type.isAnonymous ? left : enter(child.type, left.next);
      if (!walk(child, start, inside, visit)) return false;
      if (inside !== left) pass(left, child.type);
    }
  }
  return true;
}

function passBuffer({ buffer, set }: TreeBuffer, left: Left): void {
  for (let at = 0; at < buffer.length; at = buffer[at + 3] as number) {
    pass(left, set.types[buffer[at] as number] ?? NodeType.none);
  }
}

/** The places of all parts of a tree without errors. */
export function placesOf(tree: Tree, source: string): Places {
  const places = new Map<Tree, number>();
  walk(tree, 0, enter(tree.type, 0), (part, from, place) => {
    places.set(part, withLine(place, source, from));
    return true;
  });
  return places;
}

/** Whether all parts of a tree that another tree has too stand where they stood there. */
export function samePlaces(tree: Tree, source: string, before: Places): boolean {
  return walk(tree, 0, enter(tree.type, 0), (part, from, place) => {
    const earlier = before.get(part);
    return earlier === undefined || earlier === withLine(place, source, from);
  });
}

/** Whether a part begins a line matters too; the parser has it from the tokens before. */
function withLine(place: number, source: string, from: number): number {
  for (let at = from - 1; at >= 0; at--) {
    const char = source.charCodeAt(at);
    if (char === 10 || char === 0x2028 || char === 0x2029 || char === 59) return mix(place, 1);
    const isBlank = char === 32 || char === 9 || char === 13 || char === 0xfeff || char === 0xa0;
    if (isBlank) continue;
    // Looking for what stands before a block comment is not worth it: no place is the same as NaN.
    return char === 47 && source[at - 1] === "*" ? Number.NaN : mix(place, 2);
  }
  return mix(place, 1);
}
