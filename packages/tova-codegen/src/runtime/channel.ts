// Values sent → values received, in order, between parts of a program that wait for each other
// (spec 14).

/** A value on its way: nil may be sent too. */
interface Item<T> {
  readonly value: T;
}

class ChannelOf<T> {
  readonly #capacity: number;
  readonly #values: T[] = [];
  readonly #receivers: ((item: Item<T> | null) => void)[] = [];
  readonly #senders: (() => void)[] = [];
  #closed = false;
  constructor(capacity: number) {
    this.#capacity = capacity;
  }
  get __tag(): string {
    return "Channel";
  }
  /**
   * Waits until there is room for the value, or someone takes it.
   * @throws Error when the channel is closed
   */
  async send(value: T): Promise<void> {
    if (this.#closed) throw new Error("The channel is closed.");
    const receiver = this.#receivers.shift();
    if (receiver) return receiver({ value });
    this.#values.push(value);
    if (this.#values.length > this.#capacity) {
      await new Promise<void>((resolve) => this.#senders.push(resolve));
    }
  }
  /** Waits for the next value; nil once the channel is closed and empty. */
  async receive(): Promise<T | null> {
    if (this.#values.length > 0) return this.#take() ?? null;
    return this.#closed ? null : ((await this.#arrival())?.value ?? null);
  }
  #take(): T {
    const value = this.#values.shift() as T;
    this.#senders.shift()?.();
    return value;
  }
  /** Null when the channel is closed meanwhile. */
  #arrival(): Promise<Item<T> | null> {
    return new Promise((resolve) => this.#receivers.push(resolve));
  }
  close(): void {
    this.#closed = true;
    for (const receiver of this.#receivers.splice(0)) receiver(null);
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (this.#values.length > 0 || !this.#closed) {
      if (this.#values.length > 0) yield this.#take();
      else {
        const item = await this.#arrival();
        if (!item) return;
        yield item.value;
      }
    }
  }
}

/** A channel that keeps so many values until they are received. */
export function Channel<T>(capacity = 0): ChannelOf<T> {
  return new ChannelOf(capacity);
}
