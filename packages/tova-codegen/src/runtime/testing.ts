// Functions and values under test → what they threw, were called with, or looked like before
// (spec 14: testing).
import { deepEqual } from "./checks";
import { describe } from "./result";

/**
 * The error that a function throws.
 * @param expected a text that its message holds, a regex, or a class
 * @throws Error when it throws nothing, or something else
 */
export function assertThrows(
  run: () => unknown,
  expected?: string | RegExp | (new (...args: never[]) => Error),
): unknown {
  let error: unknown;
  try {
    run();
  } catch (thrown) {
    error = thrown;
    const message = describe(error);
    const passes =
      expected === undefined ||
      (typeof expected === "string" && message.includes(expected)) ||
      (expected instanceof RegExp && message.search(expected) >= 0) ||
      (typeof expected === "function" && error instanceof expected);
    if (passes) return error;
    throw new Error(`Another error was thrown: ${message}`, { cause: error });
  }
  throw new Error("Nothing was thrown");
}

/** Looks of values by name, for as long as the program runs. */
const snapshots = new Map<string, string>();

/** @throws Error when a value looks otherwise than the first one of that name */
export function assertSnapshot(value: unknown, name = "snapshot"): void {
  const look = JSON.stringify(value, null, 2) ?? String(value);
  const before = snapshots.get(name) ?? look;
  snapshots.set(name, before);
  if (before !== look) throw new Error(`The snapshot ${name} was ${before}, and is ${look}`);
}

// biome-ignore lint/suspicious/noExplicitAny: stands for any function of a program.
type Fn = (...args: any[]) => any;

/** A function that remembers its calls. */
export interface Spy extends Fn {
  /** The arguments of each call. */
  readonly calls: unknown[][];
  readonly call_count: number;
  readonly called: boolean;
  /** Whether a call had these arguments. */
  called_with(...args: unknown[]): boolean;
  /** Lets further calls give a value. */
  returns(value: unknown): Spy;
  reset(): Spy;
}

/** A function that does what another does, or nothing, and remembers its calls. */
export function createSpy(run: Fn = () => null): Spy {
  let current = run;
  const calls: unknown[][] = [];
  const spy = ((...args: unknown[]) => {
    calls.push(args);
    return current(...args);
  }) as Spy;
  Object.defineProperties(spy, {
    call_count: { get: () => calls.length },
    called: { get: () => calls.length > 0 },
  });
  return Object.assign(spy, {
    calls,
    called_with: (...args: unknown[]) => calls.some((call) => deepEqual(call, args)),
    returns: (value: unknown) => {
      current = () => value;
      return spy;
    },
    reset: () => {
      calls.length = 0;
      return spy;
    },
  });
}

/** An object whose functions are spies on the ones given; other members stay. */
export function createMock(
  members: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      typeof member === "function" ? createSpy(member as Fn) : member,
    ]),
  );
}
