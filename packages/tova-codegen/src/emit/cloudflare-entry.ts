// A worker's handlers → the default export that Cloudflare calls (spec 11.3, 11.4, 11.7).
import type { ast } from "tova-parser";
import type { EdgeBlock } from "../model/program";
import type { Security } from "../model/security";
import {
  type Context,
  declareTemporaries,
  enterBlock,
  enterFunction,
  helper,
  moduleName,
  variableName,
} from "./context";
import { emitExpression, emitOperand, list } from "./expression";
import { emitFunction } from "./function";
import { hoists } from "./hoisting";
import {
  emitHttp,
  emitNamedFunction,
  emitPreflightTest,
  emitRefusal,
  type HttpFacts,
} from "./http";
import { emitKey } from "./literal";
import { emitHeaders } from "./security";
import { braces, type Code, newline } from "./writer";

/** What the entry needs to know beside the block. */
export interface EntryFacts extends HttpFacts {
  /** By binding: the names its queue has in the environments of the deploy file. */
  readonly queueNames: Readonly<Record<string, readonly string[]>>;
}

/** Emits module variables, handlers and `export default { fetch?, scheduled?, queue? }`. */
export function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): void {
  const members: Code[] = [];
  if (block.routes.length > 0 || block.health) {
    const answering = emitHttp(cx, block, facts);
    members.push(emitFetch(cx, block, answering, facts.security));
  }
  if (block.schedules.length > 0) members.push(emitScheduled(cx, block));
  if (block.consumers.length > 0) members.push(emitQueue(cx, block, facts));
  cx.out.push(emitBind(cx, block));
  if (block.secrets.length > 0) cx.out.push(emitSecretNames(block));
  const entries = members.map((member): Code => [member, ","]);
  cx.out.push(["export default ", braces(entries), ";"]);
}

/** The variables that hold what the platform binds, declared before all code that names them. */
export function emitModuleVariables(cx: Context, block: EdgeBlock): Code {
  const bound = [...block.bindings, ...block.env, ...block.secrets];
  const names = bound.map((binding) => variableName(cx, binding) ?? binding.name);
  return ["let ", list(["$env", ...new Set(names)]), ";"];
}

/** `$bind(env)`: bindings are the same for as long as the isolate lives. */
function emitBind(cx: Context, block: EdgeBlock): Code {
  const place = (name: string) => {
    const key = emitKey(name);
    return key.startsWith('"') ? `env[${key}]` : `env.${key}`;
  };
  const plain = [...block.bindings, ...block.secrets].map((binding): Code => {
    return [variableName(cx, binding) ?? binding.name, ` = ${place(binding.name)};`];
  });
  const inside = enterFunction(cx);
  inside.out.push("if (env === $env) return;", ...plain);
  for (const variable of block.env) {
    emitVariable(inside, variable, variableName(cx, variable) ?? variable.name, place);
  }
  inside.out.push("$env = env;");
  return ["function $bind(env) ", braces([...declareTemporaries(inside.frame), ...inside.out])];
}

/** An env variable; its default is evaluated only where the platform has no value. */
function emitVariable(
  inside: Context,
  { name, fallback }: EdgeBlock["env"][number],
  local: string,
  place: (name: string) => string,
): void {
  if (!fallback) inside.out.push([local, ` = ${place(name)};`]);
  else if (!hoists(inside, fallback)) {
    inside.out.push([local, ` = ${place(name)} ?? `, emitOperand(inside, fallback), ";"]);
  } else {
    const late = enterBlock(inside);
    late.out.push([local, " = ", emitExpression(late, fallback), ";"]);
    inside.out.push([local, ` = ${place(name)};`]);
    inside.out.push(["if (", local, " == null) ", braces(late.out)]);
  }
}

const emitSecretNames = (block: EdgeBlock): Code =>
  `const $secrets = ${JSON.stringify(block.secrets.map(({ name }) => name))};`;

