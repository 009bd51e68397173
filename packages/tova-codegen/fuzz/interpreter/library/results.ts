// Values and errors → results and options with their methods (spec 6, 14).
import { type Any, type Library, listOf } from "./values";

// The classes are called as the compiled ones are, since logs show that.
class OkResult {}
class ErrResult {}
class SomeOption {}
class NoneOption {}

const made = (type: { readonly prototype: object }, fields: object): object =>
  Object.assign(Object.create(type.prototype), fields);

const good = (outcome: Any): boolean => outcome?.__tag === "Ok" || outcome?.__tag === "Some";

/** The field of a result or option, whatever a type of the program calls it. */
const inside = (item: Any, name: string): Any =>
  name in item ? item[name] : item[Object.keys(item).filter((key) => key !== "__tag")[0] ?? ""];

/** Methods of both sides; `this` is the result or option. */
const methods: Readonly<Record<string, (this: Any, ...args: Any[]) => Any>> = {
  map(change) {
    return good(this) ? made(this.constructor, { value: change(this.value) }) : this;
  },
  flatMap(next) {
    return good(this) ? next(this.value) : this;
  },
  andThen(next) {
    return good(this) ? next(this.value) : this;
  },
  and(other) {
    return good(this) ? other : this;
  },
  or(other) {
    return good(this) ? this : other;
  },
  unwrap() {
    if (good(this)) return this.value;
    const { error } = this;
    const shown = error instanceof Error ? error.message : String(error);
    throw new Error(this === None ? "unwrap of None" : `unwrap of Err(${shown})`);
  },
  unwrapOr(other) {
    return good(this) ? this.value : other;
  },
  expect(message) {
    if (good(this)) return this.value;
    throw new Error(message);
  },
};

const ofResults: typeof methods = {
  isOk() {
    return good(this);
  },
  isErr() {
    return !good(this);
  },
  mapErr(change) {
    return good(this) ? this : made(ErrResult, { error: change(this.error) });
  },
  unwrapErr() {
    if (!good(this)) return this.error;
    throw new Error(`unwrapErr of Ok(${this.value})`);
  },
  context(message) {
    if (good(this)) return this;
    const { error } = this;
    const reason = error instanceof Error ? error.message : String(error);
    return made(ErrResult, { error: `${message}: ${reason}` });
  },
};

const ofOptions: typeof methods = {
  isSome() {
    return good(this);
  },
  isNone() {
    return !good(this);
  },
  filter(test) {
    return good(this) && !test(this.value) ? None : this;
  },
};

/** Gives a class its tag and methods. */
function complete(type: { prototype: object }, tag: string | null, own: typeof methods): void {
  const all = Object.entries({ ...methods, ...own, ...(tag ? { __tag: tag } : {}) });
  for (const [name, value] of all) {
    Object.defineProperty(type.prototype, name, { value, writable: true, configurable: true });
  }
}

complete(OkResult, "Ok", ofResults);
complete(ErrResult, "Err", ofResults);
complete(SomeOption, "Some", ofOptions);
complete(NoneOption, null, ofOptions);

/** The one option without a value; its tag shows in JSON. */
const None: object = Object.freeze(made(NoneOption, { __tag: "None" }));

export const results: Library = {
  Ok: (value) => made(OkResult, { value }),
  Err: (error) => made(ErrResult, { error }),
  Some: (value) => made(SomeOption, { value }),
  filter_ok: (items) =>
    listOf(items)
      .filter(good)
      .map((item) => inside(item, "value")),
  filter_err: (items) =>
    listOf(items)
      .filter((item) => item?.__tag === "Err")
      .map((item) => inside(item, "error")),
  json_parse(text) {
    try {
      return made(OkResult, { value: JSON.parse(text) });
    } catch (error) {
      return made(ErrResult, { error: (error as Error).message });
    }
  },
  async try_async(task) {
    try {
      return made(OkResult, { value: await (typeof task === "function" ? task() : task) });
    } catch (error) {
      return made(ErrResult, { error: error instanceof Error ? error.message : error });
    }
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  parallel: (tasks) =>
    Promise.all(listOf(tasks).map((task) => (typeof task === "function" ? task() : task))),
  async race(tasks) {
    const started = listOf(tasks).map((task) => (typeof task === "function" ? task() : task));
    return started.length > 0 ? Promise.race(started) : null;
  },
  timeout: (task, ms) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Timed out after ${ms} ms`)), ms);
      const started = new Promise((done) => done(typeof task === "function" ? task() : task));
      started.then(resolve, reject).finally(() => clearTimeout(late));
    }),
  async retry(run, { times = 3, delay = 100, backoff = 1 } = {}) {
    let wait = delay;
    for (let left = times - 1; ; left--) {
      try {
        return await run();
      } catch (error) {
        if (left <= 0) throw error;
      }
      await results.sleep?.(wait);
      wait *= backoff === true ? 2 : Number(backoff);
    }
  },
  try_fn(run) {
    try {
      return made(OkResult, { value: run() });
    } catch (error) {
      return made(ErrResult, { error: error instanceof Error ? error.message : error });
    }
  },
};

export const constants: Readonly<Record<string, unknown>> = { None };

/** What `Ok(value: 1)` may name. */
export const fieldNames: readonly { make: () => unknown; tag: string; names: string[] }[] = [
  { make: results.Ok as () => unknown, tag: "Ok", names: ["value"] },
  { make: results.Err as () => unknown, tag: "Err", names: ["error"] },
  { make: results.Some as () => unknown, tag: "Some", names: ["value"] },
  { make: constants.None as () => unknown, tag: "None", names: [] },
];
