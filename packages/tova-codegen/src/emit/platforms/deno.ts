// A worker's handlers → a module that serves them with Deno (spec 11.7).
import type { Binding, EdgeBlock } from "../../model/program";
import { type Context, helper } from "../context";
import { type EntryFacts, emitHandlers, type Handlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitAnswer } from "./answer";
import { cronNames, emitDenoConfig } from "./deno-config";
import { emitSupplied } from "./environment";
import { emitJobFunction } from "./events";
import type { Platform } from "./platform";

const text = JSON.stringify;

export const deno: Platform = {
  emitEntry,
  names: ["Deno"],
  environment: { expression: "Deno.env.toObject()", head: [] },
  emitConfig: emitDenoConfig,
  emitTypes: null,
};

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const { kinds } = usesOf(block);
  if (kinds.has("kv") || kinds.has("queue") || handlers.consumers.length > 0) {
    cx.out.push('const $kv = await Deno.openKv(Deno.env.get("KV_PATH") || undefined);');
  }
  emitSupplied(cx, block, {
    variable: (name) => `Deno.env.get(${text(name)})`,
    binding: (binding) => emitBinding(cx, binding, facts),
  });
  // Deno Deploy looks for schedules before the server starts.
  emitSchedules(cx, handlers);
  emitConsumers(cx, handlers, facts);
  if (handlers.fetch) {
    cx.out.push(emitAnswer(handlers.fetch));
    const options = '{ port: Number(Deno.env.get("PORT") || 8000) }';
    const plain: Code = [helper(cx, "plainUrl"), "(request)"];
    cx.out.push([`Deno.serve(${options}, (request) => $answer(`, plain, ", $supplied));"]);
  }
  return kinds.has("sql") ? ['import { DatabaseSync as $Database } from "node:sqlite";'] : [];
}

const usesOf = ({ bindings }: EdgeBlock) => ({ kinds: new Set(bindings.map(({ kind }) => kind)) });

function emitBinding(cx: Context, { kind, name }: Binding, facts: EntryFacts): Code | null {
  if (kind === "sql") {
    const file = [helper(cx, "nodeSqlite"), `(new $Database(${text(`${name}.sqlite`)}))`];
    return [helper(cx, "sqlDatabase"), "(", file, ")"];
  }
  if (kind === "kv") {
    return [helper(cx, "kvStore"), "(", helper(cx, "kvDeno"), `($kv, ${text(name)}))`];
  }
  if (kind === "storage") return null;
  const queue = facts.plan.production.produces.find(({ binding }) => binding === name)?.id ?? name;
  return [helper(cx, "denoQueue"), `($kv, ${text(queue)})`];
}

function emitSchedules(cx: Context, handlers: Handlers): void {
  const names = cronNames(handlers.schedules.map(({ schedule }) => schedule.name));
  for (const [at, { schedule, name }] of handlers.schedules.entries()) {
    const run = emitJobFunction(handlers, "", `${name}()`);
    cx.out.push([`Deno.cron(${text(names[at])}, ${text(schedule.cron)}, `, run, ");"]);
  }
}

/** Retries where the program does not say: as many as on Cloudflare. */
const defaultRetries = 3;

function emitConsumers(
  cx: Context,
  handlers: Handlers,
  { plan: { production } }: EntryFacts,
): void {
  for (const { queue, name } of handlers.consumers) {
    const consumed = production.consumes.find(({ binding }) => binding === queue);
    if (!consumed) continue;
    const { maxBatchSize, maxBatchTimeout, maxRetries, retryDelay, deadLetterQueue } = consumed;
    const wait = `Math.min(${maxBatchTimeout}, Number(Deno.env.get("TOVA_QUEUE_WAIT") ?? ${maxBatchTimeout}))`;
    const options = braces([
      `queue: ${text(consumed.queue)},`,
      `maxBatchSize: ${maxBatchSize},`,
      `maxBatchTimeout: ${wait},`,
      `maxRetries: ${maxRetries ?? defaultRetries},`,
      `retryDelay: ${retryDelay ?? 0},`,
      `deadLetterQueue: ${text(deadLetterQueue)},`,
    ]);
    const run = emitJobFunction(handlers, "messages", `${name}(messages)`);
    cx.out.push([helper(cx, "consumeQueue"), "($kv, ", options, ", ", run, ");"]);
  }
}
