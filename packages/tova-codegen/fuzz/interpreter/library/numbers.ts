// Numbers → what the library's functions for them give, and functions of functions (spec 14).
import type { Any, Library } from "./values";

export const numbers: Library = {
  abs: (x) => Math.abs(x),
  floor: (x) => Math.floor(x),
  ceil: (x) => -Math.floor(-x),
  round: (x) => Math.round(x),
  sqrt: (x) => Math.sqrt(x),
  pow: (x, y) => x ** y,
  sign: (x) => Math.sign(x),
  trunc: (x) => Math.trunc(x),
  clamp: (x, low, high) => Math.min(Math.max(x, low), high),
  is_nan: (x) => Number.isNaN(x),
  is_finite: (x) => Number.isFinite(x),
  gcd: (a, b) => (b === 0 ? Math.abs(a) : numbers.gcd?.(b, a % b)),
  lcm: (a, b) => (a === 0 || b === 0 ? 0 : Math.abs((a / numbers.gcd?.(a, b)) * b)),
  divmod: (a, b) => [Math.floor(a / b), a - Math.floor(a / b) * b],
  lerp: (a, b, way) => a + (b - a) * way,
  to_hex: (x) => x.toString(16),
  to_binary: (x) => x.toString(2),
  to_octal: (x) => x.toString(8),
  to_fixed: (x, n = 0) => x.toFixed(n),
};

/** What tells arguments apart: a lone number or function itself, else what JSON shows of them. */
const contentOf = (...args: Any[]): Any =>
  args.length === 1 && ["number", "function"].includes(typeof args[0])
    ? args[0]
    : JSON.stringify(args);

export const functions: Library = {
  pipe_fn:
    (first, ...others) =>
    (...args: Any[]) =>
      others.reduce((value, next) => next(value), first(...args)),
  compose: (...all) => functions.pipe_fn?.(...all.reverse()),
  negate:
    (test) =>
    (...args: Any[]) =>
      !test(...args),
  partial:
    (run, ...given) =>
    (...args: Any[]) =>
      run(...given, ...args),
  flip:
    (run) =>
    (a: Any, b: Any, ...others: Any[]) =>
      run(b, a, ...others),
  memoize(run, key = contentOf) {
    const results: { name: Any; value: Any }[] = [];
    return (...args: Any[]) => {
      const name = key(...args);
      const known = results.find((each) => [each.name].includes(name));
      if (known) return known.value;
      const value = run(...args);
      results.push({ name, value });
      return value;
    };
  },
  debounce(run, ms) {
    let asked = 0;
    return (...args: Any[]) => {
      asked++;
      const own = asked;
      setTimeout(() => own === asked && run(...args), ms);
    };
  },
  throttle(run, ms) {
    let until: number | null = null;
    let result: Any;
    return (...args: Any[]) => {
      if (until !== null && Date.now() < until) return result;
      until = Date.now() + ms;
      result = run(...args);
      return result;
    };
  },
  once(run) {
    const results: Any[] = [];
    return (...args: Any[]) => {
      if (results.length === 0) results.push(run(...args));
      return results[0];
    };
  },
};
