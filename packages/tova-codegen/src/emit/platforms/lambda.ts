// A worker's handlers → the function that AWS Lambda calls with every kind of event (spec 11.7).
import { kebab } from "../../model/kebab";
import type { Binding, EdgeBlock } from "../../model/program";
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
  names: ["handler", "process"],
  refusesInJson: true,
  libraryNeeds: (block) =>
    usesAws(block) ? [{ specifier: "tova:aws4fetch", names: ["AwsClient"] }] : [],
  environment: { expression: "process.env", head: [] },
  emitConfig: emitTemplate,
  emitFiles: emitTemplates,
  emitTypes: null,
};

/** Whether a worker asks services of AWS for anything: what it is bound to is there, and so are queues. */
const usesAws = ({ bindings, consumers }: EdgeBlock): boolean =>
  consumers.length > 0 || bindings.some(({ kind }) => kind === "storage" || kind === "queue");

/** Emits `export const handler`: an event is a batch, a schedule's, or a request. */
function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const { fetch, schedules, consumers } = handlers;
  if (usesAws(block)) cx.out.push(["const $aws = ", helper(cx, "awsFetch"), "($AwsClient);"]);
  emitSupplied(cx, block, {
    variable: processVariable,
    binding: (binding) => emitBinding(cx, binding),
  });
  const body: Code[] = [];
  if (consumers.length > 0) {
    emitQueue(cx, block, handlers);
    body.push("if (event.Records) return $queue(event.Records, $supplied);");
  }
  if (schedules.length > 0) {
    emitScheduledFunction(cx, handlers);
    const crons = schedules.map(({ schedule: { name, cron } }) => [kebab(name), cron]);
    const table = JSON.stringify(crons);
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

/** What it is bound to has its address in a variable of its name, which the template sets. */
function emitBinding(cx: Context, { kind, name }: Binding): Code | null {
  const args: Code = [`($aws, ${JSON.stringify(name)}, `, processVariable(name), ")"];
  if (kind === "queue") return [helper(cx, "sqsQueue"), args];
  if (kind !== "storage") return null;
  return [helper(cx, "storageBucket"), "(", helper(cx, "s3Bucket"), args, ")"];
}

/** One consumer takes every batch; several are told apart by the name of the queue. */
function emitQueue(cx: Context, block: EdgeBlock, { consumers, prologue }: Handlers): void {
  const options = new Map(block.consumers.map((consumer) => [consumer.queue, consumer.options]));
  const calls = consumers.map(({ queue, names, name }): Code => {
    const given = options.get(queue);
    const { maxRetries = null, deadLetterQueue = null, retryDelay = null } = given ?? {};
    // With a dead-letter queue SQS itself counts.
    const retries = deadLetterQueue === null ? maxRetries : null;
    const rules = JSON.stringify({ retries, retryDelay });
    const test = names.map((known) => `queue === ${JSON.stringify(known)}`).join(" || ");
    const condition = consumers.length === 1 ? "" : `if (${test}) `;
    const call = `($aws, records, ${name}, ${rules});`;
    return [condition, "return ", helper(cx, "lambdaConsume"), call];
  });
  const several: Code[] = [
    ["const queue = ", helper(cx, "lambdaQueue"), "(records);"],
    ...calls,
    'throw new Error("No consumer for the queue " + queue);',
  ];
  const body = braces([...prologue, ...(consumers.length === 1 ? calls : several)]);
  cx.out.push(["async function $queue(records, env) ", body]);
}
