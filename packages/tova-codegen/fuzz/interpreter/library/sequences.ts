// An iterable → a lazy sequence (spec 14): each value is pushed through all steps, until one stops.
import type { Any } from "./values";

/** Passes a value on; false where no more is wanted. */
type Emit = (value: Any) => boolean;

const same = (value: Any): Any => value;

/** Makes the run of a step for one pass; null where nothing of the source is wanted at all. */
type Step = () => ((value: Any, emit: Emit) => boolean) | null;

const mapping =
  (change: Any): Step =>
  () => {
    let place = 0;
    return (value, emit) => emit(change(value, place++));
  };

const keeping =
  (test: Any): Step =>
  () => {
    let place = 0;
    return (value, emit) => (test(value, place++) ? emit(value) : true);
  };

const flattening =
  (change: Any): Step =>
  () => {
    let place = 0;
    return (value, emit) => {
      for (const each of [change(value, place++)].flat()) if (!emit(each)) return false;
      return true;
    };
  };

const taking =
  (n: number): Step =>
  () => {
    let taken = 0;
    return n > 0 ? (value, emit) => emit(value) && ++taken < n : null;
  };

const dropping =
  (n: number): Step =>
  () => {
    let seen = 0;
    return (value, emit) => (seen++ < n ? true : emit(value));
  };

const takingWhile =
  (test: Any): Step =>
  () =>
  (value, emit) =>
    test(value) ? emit(value) : false;

const droppingWhile =
  (test: Any): Step =>
  () => {
    let started = false;
    return (value, emit) => {
      if (!started && test(value)) return true;
      started = true;
      return emit(value);
    };
  };

const numbering: Step = () => {
  let count = 0;
  return (value, emit) => emit([count++, value]);
};

const zipping =
  (others: Any[]): Step =>
  () => {
    const runs = others.map((other) => other[Symbol.iterator]());
    return (value, emit) => {
      const next = runs.map((run: Any) => run.next());
      if (next.some(({ done }: Any) => done)) return false;
      return emit([value, ...next.map((one: Any) => one.value)]);
    };
  };

/** Pushes all values through the steps until someone has enough. */
function push(source: Any, steps: readonly Step[], last: Emit): void {
  const runs = steps.map((step) => step());
  if (runs.includes(null)) return;
  const at =
    (i: number): Emit =>
    (value) => {
      const run = runs[i];
      return run ? run(value, at(i + 1)) : last(value);
    };
  for (const value of source) if (!at(0)(value)) return;
}

/** An object with a tag, whose members are no fields. */
export function tagged(tag: string, members: object): Any {
  const own = Reflect.ownKeys(members).map((name) => [
    name,
    { ...Object.getOwnPropertyDescriptor(members, name), enumerable: false },
  ]);
  return Object.defineProperties(members, {
    ...Object.fromEntries(own),
    __tag: { value: tag },
  });
}

/** A sequence of the values after the steps. */
export function sequence(source: Any, steps: readonly Step[]): Any {
  const then = (step: Step) => sequence(source, [...steps, step]);
  const each = (emit: Emit) => push(source, steps, emit);
  const all = (): Any[] => {
    const values: Any[] = [];
    each((value) => values.push(value) > 0);
    return values;
  };
  const find = (test: Any): Any => {
    let found: Any = null;
    each((value) => {
      if (!test(value)) return true;
      found = value ?? null;
      return false;
    });
    return found;
  };
  const some = (test: Any): boolean => {
    let found = false;
    each((value) => {
      found = Boolean(test(value));
      return !found;
    });
    return found;
  };
  return tagged("Seq", {
    map: (change: Any) => then(mapping(change)),
    filter: (test: Any) => then(keeping(test)),
    flat_map: (change: Any) => then(flattening(change)),
    take: (n: number) => then(taking(n)),
    drop: (n: number) => then(dropping(n)),
    take_while: (test: Any) => then(takingWhile(test)),
    drop_while: (test: Any) => then(droppingWhile(test)),
    enumerate: () => then(numbering),
    zip: (...others: Any[]) => then(zipping(others)),
    reduce(fold: Any, ...start: Any[]) {
      let value = start[0];
      let place = 0;
      each((next) => {
        value = place === 0 && start.length === 0 ? next : fold(value, next, place);
        place++;
        return true;
      });
      if (place === 0 && start.length === 0) throw new TypeError("Nothing to reduce");
      return value;
    },
    find,
    first: () => find(() => true),
    any: (test: Any = same) => some(test),
    all: (test: Any = same) => !some((value: Any) => !test(value)),
    count: (test: Any = () => true) => all().filter(test).length,
    get length() {
      return all().length;
    },
    collect: all,
    to_list: all,
    toJSON: all,
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  });
}
