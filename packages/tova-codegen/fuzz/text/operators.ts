// Random operator trees → the same expression with as few parentheses as spec 2 needs, and with all.
import fc from "fast-check";
import { parse, read } from "tova-parser";

/** An expression by the table of spec 2: its text, and how loosely it binds. */
interface Part {
  readonly bare: string;
  readonly full: string;
  /** 1 binds most loosely; names and literals bind tightest. */
  readonly level: number;
}

const leaf: fc.Arbitrary<Part> = fc
  .constantFrom("a", "b", "f(c)", "1.5", '"s"', "[a, b]", "x.y", "x?.[0]", "nil", "{ k: a }")
  .map((text) => ({ bare: text, full: text, level: 17 }));

/** Between tokens a blank, a line break or a comment: an operator goes on from the line before. */
const gap = fc.constantFrom(" ", " ", " ", "\n", " /* ( */ ", " // [\n");

const closed = (part: Part, level: number): string =>
  part.level < level ? `(${part.bare})` : part.bare;
const all = (part: Part): string => (part.level === 17 ? part.full : `(${part.full})`);

/** Operators of one level, and how loose their operands may be. */
interface Row {
  readonly level: number;
  readonly left: number;
  readonly right: number;
  readonly operators: readonly string[];
}

const rows: readonly Row[] = [
  { level: 2, left: 2, right: 3, operators: ["??"] },
  { level: 3, left: 3, right: 4, operators: ["or", "||"] },
  { level: 4, left: 4, right: 5, operators: ["and", "&&"] },
  { level: 6, left: 6, right: 7, operators: ["|"] },
  { level: 7, left: 7, right: 8, operators: ["^"] },
  { level: 8, left: 8, right: 9, operators: ["&"] },
  { level: 10, left: 11, right: 11, operators: ["in", "not in"] },
  { level: 11, left: 12, right: 12, operators: ["..", "..="] },
  { level: 12, left: 12, right: 13, operators: ["<<", ">>", ">>>"] },
  { level: 13, left: 13, right: 14, operators: ["+", "-", "++"] },
  { level: 14, left: 14, right: 15, operators: ["*", "/", "%"] },
  { level: 15, left: 16, right: 15, operators: ["**"] },
];

const binary = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc
    .constantFrom(...rows)
    .chain((row) =>
      fc.tuple(fc.constant(row), fc.constantFrom(...row.operators), part, part, gap, gap),
    )
    .map(([{ level, left, right }, operator, a, b, before, after]) => ({
      bare: `${closed(a, left)}${before}${operator}${after}${closed(b, right)}`,
      full: `${all(a)} ${operator} ${all(b)}`,
      level,
    }));

const chain = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc
    .tuple(
      part,
      fc.array(fc.tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), part, gap), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([first, others]) => ({
      bare:
        closed(first, 10) +
        others.map(([op, each, at]) => `${at}${op} ${closed(each, 10)}`).join(""),
      full: all(first) + others.map(([op, each]) => ` ${op} ${all(each)}`).join(""),
      level: 9,
    }));

const prefixed = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc.tuple(fc.constantFrom("not ", "!", "~", "-"), part).map(([operator, operand]) => {
    const level = operator === "-" ? 16 : 5;
    return {
      bare: `${operator}${closed(operand, level)}`,
      full: `${operator}${all(operand)}`,
      level,
    };
  });

const tested = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc
    .tuple(part, fc.constantFrom("is", "is not"), fc.constantFrom("Int", "String"))
    .map(([value, word, type]) => ({
      bare: `${closed(value, 11)} ${word} ${type}`,
      full: `${all(value)} ${word} ${type}`,
      level: 10,
    }));

const piped = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc.tuple(part, part, gap).map(([value, arg, before]) => ({
    bare: `${value.bare}${before}|> f(${arg.bare})`,
    full: `${all(value)} |> f(${all(arg)})`,
    level: 1,
  }));

/** A second `?` right behind one would make another operator of both. */
const ended = (text: string, after: string): string =>
  text.endsWith("?") && after.startsWith("?") ? `(${text})` : text;

const posted = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc.tuple(part, fc.constantFrom(".n", "?.n", "[0]", "[1:]", "()", "?")).map(([value, after]) => ({
    bare: `${ended(closed(value, 17), after)}${after}`,
    full: `${ended(all(value), after)}${after}`,
    level: 17,
  }));

/** Expressions of all operators, nested. */
export const operatorParts: fc.Arbitrary<Part> = fc.letrec<{ part: Part }>((tie) => {
  const part = tie("part");
  return {
    part: fc.oneof(
      { maxDepth: 5, depthSize: "large" },
      leaf,
      { weight: 4, arbitrary: binary(part) },
      chain(part),
      prefixed(part),
      tested(part),
      piped(part),
      posted(part),
    ),
  };
}).part;

/** A tree without places. */
const shape = (text: string): string =>
  JSON.stringify(read(parse(text).tree, text), (key, value) =>
    key === "from" || key === "to" ? undefined : value,
  );

/** Says how the two spellings differ in meaning, or gives null. */
export function differingPrecedence({ bare, full }: Pick<Part, "bare" | "full">): string | null {
  const [few, many] = [`print(${bare})`, `print(${full})`];
  return shape(few) === shape(many) ? null : `means something else than\n${many}`;
}
