// What evaluation is made of: generators that stop where the program awaits or yields.

export type Effect =
  | { readonly kind: "await"; readonly value: unknown }
  | { readonly kind: "yield"; readonly value: unknown; readonly delegate: boolean };

/** An evaluation; one shape for sync, async and generating functions. */
export type Steps<T = unknown> = Generator<Effect, T, unknown>;

/** Leaves a function: by `return`, or by `?` on a failure. Not to be caught by the program. */
export class Returned {
  constructor(readonly value: unknown) {}
}

/** Leaves or continues a loop. Not to be caught by the program. */
export class Jumped {
  constructor(
    readonly kind: "Break" | "Continue",
    readonly label: string | null,
  ) {}
}

/** Leaves a generator that nobody asks any more; what is to run at its end runs. */
class Abandoned {}

/** A construct that this interpreter does not know; such programs are not compared. */
export class Unknown extends Error {}

/** True for what the program threw itself, or the platform. */
export function isThrown(error: unknown): boolean {
  const kinds = [Returned, Jumped, Unknown, Abandoned];
  return !kinds.some((kind) => error instanceof kind);
}

/** Runs to the end at once. @throws Unknown where the program awaits or yields */
export function runNow<T>(steps: Steps<T>): T {
  const { done, value } = steps.next();
  if (done) return value as T;
  throw new Unknown("An effect in a function that has none");
}

/** Runs to the end, waiting where the program awaits. */
export async function runAsync<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    let awaited: unknown;
    try {
      awaited = await step.value.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(awaited);
  }
  return step.value;
}

/** A generator of what the program yields. */
export function* runGenerator(steps: Steps): Generator<unknown, unknown, unknown> {
  let ended = false;
  try {
    let step = steps.next();
    while (!step.done) step = yield* passOn(steps, step.value);
    ended = true;
    return step.value;
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    if (!ended) yield* abandon(steps);
  }
}

/** A `return` of JavaScript's would be lost in a `yield*` where a `finally` inside yields. */
function* abandon(steps: Steps): Generator<unknown, void, unknown> {
  try {
    let step = steps.throw(new Abandoned());
    while (!step.done) step = yield* passOn(steps, step.value);
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
  }
}

function* passOn(
  steps: Steps,
  effect: Effect,
): Generator<unknown, IteratorResult<Effect, unknown>, unknown> {
  if (effect.kind === "await") throw new Unknown("`await` in a function that is not async");
  let sent: unknown;
  try {
    sent = effect.delegate ? yield* effect.value as Iterable<unknown> : yield effect.value;
  } catch (error) {
    return steps.throw(error);
  }
  return steps.next(sent);
}

/** A generator that may await as well. */
export async function* runAsyncGenerator(steps: Steps): AsyncGenerator<unknown, unknown, unknown> {
  let ended = false;
  try {
    const result = yield* stepsOfAsync(steps, steps.next());
    ended = true;
    return result;
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // Left early: what is to run at the end may await.
    if (!ended) yield* abandonAsync(steps);
  }
}

async function* abandonAsync(steps: Steps): AsyncGenerator<unknown, void, unknown> {
  try {
    yield* stepsOfAsync(steps, steps.throw(new Abandoned()));
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error;
  }
}

async function* stepsOfAsync(
  steps: Steps,
  start: IteratorResult<Effect, unknown>,
): AsyncGenerator<unknown, unknown, unknown> {
  let step = start;
  while (!step.done) {
    const { value: effect } = step;
    let sent: unknown;
    try {
      if (effect.kind === "await") sent = await effect.value;
      else if (effect.delegate) sent = yield* effect.value as AsyncIterable<unknown>;
      else sent = yield effect.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(sent);
  }
  return step.value;
}
