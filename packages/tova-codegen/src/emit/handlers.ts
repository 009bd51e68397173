// An edge block → the code of its handlers, which the entry of each platform calls (spec 11.3, 11.4).
import type { ast } from "tova-parser";
import type { EdgeBlock, Schedule } from "../model/program";
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

/** What a worker answers to, as code that a platform's entry calls. */
export interface Handlers {
  /** The body of a function of `(request, env)` that answers any request; null without HTTP. */
  readonly fetch: Code | null;
  readonly schedules: readonly ScheduledJob[];
  readonly consumers: readonly QueueHandler[];
  /** What comes before the work of a schedule or consumer; reads `env`. */
  readonly prologue: readonly Code[];
}

/** A schedule and the function that runs it. */
export interface ScheduledJob {
  readonly schedule: Schedule;
  readonly name: string;
}

/** A consumer and the function that takes its messages. */
export interface QueueHandler {
  /** The queue's binding. */
  readonly queue: string;
  /** What the queue is called, in every environment. */
  readonly names: readonly string[];
  readonly name: string;
}

/** Emits `$bind` and what the handlers need; their own code is the entry's to place. */
export function emitHandlers(cx: Context, block: EdgeBlock, facts: EntryFacts): Handlers {
  const answers = block.routes.length > 0 || block.health;
  const fetch = answers ? emitFetch(cx, block, emitHttp(cx, block, facts), facts.security) : null;
  const schedules = block.schedules.map((schedule) => emitJob(cx, schedule));
  const consumers = block.consumers.map(({ queue, handler }): QueueHandler => {
    const name = emitReference(cx, `consume_${queue}`, handler);
    return { queue, names: facts.queueNames[queue] ?? [], name };
  });
  const prologue = schedules.length + consumers.length > 0 ? emitPrologue(cx, block) : [];
  cx.out.push(emitBind(cx, block));
  if (block.secrets.length > 0) cx.out.push(emitSecretNames(block));
  return { fetch, schedules, consumers, prologue };
}

function emitJob(cx: Context, schedule: Schedule): ScheduledJob {
  const name = moduleName(cx, `schedule_${schedule.name}`);
  const { body } = schedule;
  cx.out.push([body.from, emitFunction(cx, body, [], body, ` ${name}`)]);
  return { schedule, name };
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
  return braces([
    "let response;",
    [
      "try ",
      braces(["$bind(env);", emitGuarded(cx, block, answer)]),
      " catch (error) ",
      braces([failed]),
    ],
    ["return ", emitHeaders(cx, security, cors), ";"],
  ]);
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
