// A worker's handlers → the default export that Cloudflare calls (spec 11.4, 11.7).
import type { EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import { emitEnvTypes } from "../env-types";
import { type EntryFacts, emitHandlers, type Handlers } from "../handlers";
import { emitWrangler } from "../wrangler";
import { braces, type Code } from "../writer";
import { emitJobs } from "./jobs";
import type { Platform } from "./platform";

export const cloudflare: Platform = {
  emitEntry,
  names: [],
  // Modules of a worker read its environment from the platform: the entry alone gets it handed.
  environment: {
    expression: "$workerEnv",
    head: ['import { env as $workerEnv } from "cloudflare:workers";'],
  },
  emitConfig: emitWrangler,
  emitTypes: emitEnvTypes,
};

/** Emits `export default { fetch?, scheduled?, queue? }`. */
function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const members: Code[] = [];
  if (handlers.fetch) {
    const { async, params, body } = handlers.fetch;
    members.push([async, `fetch(${params}) `, body, ","]);
  }
  if (handlers.schedules.length > 0) members.push([emitScheduled(cx, handlers), ","]);
  if (handlers.consumers.length > 0) members.push([emitQueue(handlers), ","]);
  cx.out.push(["export default ", braces(members), ";"]);
  return [];
}

function emitScheduled(cx: Context, handlers: Handlers): Code {
  const runs = emitJobs(cx, handlers).map(
    ({ cron, run }): Code => [`if (event.cron === ${JSON.stringify(cron)}) await `, run, ";"],
  );
  return ["async scheduled(event, env) ", braces([...handlers.prologue, ...runs])];
}

/** One consumer takes every batch; several are told apart by the queue's deployed name. */
function emitQueue({ consumers, prologue }: Handlers): Code {
  const body = [...prologue];
  const [only] = consumers;
  if (only && consumers.length === 1) body.push(`await ${only.name}(batch.messages);`);
  else {
    for (const { name, names } of consumers) {
      const test = names.map((known) => `batch.queue === ${JSON.stringify(known)}`).join(" || ");
      body.push(`if (${test}) return void (await ${name}(batch.messages));`);
    }
    // Throwing makes the platform deliver the batch again, so that nothing is lost.
    body.push('throw new Error("No consumer for the queue " + batch.queue);');
  }
  return ["async queue(batch, env) ", braces(body)];
}
