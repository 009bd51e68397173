// `if` and `match` as expressions, with blocks that may leave the function or loop (spec 5.3, 7).
import { addVariable, inBlock, newPatternName, type Place, type Type } from "./context";
import { expression } from "./expression";
import { statements } from "./statement";

/** An `if` or `match` in parentheses. */
export function branchOf(place: Place, type: Type): string {
  return `(${place.choices.once(2) ? match(place, type) : conditional(place, type)})`;
}

function conditional(place: Place, type: Type): string {
  const test = expression(place, "bool");
  const elif = place.choices.once(3)
    ? ` elif ${expression(place, "bool")} { ${block(place, type)} }`
    : "";
  return `if ${test} { ${block(place, type)} }${elif} else { ${block(place, type)} }`;
}

/** The inside of a block that gives a value: perhaps statements first. */
function block(place: Place, type: Type): string {
  const inside = inBlock(place);
  const before = place.choices.once(4) ? `${statements(inside, 2).join("\n")}\n` : "";
  return `${before}${expression(inside, type)}`;
}

/** What arms a subject can have: patterns with the names they bind, the last one catches all. */
interface Arm {
  readonly pattern: string;
  readonly binds: readonly (readonly [string, Type])[];
}

/** A match over a value of any type. */
export function match(place: Place, type: Type): string {
  const [subject, arms] = place.choices.pick<[Type, typeof numberArms]>([
    ["number", numberArms],
    ["string", textArms],
    ["list", listArms],
    ["shape", shapeArms],
    ["result", resultArms],
    ["option", resultArms],
    ["record", recordArms],
  ]);
  const value = expression(place, subject);
  const texts = [0, ...(place.choices.once(2) ? [1] : [])].map(() => arm(place, arms, type));
  const last = `_ => ${braced(expression(inBlock(place), type))}`;
  return `match ${value} {\n${[...texts, last].join("\n")}\n}`;
}

function arm(place: Place, arms: typeof numberArms, type: Type): string {
  const inside = inBlock(place);
  const { pattern, binds } = place.choices.pick(arms(inside));
  for (const [name, each] of binds) addVariable(inside, { name, type: each, mutable: false });
  const guard = place.choices.once(3) ? ` if ${expression(inside, "bool")}` : "";
  const body = place.choices.once(3)
    ? `{\n${block(inside, type)}\n}`
    : braced(expression(inside, type));
  return `${pattern}${guard} => ${body}`;
}

/** A `{` after the arrow would open a block. */
const braced = (text: string): string => (text.startsWith("{") ? `(${text})` : text);

type Arms = (place: Place) => readonly [Arm, ...Arm[]];

/** Two names of one pattern must differ. */
function twoNames(place: Place): readonly [string, string] {
  const first = newPatternName(place);
  const second = newPatternName(place);
  return first === second ? [first, `${first}b`] : [first, second];
}

const numberArms: Arms = (place) => {
  const name = newPatternName(place);
  return [
    { pattern: String(place.choices.below(4)), binds: [] },
    { pattern: "0 | 1", binds: [] },
    { pattern: "1..3", binds: [] },
    { pattern: "-2..=2", binds: [] },
    { pattern: name, binds: [[name, "number"]] },
    { pattern: "nil", binds: [] },
  ];
};

const textArms: Arms = (place) => {
  const name = newPatternName(place);
  return [
    { pattern: '"a"', binds: [] },
    { pattern: `"a" ++ ${name}`, binds: [[name, "string"]] },
    { pattern: '"" | "b"', binds: [] },
    { pattern: name, binds: [[name, "string"]] },
  ];
};

const listArms: Arms = (place) => {
  const [a, b] = twoNames(place);
  return [
    { pattern: "[]", binds: [] },
    { pattern: `[${a}]`, binds: [[a, "number"]] },
    {
      pattern: `[${a}, ...${b}]`,
      binds: [
        [a, "number"],
        [b, "list"],
      ],
    },
    { pattern: `[_, ${a}]`, binds: [[a, "number"]] },
    { pattern: `[1, ${a}] | [${a}, 2]`, binds: [[a, "number"]] },
  ];
};

const shapeArms: Arms = (place) => {
  const [a, b] = twoNames(place);
  return [
    { pattern: "Dot", binds: [] },
    { pattern: `Circle(${a})`, binds: [[a, "number"]] },
    {
      pattern: `Box(${a}, ${b})`,
      binds: [
        [a, "number"],
        [b, "number"],
      ],
    },
    { pattern: `Box(1, ${a})`, binds: [[a, "number"]] },
    { pattern: `Circle(${a}) | Box(_, ${a})`, binds: [[a, "number"]] },
    { pattern: a, binds: [[a, "shape"]] },
  ];
};

const resultArms: Arms = (place) => {
  const name = newPatternName(place);
  return [
    { pattern: `Ok(${name})`, binds: [[name, "number"]] },
    { pattern: `Err(${name})`, binds: [[name, "string"]] },
    { pattern: `Some(${name})`, binds: [[name, "number"]] },
    { pattern: "None", binds: [] },
    { pattern: "Ok(1) | Some(1)", binds: [] },
  ];
};

const recordArms: Arms = (place) => {
  const [a, b] = twoNames(place);
  return [
    {
      pattern: `P(${a}, ${b})`,
      binds: [
        [a, "number"],
        [b, "string"],
      ],
    },
    { pattern: `P(0, ${b})`, binds: [[b, "string"]] },
    { pattern: a, binds: [[a, "record"]] },
  ];
};
