// An edge block → the code of its handlers, which the entry of each platform calls (spec 11.3, 11.4).
import type { ast } from "tova-parser";
import { nextUse } from "../analyse/next-use";
import type { WorkerPlan } from "../model/plan";
import type { EdgeBlock, Schedule } from "../model/program";
import {
  type Context,
  declareTemporaries,
  enterBlock,
  enterFunction,
  helper,
  moduleName,
  variableName,
} from "./context";
import { emitExpression, emitOperand } from "./expression";
import { emitFunction } from "./function";
import { hoists } from "./hoisting";
import { emitHttp, emitPreflightTest, emitReference, emitRefusal, type HttpFacts } from "./http";
import { emitKey } from "./literal";
import { emitHeaders } from "./security";
import { braces, type Code, list, newline } from "./writer";

/** What the entry needs to know beside the block. */
export interface EntryFacts extends HttpFacts {
  /** By binding: the names its queue has in the environments of the deploy file. */
  readonly queueNames: Readonly<Record<string, readonly string[]>>;
  /** Names and settings of what the worker is bound to, where no other file tells the platform. */
  readonly plan: WorkerPlan;
}

/** What a worker answers to, as code that a platform's entry calls. */
export interface Handlers {
  /** The body of a function of `(request, env)` that answers any request; null without HTTP. */
  readonly fetch: Code | null;
  /** Whether that body awaits; if not it gives a response, or the promise of one. */
  readonly awaits: boolean;
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
  const direct = answersAtOnce(cx, block, facts);
  const fetch = answers ? emitFetch(cx, block, facts, direct) : null;
  const schedules = block.schedules.map((schedule) => emitJob(cx, schedule));
  const consumers = block.consumers.map(({ queue, handler }): QueueHandler => {
    const name = emitReference(cx, `consume_${queue}`, handler);
    return { queue, names: facts.queueNames[queue] ?? [], name };
  });
  const prologue = schedules.length + consumers.length > 0 ? emitPrologue(block) : [];
  cx.out.push(emitBind(cx, block));
  return { fetch, awaits: !direct, schedules, consumers, prologue };
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
  const own = block.secrets.length > 0 ? ["$env", "$missing"] : ["$env"];
  return ["let ", list([...own, ...new Set(names)]), ";"];
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
  if (block.secrets.length > 0) inside.out.push(emitMissing(cx, block));
  inside.out.push("$env = env;");
  return ["function $bind(env) ", braces([...declareTemporaries(inside.frame), ...inside.out])];
}

/** The error that names the secrets which are not set, if any. */
const emitMissing = (cx: Context, { secrets }: EdgeBlock): Code => {
  const names = JSON.stringify(secrets.map(({ name }) => name));
  return ["$missing = ", helper(cx, "missingSecrets"), `(env, ${names});`];
};

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

/** Whether what a function gives is known to be there at once, but for promises made elsewhere. */
const isDirect = (cx: Context, handler: ast.Expression | ast.FunctionDeclaration): boolean => {
  const { functions, variables } = cx.unit.resolution;
  const named = handler.kind === "Identifier" ? variables.get(handler)?.function : null;
  const scope = named ?? functions.get(handler);
  return scope?.async === false;
};

/** Whether nothing that answers requests awaits, so that a response need not be waited for. */
function answersAtOnce(cx: Context, block: EdgeBlock, { security, bodies }: HttpFacts): boolean {
  const { maxBody, middleware, routes } = block;
  if (security || bodies.size > 0 || maxBody !== null) return false;
  const { resolution } = cx.unit;
  const passes = middleware.every(
    (layer) => isDirect(cx, layer) && nextUse(layer, resolution) === "tail",
  );
  return passes && routes.every((route) => route.maxBody === null && isDirect(cx, route.handler));
}

/** The body of the function that answers a request. */
function emitFetch(cx: Context, block: EdgeBlock, facts: EntryFacts, direct: boolean): Code {
  const answering = emitHttp(cx, block, facts);
  const onError = block.onError ? emitReference(cx, "on_error", block.onError) : "null";
  const finished = (response: Code): Code => {
    if (!block.cors) return emitHeaders(cx, facts.security, response);
    const cors = [helper(cx, "withCors"), "($cors, request, ", response, ")"];
    return emitHeaders(cx, facts.security, cors);
  };
  const respond = helper(cx, "respond");
  const fail: Code = [helper(cx, "fail"), `(error, request, ${onError});`];
  const work: Code[] = ["$bind(env);", ...emitResult(cx, block, answering)];
  const attempt = (last: Code, failed: Code): Code => [
    ["try ", braces([...work, last])],
    [" catch (error) ", braces([failed])],
  ];
  if (!direct) {
    const waited = attempt(`result = ${respond}(await result);`, ["result = await ", fail]);
    return braces(["let result;", waited, ["return ", finished("result"), ";"]]);
  }
  const response = finished(`${respond}(result)`);
  const test = 'if (typeof result?.then !== "function") return ';
  const settled = [helper(cx, "settle"), `(result, request, ${onError})`];
  const plain = response === `${respond}(result)`;
  const then = plain ? "" : [".then((response) => ", finished("response"), ")"];
  return braces([
    "let result;",
    attempt([test, response, ";"], ["result = ", fail]),
    ["return ", settled, then, ";"],
  ]);
}

/** Preflight, then secrets, then middleware and routes (spec 11.3), into `result`. */
function emitResult(cx: Context, block: EdgeBlock, answering: string): readonly Code[] {
  const choices: Code[] = [];
  if (block.cors) {
    const test = emitPreflightTest(cx, block);
    choices.push(["if (", test, ") result = new Response(null, $cors.preflight);"]);
  }
  const answer = `result = ${answering};`;
  if (block.secrets.length === 0) choices.push(answer);
  else choices.push(`if (!$missing) ${answer}`, ...emitRefusal(cx, block));
  return [choices.flatMap((choice, i) => (i > 0 ? [newline, "else ", choice] : [choice]))];
}

/** A scheduled event or a batch fails while a secret is missing (spec 11.7). */
function emitPrologue({ secrets }: EdgeBlock): readonly Code[] {
  return ["$bind(env);", ...(secrets.length > 0 ? ["if ($missing) throw $missing;"] : [])];
}
