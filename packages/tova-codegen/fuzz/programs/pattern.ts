// Patterns of `match` for values of each type, nested, with the names they bind (spec 7).
import { addVariable, type Place, type Type } from "./context";
import { newPatternName } from "./names";

type Form = (place: Place) => string;

/** A pattern for values of a type; what it binds is known in the place from then on. */
export function patternOf(place: Place, type: Type): string {
  const { choices, depth } = place;
  const [first, ...others] = forms[type];
  if (depth <= 0) return choices.once(2) ? "_" : first(place);
  return choices.pick([first, ...others])({ ...place, depth: depth - 1 });
}

const bind =
  (type: Type): Form =>
  (place) => {
    const name = newPatternName(place);
    addVariable(place, { name, type, mutable: false });
    return name;
  };

const any =
  (type: Type): Form =>
  (place) =>
    patternOf(place, type);
const n = any("number");
const s = any("string");

/** Text around a name that both sides of an alternative bind. */
const both = (type: Type, text: (name: string) => string): Form => {
  const name = bind(type);
  return (place) => text(name(place));
};

type Forms = readonly [Form, ...Form[]];

const forms: Readonly<Record<Type, Forms>> = {
  number: [
    bind("number"),
    ({ choices }) => String(choices.below(4)),
    () => "0 | 1",
    () => "1..3",
    () => "-2..=2",
    () => "-1",
    () => "nil",
    ({ choices }) => choices.pick(["Int", "Float", "Nil", "Even", "Small", "Num"]),
  ],
  string: [
    bind("string"),
    () => '"a"',
    both("string", (name) => `"a" ++ ${name}`),
    () => '"" | "b"',
    () => "String",
    () => "Word",
  ],
  bool: [bind("bool"), () => "true", () => "Bool"],
  list: [
    bind("list"),
    () => "[]",
    (place) => `[${n(place)}]`,
    (place) => `[${n(place)}, ${n(place)}]`,
    (place) => `[${n(place)}, ...${bind("list")(place)}]`,
    (place) => `[...${bind("list")(place)}, ${n(place)}]`,
    (place) => `[${n(place)}, ...${bind("list")(place)}, ${n(place)}]`,
    both("number", (name) => `[1, ${name}] | [${name}, 2]`),
  ],
  shape: [
    bind("shape"),
    () => "Dot",
    (place) => `Circle(${n(place)})`,
    (place) => `Box(${n(place)}, ${n(place)})`,
    (place) => `Shape.Circle(${n(place)})`,
    both("number", (name) => `Circle(${name}) | Box(_, ${name})`),
    () => "Shape",
    () => "Circle(1) | Box(1..3, _) | Dot",
  ],
  result: [
    (place) => `Ok(${n(place)})`,
    (place) => `Err(${s(place)})`,
    () => "Ok(1) | Err(_)",
    () => "Result",
    bind("result"),
  ],
  option: [
    (place) => `Some(${n(place)})`,
    () => "None",
    () => "Some(0 | 2)",
    () => "Option",
    bind("option"),
  ],
  record: [bind("record"), (place) => `P(${n(place)}, ${s(place)})`, () => "P(0, _)", () => "P"],
  dict: [bind("dict"), () => "P"],
  words: [
    bind("words"),
    (place) => `[${s(place)}, ..._]`,
    both("string", (name) => `["a" ++ ${name}, _]`),
  ],
  counts: [bind("counts"), ({ choices }) => choices.pick(["Counter", "Map", "OrderedDict"])],
  rows: [
    bind("rows"),
    () => "[]",
    (place) => `[P(${n(place)}, ${s(place)})]`,
    (place) => `[${bind("record")(place)}, ...${bind("rows")(place)}]`,
    (place) => `[..._, P(${n(place)}, _)]`,
    () => "List",
  ],
  level: [bind("level"), () => "Low", () => "Low | Level.High", () => "Level"],
};