function emitFetch(
  cx: Context,
  block: EdgeBlock,
  answering: string,
  security: Security | null,
): Code {
  const onError = block.onError ? emitReference(cx, "on_error", block.onError) : "null";
  const answer: Code = `response = await ${answering}(request);`;
  const failed: Code = ["response = await ", helper(cx, "fail"), `(error, request, ${onError});`];
  const cors = block.cors ? [helper(cx, "withCors"), "($cors, request, response)"] : "response";
  return [
    "async fetch(request, env) ",
    braces([
      "let response;",
      [
        "try ",
        braces(["$bind(env);", emitGuarded(cx, block, answer)]),
        " catch (error) ",
        braces([failed]),
      ],
      ["return ", emitHeaders(cx, security, cors), ";"],
    ]),
  ];
}

/** Preflight, then secrets, then middleware and routes (spec 11.3). */
function emitGuarded(cx: Context, block: EdgeBlock, answer: Code): Code {
  const preflight: Code = block.cors
    ? [
        ["if (", emitPreflightTest(cx, block), ") "],
        "response = new Response(null, { status: 204, headers: $cors.preflight });",
        [newline, "else "],
      ]
    : "";
  if (block.secrets.length === 0) return [preflight, answer];
  const missing = [emitMissing(cx), newline];
  return [
    missing,
    preflight,
    "if (missing) ",
    braces([emitRefusal(cx, block)]),
    newline,
    "else ",
    answer,
  ];
}

const emitMissing = (cx: Context): Code => [
  "const missing = ",
  helper(cx, "missingSecrets"),
  "(env, $secrets);",
];

/** The name of a handler that is kept before the entry. */
function emitReference(cx: Context, title: string, handler: ast.Expression): string {
  const known = handler.kind === "Identifier" ? variableName(cx, handler) : null;
  return known ?? emitNamedFunction(cx, title, handler);
}

/** A scheduled event or a batch fails while a secret is missing (spec 11.7). */
function emitPrologue(cx: Context, block: EdgeBlock): readonly Code[] {
  if (block.secrets.length === 0) return ["$bind(env);"];
  return ["$bind(env);", emitMissing(cx), "if (missing) throw missing;"];
}

function emitScheduled(cx: Context, block: EdgeBlock): Code {
  const byCron = new Map<string, string[]>();
  for (const schedule of block.schedules) {
    const name = moduleName(cx, `schedule_${schedule.name}`);
    cx.out.push([
      schedule.body.from,
      emitFunction(cx, schedule.body, [], schedule.body, ` ${name}`),
    ]);
    byCron.set(schedule.cron, [...(byCron.get(schedule.cron) ?? []), name]);
  }
  const runs = [...byCron].map(([cron, names]): Code => {
    const run =
      names.length === 1 ? `${names[0]}()` : [helper(cx, "runAll"), "([", list(names), "])"];
    return [`if (event.cron === ${JSON.stringify(cron)}) await `, run, ";"];
  });
  return ["async scheduled(event, env) ", braces([...emitPrologue(cx, block), ...runs])];
}

/** One consumer takes every batch; several are told apart by the queue's deployed name. */
function emitQueue(cx: Context, block: EdgeBlock, facts: EntryFacts): Code {
  const calls = block.consumers.map((consumer) => {
    const name = emitReference(cx, `consume_${consumer.queue}`, consumer.handler);
    return {
      names: facts.queueNames[consumer.queue] ?? [],
      call: `await ${name}(batch.messages);`,
    };
  });
  const [only] = calls;
  const several = calls.map(({ names, call }): Code => {
    const test = names.map((name) => `batch.queue === ${JSON.stringify(name)}`).join(" || ");
    return `if (${test}) return void (${call.slice(0, -1)});`;
  });
  // Throwing makes the platform deliver the batch again, so that nothing is lost.
  const unknown = 'throw new Error("No consumer for the queue " + batch.queue);';
  const body = calls.length === 1 && only ? [only.call] : [...several, unknown];
  return ["async queue(batch, env) ", braces([...emitPrologue(cx, block), ...body])];
}
