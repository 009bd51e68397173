// Values and errors → Tova's Result and Option, whose tag JSON does not show (spec 6).
import { fieldAt, unwrapped } from "./language";

/** A result that is there: `Ok(value)`. */
export class OkResult<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  get __tag(): "Ok" {
    return "Ok";
  }
  isOk(): boolean {
    return true;
  }
  isErr(): boolean {
    return false;
  }
  map<U>(change: (value: T) => U): OkResult<U> {
    return new OkResult(change(this.value));
  }
  flatMap<U>(next: (value: T) => U): U {
    return next(this.value);
  }
  andThen<U>(next: (value: T) => U): U {
    return next(this.value);
  }
  mapErr(): this {
    return this;
  }
  context(): this {
    return this;
  }
  and<U>(other: U): U {
    return other;
  }
  or(): this {
    return this;
  }
  unwrap(): T {
    return this.value;
  }
  unwrapOr(): T {
    return this.value;
  }
  expect(): T {
    return this.value;
  }
  /** @throws Error always: there is no error inside */
  unwrapErr(): never {
    throw new Error(`unwrapErr of Ok(${describe(this.value)})`);
  }
}

/** A result that failed: `Err(error)`. */
export class ErrResult<E> {
  readonly error: E;
  constructor(error: E) {
    this.error = error;
  }
  get __tag(): "Err" {
    return "Err";
  }
  isOk(): boolean {
    return false;
  }
  isErr(): boolean {
    return true;
  }
  map(): this {
    return this;
  }
  flatMap(): this {
    return this;
  }
  andThen(): this {
    return this;
  }
  mapErr<F>(change: (error: E) => F): ErrResult<F> {
    return new ErrResult(change(this.error));
  }
  /** The error with what was being done before it: `saving: disk full`. */
  context(doing: string): ErrResult<string> {
    return new ErrResult(`${doing}: ${describe(this.error)}`);
  }
  and(): this {
    return this;
  }
  or<U>(other: U): U {
    return other;
  }
  /** @throws Error always, with the error inside as its cause */
  unwrap(): never {
    throw new Error(`unwrap of Err(${describe(this.error)})`, { cause: this.error });
  }
  unwrapOr<U>(other: U): U {
    return other;
  }
  /** @throws Error always, with the message given */
  expect(message: string): never {
    throw new Error(message, { cause: this.error });
  }
  unwrapErr(): E {
    return this.error;
  }
}

/** An option that is there: `Some(value)`. */
export class SomeOption<T> {
  readonly value: T;
  constructor(value: T) {
    this.value = value;
  }
  get __tag(): "Some" {
    return "Some";
  }
  isSome(): boolean {
    return true;
  }
  isNone(): boolean {
    return false;
  }
  map<U>(change: (value: T) => U): SomeOption<U> {
    return new SomeOption(change(this.value));
  }
  flatMap<U>(next: (value: T) => U): U {
    return next(this.value);
  }
  andThen<U>(next: (value: T) => U): U {
    return next(this.value);
  }
  filter(test: (value: T) => unknown): this | NoneOption {
    return test(this.value) ? this : None;
  }
  and<U>(other: U): U {
    return other;
  }
  or(): this {
    return this;
  }
  unwrap(): T {
    return this.value;
  }
  unwrapOr(): T {
    return this.value;
  }
  expect(): T {
    return this.value;
  }
}

/** The class of {@link None}. */
export class NoneOption {
  readonly __tag = "None";
  isSome(): boolean {
    return false;
  }
  isNone(): boolean {
    return true;
  }
  map(): this {
    return this;
  }
  flatMap(): this {
    return this;
  }
  andThen(): this {
    return this;
  }
  filter(): this {
    return this;
  }
  and(): this {
    return this;
  }
  or<U>(other: U): U {
    return other;
  }
  /** @throws Error always */
  unwrap(): never {
    throw new Error("unwrap of None");
  }
  unwrapOr<U>(other: U): U {
    return other;
  }
  /** @throws Error always, with the message given */
  expect(message: string): never {
    throw new Error(message);
  }
}

/** The option without a value; there is only this one. */
export const None = Object.freeze(new NoneOption());

/** `Ok(value)` as Tova calls it. */
export function Ok<T>(value: T): OkResult<T> {
  return new OkResult(value);
}

/** `Err(error)` as Tova calls it. */
export function Err<E>(error: E): ErrResult<E> {
  return new ErrResult(error);
}

/** `Some(value)` as Tova calls it. */
export function Some<T>(value: T): SomeOption<T> {
  return new SomeOption(value);
}

/** Either outcome of a function of the library. */
export type Result<T, E = string> = OkResult<T> | ErrResult<E>;

/** An error's message, or the value as text. */
export function describe(value: unknown): string {
  if (value instanceof Error) return value.message;
  const text = String(value);
  if (text !== "[object Object]") return text;
  // Records, variants and plain objects say what they are as JSON, if they have one.
  try {
    return JSON.stringify(value);
  } catch {
    return text;
  }
}

/** The values of the results or options that have one. */
export function filterOk(results: Iterable<{ __tag: string } | null>): unknown[] {
  return [...results].filter((r) => r?.__tag === "Ok" || r?.__tag === "Some").map(unwrapped);
}

/** The errors of the results that failed. */
export function filterErr(results: Iterable<{ __tag: string; error?: unknown } | null>): unknown[] {
  const failed = [...results].flatMap((r) => (r?.__tag === "Err" ? [r] : []));
  return failed.map((r) => ("error" in r ? r.error : fieldAt(r, 0)));
}
