// Collections with an order, defaults, counts or limits; queues, sequences and channels.
import { Channel } from "../../src/runtime/channel";
import { Counter, DefaultDict, LRUCache, OrderedDict } from "../../src/runtime/collections";
import { len } from "../../src/runtime/convert";
import { Deque } from "../../src/runtime/deque";
import { clone } from "../../src/runtime/objects";
import { Seq } from "../../src/runtime/seq";

describe("OrderedDict", () => {
  it("keeps keys in the order of their first setting", () => {
    const dict = OrderedDict([["b", 1]])
      .set("a", 2)
      .set("b", 3);
    expect([...dict]).toEqual([
      ["b", 3],
      ["a", 2],
    ]);
    expect(JSON.stringify(dict)).toBe('{"b":3,"a":2}');
    expect(len(dict)).toBe(2);
  });
});

describe("DefaultDict", () => {
  it("makes values with a function, each its own", () => {
    const dict = DefaultDict<string, number[]>(() => []);
    dict.get("a")?.push(1);
    dict.get("b")?.push(2);
    expect([...dict]).toEqual([
      ["a", [1]],
      ["b", [2]],
    ]);
  });

  it("takes a plain value and first entries", () => {
    const dict = DefaultDict(0, [["a", 5]]);
    expect([dict.get("a"), dict.get("b"), dict.has("b")]).toEqual([5, 0, true]);
  });
});

describe("Counter", () => {
  it("counts, orders by count and sums up", () => {
    const counter = Counter("abracadabra").add("z", 3).add("q");
    expect(counter.most_common(2)).toEqual([
      ["a", 5],
      ["z", 3],
    ]);
    expect([counter.get("b"), counter.get("nothing"), counter.total()]).toEqual([2, 0, 15]);
    expect(counter.has("nothing")).toBe(false);
  });
});

describe("LRUCache", () => {
  it("drops what was not used for the longest time", () => {
    const cache = LRUCache<string, number>(2).set("a", 1).set("b", 2);
    cache.get("a");
    cache.set("c", 3);
    expect([...cache.keys()]).toEqual(["a", "c"]);
    cache.set("a", 9);
    expect([...cache.keys()]).toEqual(["c", "a"]);
    expect(cache.get("b")).toBeUndefined();
  });

  it.each([0, -1, Number.NaN])("refuses the size %p", (size) => {
    expect(() => LRUCache(size)).toThrow(RangeError);
  });
});

describe("Deque", () => {
  it("gives and takes at both ends", () => {
    const deque = Deque([2]).push_back(3).push_front(1);
    expect([...deque]).toEqual([1, 2, 3]);
    expect([deque.peek_front(), deque.peek_back(), len(deque)]).toEqual([1, 3, 3]);
    expect([deque.pop_front(), deque.pop_back(), deque.pop_back(), deque.pop_back()]).toEqual([
      ...[1, 3, 2, null],
    ]);
    expect([deque.is_empty(), deque.length, deque.peek_front()]).toEqual([true, 0, null]);
    expect(
      JSON.stringify(
        deque
          .push_front("x" as never)
          .clear()
          .push_back(7),
      ),
    ).toBe("[7]");
  });
});

