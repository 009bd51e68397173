// Dictionaries, counters, caches and maps of numbers → the forms of their expressions (spec 14).
import { addVariable, inBlock, type Place, quiet } from "./context";
import { type Form, type Forms, of, small } from "./form";
import { newName } from "./names";

const n = of("number");
const xs = of("list");
const counts = of("counts");

const pairs: Form = (place) => `[[${n(place)}, ${n(place)}], [${small(place)}, ${n(place)}]]`;

export const dictionaries = (): Forms => ({
  simple: [() => "Counter([1, 2, 1])", () => "OrderedDict([[1, 2]])", () => "Map.new([[1, 3]])"],
  nested: [
    (place) => `Counter(${xs(place)})`,
    (place) => `Counter.new(${xs(place)}).add(${n(place)}, ${small(place)})`,
    (place) => `OrderedDict(${pairs(place)})`,
    (place) => `DefaultDict(${n(place)}, ${pairs(place)})`,
    (place) => `DefaultDict(fn() ${n(quiet(place))})`,
    (place) => `LRUCache(${1 + place.choices.below(3)}).set(${n(place)}, 1).set(2, ${n(place)})`,
    (place) => `Map.new(${pairs(place)})`,
    (place) => `${counts(place)}.set(${n(place)}, ${n(place)})`,
    (place) => `OrderedDict(${counts(place)})`,
  ],
});

/** What is asked of them, in numbers. */
export const countNumbers: readonly Form[] = [
  (place) => `${counts(place)}.get(${n(place)})`,
  (place) => `(${counts(place)}.get(${small(place)}) ?? ${n(place)})`,
  (place) => `${counts(place)}.size`,
  (place) => `Counter(${xs(place)}).total()`,
  (place) => `Counter(${xs(place)}).most_common(1)[0]?.[${place.choices.below(2)}]`,
  (place) => `Set.new(${xs(place)}).size`,
];

export const countTruths: readonly Form[] = [
  (place) => `(${n(place)} in ${counts(place)})`,
  (place) => `(${n(place)} not in Set.new(${xs(place)}))`,
  (place) => `${counts(place)}.has(${n(place)})`,
  (place) => `${counts(place)}.delete(${n(place)})`,
];

export const countLists: readonly Form[] = [
  (place) => `[...${counts(place)}.keys()]`,
  (place) => `[...${counts(place)}.values()]`,
  (place) => `[...Set.new(${xs(place)})]`,
  summed,
];

/** A comprehension over pairs. */
function summed(place: Place): string {
  // A copy: what is collected may change the dictionary.
  const source = `OrderedDict(${counts(place)})`;
  const inside = inBlock(place);
  const [first, second] = [newNumber(inside), newNumber(inside)];
  return `[${n(inside)} for [${first}, ${second}] in ${source}]`;
}

function newNumber(inside: Place): string {
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  return name;
}
