// Methods of the types of the prelude: `impl`, traits with methods of their own (spec 6).
import { addFunction, type KnownFunction, type Place, type Type } from "./context";
import { written } from "./function";

const methodNames = ["first", "sum", "upper", "size", "map"] as const;

const implementors: readonly [[string, Type], [string, Type]] = [
  ["P", "record"],
  ["Shape", "shape"],
];

/** Types of the language, which the platform or the library has the values of. */
const platformTypes: readonly [string, Type][] = [
  ["String", "string"],
  ["Int", "number"],
  ["Bool", "bool"],
  ["List", "list"],
  ["Result", "result"],
  ["Option", "option"],
];

/** `impl` of a type: methods, and a function of the type. */
export function implementation(place: Place): string {
  const { choices, counter } = place;
  const [type, self] = choices.pick<[string, Type]>([...implementors, ...platformTypes]);
  counter.names++;
  const fixed = choices.pick([...methodNames]);
  const used = place.blocks[0]?.functions.some(
    (each) => each.name === fixed && each.receiver === self,
  );
  // Methods of the platform's own values are not replaced.
  const isOwn = implementors.some(([name]) => name === type);
  const method = isOwn && choices.once(3) && !used ? fixed : `m${counter.names}`;
  const { text, known } = written(place, method, { generator: choices.once(5), self });
  const made = written(place, `make${counter.names}`, { generator: false, self: null });
  addFunction(place, known);
  if (!isOwn) return `impl ${type} {\n${text}\n}`;
  addFunction(place, { ...made.known, name: `${type}.${made.known.name}` });
  return `impl ${type} {\n${text}\n${made.text}\n}`;
}

/** A method of a trait that its own methods call; each type has its own. */
const asked = (name: string): KnownFunction => ({
  ...{ name, receiver: null, params: [], required: 0, named: [], rest: false },
  ...{ result: "number", async: false, generator: false, costly: true },
});

/** A trait with a method that it has and one that it wants, for one type or both; some replace it. */
export function trait(place: Place): string {
  const { choices, counter } = place;
  counter.names++;
  const [name, wanted, method] = ["T", "want", "have"].map((word) => `${word}${counter.names}`);
  if (!name || !wanted || !method) return "";
  const known = { variables: [], functions: [asked(`self.${wanted}`)], frame: false, closed: true };
  const inside = { ...place, blocks: [...place.blocks, known] };
  const own = written(inside, method, { generator: choices.once(6), self: "any" });
  const types = choices.once(2)
    ? implementors
    : [choices.pick<[string, Type]>([...implementors, ...platformTypes])];
  const impls = types.map(([type, self]) => {
    const made = written(place, wanted, { generator: false, self, plain: true });
    const other = choices.once(4)
      ? written(place, method, { generator: false, self, plain: true })
      : null;
    const { known: chosen } = other ?? own;
    return {
      text: `impl ${name} for ${type} {\n${made.text}\n${other?.text ?? ""}\n}`,
      methods: [made.known, { ...chosen, receiver: self, costly: true }],
    };
  });
  // Known only now: a method that called another of the same `impl` might come back to itself.
  for (const each of impls.flatMap(({ methods }) => methods)) addFunction(place, each);
  const head = `trait ${name} {\nfn ${wanted}(self) -> Int\n${own.text}\n}`;
  return [head, ...impls.map(({ text }) => text)].join("\n");
}