describe("Seq", () => {
  function* naturals() {
    for (let n = 0; ; n++) yield n;
  }

  it("asks only for what is taken", () => {
    const seen: number[] = [];
    const seq = Seq(naturals())
      .map((n) => {
        seen.push(n);
        return n * n;
      })
      .filter((n) => n % 2 === 1)
      .drop(1)
      .take(2);
    expect(seq.collect()).toEqual([9, 25]);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("has the other steps", () => {
    const seq = Seq([3, 1, 2, 5]);
    expect(seq.take_while((n) => n !== 2).to_list()).toEqual([3, 1]);
    expect(seq.drop_while((n) => n !== 2).to_list()).toEqual([2, 5]);
    expect(seq.flat_map((n) => [n, n]).count()).toBe(8);
    expect(seq.enumerate().first()).toEqual([0, 3]);
    expect(JSON.stringify(seq.zip(naturals()).take(2))).toBe("[[3,0],[1,1]]");
    expect(seq.take(0).collect()).toEqual([]);
  });

  it("ends in values", () => {
    const seq = Seq([3, 1, 2]);
    expect(seq.reduce((sum, n) => sum + n, 10)).toBe(16);
    expect([seq.find((n) => n < 3), seq.find((n) => n > 3)]).toEqual([1, null]);
    expect([seq.any((n) => n > 2), seq.all((n) => n > 2)]).toEqual([true, false]);
    const seen: number[] = [];
    seq.each((n) => seen.push(n));
    expect(seen).toEqual([3, 1, 2]);
  });
});

describe("Channel", () => {
  it("hands values over in order, to receivers that wait and that come later", async () => {
    const channel = Channel<number>(2);
    const early = channel.receive();
    await channel.send(1);
    await channel.send(2);
    await channel.send(3);
    expect([await early, await channel.receive(), await channel.receive()]).toEqual([1, 2, 3]);
  });

  it("makes a sender wait while it is full", async () => {
    const channel = Channel<number>();
    const events: string[] = [];
    const sending = channel.send(1).then(() => events.push("sent"));
    await Promise.resolve();
    events.push(`received ${await channel.receive()}`);
    await sending;
    expect(events).toEqual(["received 1", "sent"]);
  });

  it("ends when it is closed and empty", async () => {
    const channel = Channel<number>(5);
    await channel.send(1);
    await channel.send(2);
    channel.close();
    const got: number[] = [];
    for await (const value of channel) got.push(value);
    expect(got).toEqual([1, 2]);
    expect(await channel.receive()).toBeNull();
    await expect(channel.send(3)).rejects.toThrow("closed");
  });

  it("wakes receivers that wait when it is closed", async () => {
    const channel = Channel<number>();
    const waiting = channel.receive();
    channel.close();
    expect(await waiting).toBeNull();
  });
});

test("dictionaries take objects too, and no two keys share the default", () => {
  expect([...OrderedDict({ a: 1, b: 2 })]).toEqual([
    ["a", 1],
    ["b", 2],
  ]);
  const dict = DefaultDict<string, number[]>([], { first: [0] });
  dict.get("a")?.push(1);
  dict.get("b")?.push(2);
  expect(dict.get("first")).toEqual([0]);
  expect([dict.get("a"), dict.get("b"), dict.get("c")]).toEqual([[1], [2], []]);
});

test("a collection as the default, or in what is cloned, is copied with what it can do", () => {
  const counts = DefaultDict<string, ReturnType<typeof Counter<string>>>(Counter(["x"]));
  counts.get("a")?.add("x");
  expect([counts.get("a")?.total(), counts.get("b")?.total()]).toEqual([2, 1]);
  const queues = DefaultDict(Deque([[1]]));
  queues.get("a")?.push_back([2]).peek_front()?.push(3);
  expect([queues.get("a")?.to_list(), queues.get("b")?.to_list()]).toEqual([[[1, 3], [2]], [[1]]]);
  const nested = clone(DefaultDict<string, Map<string, number>>(DefaultDict(0), { a: new Map() }));
  expect([nested.get("b")?.get("c"), nested.get("a")?.size]).toEqual([0, 0]);
  const cache = clone(LRUCache<string, number>(1)).set("a", 1).set("b", 2);
  expect([...cache.keys(), ...clone(OrderedDict({ k: 1 })).keys()]).toEqual(["b", "k"]);
  const dict = OrderedDict<string, unknown>();
  const copy = clone(dict.set("self", dict));
  expect(copy.get("self")).toBe(copy);
  expect(clone({ seq: Seq([1, 2]) }).seq.collect()).toEqual([1, 2]);
});

test("a dictionary of nil has no entries", () => {
  expect([OrderedDict(null).size, DefaultDict(0, null).get("a")]).toEqual([0, 0]);
});
