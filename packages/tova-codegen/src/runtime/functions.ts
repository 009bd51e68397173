// Functions → functions that call them otherwise (spec 14).

// biome-ignore lint/suspicious/noExplicitAny: stands for any function of a program.
type Fn = (...args: any[]) => any;

/** The functions one after the other, the last first. */
export function compose(...functions: Fn[]): Fn {
  return pipeFn(...functions.toReversed());
}

/** The functions one after the other, the first first. */
export function pipeFn(...functions: Fn[]): Fn {
  const [head = identity, ...rest] = functions;
  return (...args) => rest.reduce((value, next) => next(value), head(...args));
}

/** Its argument. */
export function identity<T>(value: T): T {
  return value;
}

/** A lone number or function is told apart as it is: JSON has none of NaN, infinity and functions. */
function argumentsKey(...args: unknown[]): unknown {
  return args.length === 1 && /number|function/.test(typeof args[0])
    ? args[0]
    : JSON.stringify(args);
}

/** Calls a function once for the same arguments, told apart by `key`, or else by their content. */
export function memoize(run: Fn, key: Fn = argumentsKey): Fn {
  const results = new Map<unknown, unknown>();
  return (...args) => {
    const name = key(...args);
    if (!results.has(name)) results.set(name, run(...args));
    return results.get(name);
  };
}

/** Calls a function the first time only; gives that result from then on. */
export function once(run: Fn): Fn {
  let result: { value: unknown } | null = null;
  return (...args) => {
    result ??= { value: run(...args) };
    return result.value;
  };
}

/** Calls a function when it has not been asked to for a while, with the last arguments. */
export function debounce(run: Fn, ms: number): Fn {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms);
  };
}

/** Calls a function at most once in a while; gives the last result in between. */
export function throttle(run: Fn, ms: number): Fn {
  let last = Number.NEGATIVE_INFINITY;
  let result: unknown;
  return (...args) => {
    if (Date.now() - last >= ms) {
      last = Date.now();
      result = run(...args);
    }
    return result;
  };
}

/** A test for the opposite. */
export function negate(test: Fn): Fn {
  return (...args) => !test(...args);
}

/** A function with its first arguments given. */
export function partial(run: Fn, ...first: unknown[]): Fn {
  return (...args) => run(...first, ...args);
}

/** A function that takes its arguments in as many calls as one likes. */
export function curry(run: Fn, arity: number = run.length): Fn {
  return (...args) =>
    args.length >= arity ? run(...args) : curry(partial(run, ...args), arity - args.length);
}

/** A function with its first two arguments exchanged. */
export function flip(run: Fn): Fn {
  return (first, second, ...rest) => run(second, first, ...rest);
}
