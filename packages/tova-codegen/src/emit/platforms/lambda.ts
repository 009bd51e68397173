// A worker's handlers → the function that AWS Lambda calls with every kind of event (spec 11.7).
import { kebab } from "../../model/kebab";
import type { EdgeBlock } from "../../model/program";
import { type Context, helper } from "../context";
import { type EntryFacts, emitHandlers, type Handlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitAnswer } from "./answer";
import { emitSupplied, processVariable } from "./environment";
import { emitScheduledFunction } from "./jobs";
import type { Platform } from "./platform";
import { emitTemplate, emitTemplates } from "./sam-template";

export const lambda: Platform = {
  emitEntry,
  environment: { expression: "process.env", head: [] },
  emitConfig: emitTemplate,
  emitFiles: emitTemplates,
  emitTypes: null,
};

/** Emits `export const handler`: an event is a batch, a schedule's, or a request. */
function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const { fetch, schedules, consumers } = handlers;
  emitSupplied(cx, block, {
    variable: processVariable,
    binding: ({ kind, name }) =>
      kind === "queue"
        ? [helper(cx, "sqsQueue"), `(${JSON.stringify(name)}, `, processVariable(name), ")"]
        : null,
  });
  const body: Code[] = [];
  if (consumers.length > 0) {
    emitQueue(cx, block, handlers);
    body.push("if (event.Records) return $queue(event.Records, $supplied);");
  }
  if (schedules.length > 0) {
    emitScheduledFunction(cx, handlers);
    const crons = schedules.map(({ schedule: { name, cron } }) => [kebab(name), cron]);
    const table = JSON.stringify(Object.fromEntries(crons));
    body.push(["const cron = ", helper(cx, "lambdaCron"), `(event, ${table});`]);
    body.push("if (cron !== null) return $scheduled(cron, $supplied);");
  }
  if (fetch) {
    cx.out.push(emitAnswer(fetch));
    const answer = "(event, (request) => $answer(request, $supplied));";
    body.push(["return ", helper(cx, "lambdaHttp"), answer]);
  } else body.push('throw new Error("This worker takes no such event");');
  cx.out.push(["export const handler = async (event, context) => ", braces(body), ";"]);
  return [];
}

/** One consumer takes every batch; several are told apart by the name of the queue. */
function emitQueue(cx: Context, block: EdgeBlock, { consumers, prologue }: Handlers): void {
  const options = new Map(block.consumers.map((consumer) => [consumer.queue, consumer.options]));
  const calls = consumers.map(({ queue, names, name }): Code => {
    const { maxRetries = null, deadLetterQueue = null } = options.get(queue) ?? {};
    // With a dead-letter queue SQS itself counts.
    const retries = deadLetterQueue === null ? maxRetries : null;
    const test = names.map((known) => `queue === ${JSON.stringify(known)}`).join(" || ");
    const condition = consumers.length === 1 ? "" : `if (${test}) `;
    return [condition, "return ", helper(cx, "lambdaConsume"), `(records, ${name}, ${retries});`];
  });
  const several: Code[] = [
    ["const queue = ", helper(cx, "lambdaQueue"), "(records);"],
    ...calls,
    'throw new Error("No consumer for the queue " + queue);',
  ];
  const body = braces([...prologue, ...(consumers.length === 1 ? calls : several)]);
  cx.out.push(["async function $queue(records, env) ", body]);
}
