// Generators of random values → checks that something holds for all of them (spec 14: `Gen`, `forAll`).
import { randomInt } from "./numbers";
import { randomFloat } from "./numbers-more";
import { describe } from "./result";

/** Makes values at random. */
class GenOf<T> {
  readonly make: () => T;
  constructor(make: () => T) {
    this.make = make;
  }
  map<U>(change: (value: T) => U): GenOf<U> {
    return new GenOf(() => change(this.make()));
  }
  /** Values that pass. @throws Error when a thousand in a row do not */
  filter(test: (value: T) => unknown): GenOf<T> {
    return new GenOf(() => {
      for (let tries = 0; tries < 1000; tries++) {
        const value = this.make();
        if (test(value)) return value;
      }
      throw new Error("The generator makes next to no value that passes its filter");
    });
  }
  sample(): T {
    return this.make();
  }
}

/** Whole numbers, both ends included. */
export function genInt(low = -1000, high = 1000): GenOf<number> {
  return new GenOf(() => randomInt(low, high));
}

/** Numbers with a fraction. */
export function genFloat(low = -1000, high = 1000): GenOf<number> {
  return new GenOf(() => randomFloat(low, high));
}

export function genBool(): GenOf<boolean> {
  return new GenOf(() => randomInt(0, 1) === 1);
}

/** Texts of at most so many printable characters. */
export function genString(most = 20): GenOf<string> {
  return new GenOf(() =>
    Array.from({ length: randomInt(0, most) }, () => String.fromCharCode(randomInt(32, 126))).join(
      "",
    ),
  );
}

/** Lists of at most so many values. */
export function genList<T>(of: GenOf<T>, most = 10): GenOf<T[]> {
  return new GenOf(() => Array.from({ length: randomInt(0, most) }, of.make));
}

/** One of the values. */
export function genOneOf<T>(...values: (T | readonly T[])[]): GenOf<T> {
  const all = (values.length === 1 && Array.isArray(values[0]) ? values[0] : values) as T[];
  return new GenOf(() => all[randomInt(0, all.length - 1)] as T);
}

/** Always the same value. */
export function genConstant<T>(value: T): GenOf<T> {
  return new GenOf(() => value);
}

/** A value, or nil in one of five. */
export function genOption<T>(of: GenOf<T>): GenOf<T | null> {
  return new GenOf(() => (randomInt(1, 5) === 1 ? null : of.make()));
}

/** A value of each generator, in a list. */
export function genTuple(...all: GenOf<unknown>[]): GenOf<unknown[]> {
  return new GenOf(() => all.map((one) => one.make()));
}

/** Objects with a value of each generator under its name. */
export function genObject(fields: Readonly<Record<string, GenOf<unknown>>>): GenOf<object> {
  return new GenOf(() =>
    Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, of.make()])),
  );
}

interface Runs {
  /** @default 100 */
  readonly runs?: number;
}

/**
 * Calls a function with values of the generators, again and again.
 * @throws Error with the values for which it throws or gives false
 */
export function forAll(...given: unknown[]): void {
  const generators = given.flat().filter((one): one is GenOf<unknown> => one instanceof GenOf);
  const holds = given.find((one) => typeof one === "function") as (...values: unknown[]) => unknown;
  const options = given.at(-1) as Runs | undefined;
  const runs = (typeof options === "object" && options !== null && options.runs) || 100;
  for (let run = 0; run < runs; run++) {
    const values = generators.map((one) => one.make());
    let failure: string | null = null;
    try {
      if (holds(...values) === false) failure = "it gives false";
    } catch (error) {
      failure = describe(error);
    }
    if (failure !== null) throw new Error(`Fails for ${JSON.stringify(values)}: ${failure}`);
  }
}
