// Cron triggers, queues and module state of workers, in workerd (spec 11.4, 11.7).
import { Miniflare } from "miniflare";
import { compile, defaultCompatibilityDate } from "../../src";

jest.setTimeout(60_000);

const source = `
shared {
  greeting = "hello"
  fn unused() { secret_text() }
  fn secret_text() { "must not be in the worker" }
  fn note(text) { STORE.put(text, greeting) }
}
edge "events" {
  kv STORE
  queue LEFT
  queue RIGHT
  secret TOKEN
  env SIZE = 10
  env NAME = "d{1 + 1}"
  var hits = 0
  schedule "first" cron("0 1 * * *") { await note("first") }
  schedule "second" cron("0 1 * * *") { await note("second") throw Error.new("second failed") }
  schedule "third" cron("0 1 * * *") { await note("third") }
  consume LEFT fn(messages) { for m in messages { await note("left:{m.body}") m.ack() } }
  consume RIGHT fn(messages) { throw Error.new("right") }
  route GET "/hits" => fn() { hits += 1; [hits, SIZE, NAME] }
}
`;

const [worker] = compile(source, { fileName: "events.tova" }).workers;
let mf: Miniflare;

beforeAll(async () => {
  if (!worker) throw new Error("no worker");
  mf = new Miniflare({
    cf: false,
    name: "events",
    modules: [{ type: "ESModule", path: worker.fileName, contents: worker.code }],
    compatibilityDate: defaultCompatibilityDate,
    kvNamespaces: { STORE: "store" },
    queueProducers: { LEFT: { queueName: "left" }, RIGHT: { queueName: "right" } },
    bindings: { TOKEN: "t", SIZE: 5 },
    handleStructuredLogs: () => {},
  });
});
afterAll(() => mf.dispose());

const stored = async () => {
  const store = await mf.getKVNamespace("STORE");
  return (await store.list()).keys.map(({ name }) => name).sort();
};

const message = (body: unknown) => ({ id: String(body), timestamp: new Date(), attempts: 1, body });

it("all schedules of one cron run, and a failing one makes the event fail", async () => {
  const events = await mf.getWorker();
  expect((await events.scheduled({ cron: "0 1 * * *" })).outcome).toBe("exception");
  expect(await stored()).toEqual(["first", "second", "third"]);
  expect((await events.scheduled({ cron: "0 2 * * *" })).outcome).toBe("ok");
});

it("each consumer gets the batches of its own queue", async () => {
  const events = await mf.getWorker();
  const left = await events.queue("left", [message("a"), message("b")]);
  expect(left).toMatchObject({ outcome: "ok", explicitAcks: ["a", "b"] });
  expect(await stored()).toEqual(expect.arrayContaining(["left:a", "left:b"]));
  expect((await events.queue("right", [message("c")])).outcome).toBe("exception");
});

it("a batch of an unknown queue is refused, so that nothing is lost", async () => {
  const events = await mf.getWorker();
  expect((await events.queue("strange", [message("d")])).outcome).toBe("exception");
});

it("module state lives as long as the isolate, and defaults fill in what is not bound", async () => {
  const get = async () => (await mf.dispatchFetch("http://localhost/hits")).json();
  expect(await get()).toEqual([1, 5, "d2"]);
  expect(await get()).toEqual([2, 5, "d2"]);
});

it("shared code that the worker does not use is not in it", () => {
  expect(worker?.code).toContain("hello");
  expect(worker?.code).not.toContain("must not be in the worker");
});
