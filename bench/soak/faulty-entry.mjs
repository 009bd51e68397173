// A worker in, the same worker whose stores and queues fail now and then out; runs in workerd, in
// front of the worker's own module, and tells at `/soak-report` what it did.
import { AsyncLocalStorage } from "node:async_hooks";
import worker from "./tova-dev-entry.js";

/** Which event is being handled, across every await. */
const event = new AsyncLocalStorage();
const report = {
  /** Every fault by the kind of event it hit; its number is in the error's message. */
  faults: { fetch: [], scheduled: [], queue: [] },
  /** Reads that found nothing though there may have been something. */
  emptied: 0,
  unhandled: [],
  /** Messages that a queue took, by its binding, and that were done with, by the queue's name. */
  sent: {},
  handled: {},
  batches: { done: 0, failed: 0 },
  schedules: { done: 0, failed: 0 },
};
/** Ids of messages that this worker has done with. */
const handled = new Set();

addEventListener("unhandledrejection", ({ reason }) => {
  report.unhandled.push(String(reason?.stack ?? reason));
});

let state = 1;
/** From 0 to 1, the same in every run. */
function random() {
  state = (state * 1103515245 + 12345) % 2147483648;
  return state / 2147483648;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function fault(place, kind) {
  const { name, prefix } = event.getStore();
  const number = `${prefix}${report.faults[name].length + 1}`;
  report.faults[name].push(number);
  return new Error(`${place} ${kind} (fault ${number})`);
}

/** Of these a program must expect that they find nothing. */
const reads = new Set(["get", "head", "getWithMetadata"]);

/** What a store's function gives: mostly that, else an error at once, soon or late, or nothing. */
function disturbed(place, method, call) {
  const { rate = 0 } = event.getStore() ?? {};
  if (random() >= rate) return call();
  const kind = random();
  if (kind < 0.15) throw fault(place, "failed at once");
  if (kind < 0.35 && reads.has(method)) {
    report.emptied += 1;
    return Promise.resolve(null);
  }
  const late = kind > 0.85;
  return sleep(late ? 300 : 2).then(() => {
    throw fault(place, late ? "timed out" : "failed");
  });
}

const asynchronous = new Set([
  ...reads,
  ...["first", "put", "delete", "list", "send", "sendBatch", "run", "all", "raw", "batch", "exec"],
]);
/** Behind the stand-ins of statements, which `batch` of the database needs. */
const originals = new WeakMap();

function disturb(name, binding) {
  const made = new Proxy(binding, {
    get(target, method) {
      const value = target[method];
      if (typeof value !== "function") return value;
      return (...args) => {
        const plain = args.map((arg) =>
          Array.isArray(arg) ? arg.map((one) => originals.get(one) ?? one) : arg,
        );
        if (!asynchronous.has(method))
          return disturb(`${name}.${method}`, target[method](...plain));
        return disturbed(`${name}.${method}`, method, async () => {
          const result = await target[method](...plain);
          if (method === "send") report.sent[name] = (report.sent[name] ?? 0) + 1;
          return result;
        });
      };
    },
  });
  originals.set(made, binding);
  return made;
}

let given;
let changed;
/** The same object for the same bindings, as the platform gives it. */
function disturbedEnv(env) {
  if (env !== given) {
    given = env;
    changed = Object.fromEntries(
      Object.entries(env).map(([name, value]) => [
        name,
        Object(value) === value ? disturb(name, value) : value,
      ]),
    );
  }
  return changed;
}

/** Messages that note what becomes of them. */
function watched(batch) {
  const fates = new Map(batch.messages.map((message) => [message, "ack"]));
  const messages = batch.messages.map(
    (message) =>
      new Proxy(message, {
        get(target, key) {
          const value = target[key];
          if (typeof value !== "function") return value;
          return (...args) => {
            fates.set(message, key);
            return value.apply(target, args);
          };
        },
      }),
  );
  const settle = () => {
    for (const [{ id }, fate] of fates) {
      if (fate !== "ack" || handled.has(id)) continue;
      handled.add(id);
      report.handled[batch.queue] = (report.handled[batch.queue] ?? 0) + 1;
    }
  };
  return { batch: { queue: batch.queue, messages }, settle };
}

const within = (name, env, run) =>
  event.run({ name, rate: Number(env.SOAK_RATES[name]), prefix: env.SOAK_NAME + name[0] }, run);

async function counted(counts, run) {
  try {
    const result = await run();
    counts.done += 1;
    return result;
  } catch (error) {
    counts.failed += 1;
    throw error;
  }
}

export default {
  async fetch(request, env, context) {
    if (request.url.endsWith("/soak-report")) {
      return Response.json(report);
    }
    const rates = request.headers.has("X-No-Faults") ? { fetch: 0 } : env.SOAK_RATES;
    return within("fetch", { ...env, SOAK_RATES: rates }, () =>
      worker.fetch(request, disturbedEnv(env), context),
    );
  },
  async scheduled(controller, env, context) {
    await within("scheduled", env, () =>
      counted(report.schedules, () => worker.scheduled(controller, disturbedEnv(env), context)),
    );
  },
  async queue(batch, env, context) {
    const { batch: seen, settle } = watched(batch);
    await within("queue", env, () =>
      counted(report.batches, () => worker.queue(seen, disturbedEnv(env), context)),
    );
    settle();
  },
};
