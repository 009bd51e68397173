// An edge block → the code of its handlers, which the entry of each platform calls (spec 11.3, 11.4).
import type { ast } from "tova-parser";
import { knownValue } from "../analyse/known-value";
import { nextUse } from "../analyse/next-use";
import type { RawReader } from "../analyse/raw-results";
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
import { type Choice, emitHttp, emitPreflightTest, emitRefusal, type HttpFacts } from "./http";
import { suppliedBy } from "./literal";
import { emitReference } from "./route-handler";
import { emitHeaders, emitHiding, type Hide } from "./security";
import { sender } from "./send";
import { braces, type Code, list, newline } from "./writer";

/** What the entry needs to know beside the block. */
export interface EntryFacts extends HttpFacts {
  /** By binding: the names its queue has in the environments of the deploy file. */
  readonly queueNames: Readonly<Record<string, readonly string[]>>;
  /** Names and settings of what the worker is bound to, where no other file tells the platform. */
  readonly plan: WorkerPlan;
}

/** A function, but for its name. */
export interface FunctionCode {
  /** `async ` for one that awaits; another gives a response, or the promise of one. */
  readonly async: "async " | "";
  readonly params: string;
  readonly body: Code;
}

/** What a worker answers to, as code that a platform's entry calls. */
export interface Handlers {
  /** Answers any request; it is called with the request and the environment. Null without HTTP. */
  readonly fetch: FunctionCode | null;
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

/** What stands for something else where the entries of platforms call consumers. */
const consumerLocals = /^(batch|env|messages|queue|records)$/;

/** Emits `$bind` and what the handlers need; their own code is the entry's to place. */
export function emitHandlers(cx: Context, block: EdgeBlock, facts: EntryFacts): Handlers {
  const answers = block.routes.length > 0 || block.health;
  const fetch = answers ? emitFetch(cx, block, facts) : null;
  const schedules = block.schedules.map((schedule) => emitJob(cx, schedule));
  const consumers = block.consumers.map(({ queue, handler }): QueueHandler => {
    const name = emitReference(cx, `consume_${queue}`, handler, consumerLocals);
    return { queue, names: facts.queueNames[queue] ?? [], name };
  });
  const prologue = schedules.length + consumers.length > 0 ? emitPrologue(cx, block) : [];
  if (binds(cx, block)) cx.out.push(emitBind(cx, block));
  return { fetch, schedules, consumers, prologue };
}

function emitJob(cx: Context, schedule: Schedule): ScheduledJob {
  const name = moduleName(cx, `schedule_${schedule.name}`);
  const { body } = schedule;
  cx.out.push([body.from, emitFunction(cx, body, [], body, ` ${name}`)]);
  return { schedule, name };
}

const boundOf = ({ bindings, env, secrets }: EdgeBlock) => [...bindings, ...env, ...secrets];

/** Whether anything that is emitted so far reads what the platform supplies. */
const binds = ({ unit }: Context, block: EdgeBlock): boolean =>
  unit.readsEnv || block.bindings.length + block.env.length + block.secrets.length > 0;

/** The variables that hold what the platform binds, declared before all code that names them. */
export function emitModuleVariables(cx: Context, block: EdgeBlock): readonly Code[] {
  if (!binds(cx, block)) return [];
  const names = boundOf(block).map((binding) => variableName(cx, binding) ?? binding.name);
  const own = block.secrets.length > 0 ? ["$env", "$missing"] : ["$env"];
  return [["let ", list([...own, ...new Set(names)]), ";"]];
}

/** `$bind(env)`: bindings are the same for as long as the isolate lives. */
function emitBind(cx: Context, block: EdgeBlock): Code {
  const plain = [...block.bindings, ...block.secrets].map((binding): Code => {
    return [variableName(cx, binding) ?? binding.name, ` = ${suppliedBy("env", binding.name)};`];
  });
  const inside = enterFunction(cx);
  inside.out.push("if (env === $env) return;", ...plain);
  for (const variable of block.env) {
    emitVariable(inside, variable, variableName(cx, variable) ?? variable.name);
  }
  if (block.secrets.length > 0) inside.out.push(emitMissing(cx, block));
  inside.out.push("$env = env;");
  return ["function $bind(env) ", braces([...declareTemporaries(inside.frame), ...inside.out])];
}

/** The error that names the secrets which are not set, if any. */
function emitMissing(cx: Context, { secrets }: EdgeBlock): Code {
  const [first, ...others] = secrets.map(({ name }) => name);
  if (first !== undefined && others.length === 0) {
    const error = `new Error(${JSON.stringify(`Secrets are not set: ${first}`)})`;
    return `$missing = ${suppliedBy("env", first)} ? null : ${error};`;
  }
  return [
    "$missing = ",
    helper(cx, "missingSecrets"),
    `(env, ${JSON.stringify([first, ...others])});`,
  ];
}

/** An env variable; its default is evaluated only where the platform has no value. */
function emitVariable(
  inside: Context,
  { name, fallback }: EdgeBlock["env"][number],
  local: string,
): void {
  const supplied = suppliedBy("env", name);
  if (!fallback) inside.out.push([local, ` = ${supplied};`]);
  else if (!hoists(inside, fallback)) {
    inside.out.push([local, ` = ${supplied} ?? `, emitOperand(inside, fallback), ";"]);
  } else {
    const late = enterBlock(inside);
    late.out.push([local, " = ", emitExpression(late, fallback), ";"]);
    inside.out.push([local, ` = ${supplied};`]);
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

/**
 * How the results of what answers requests come: `now`, or `later` as promises; `either` where only
 * the worker that runs can tell.
 */
type Coming = "now" | "later" | "either";

function comingOf(cx: Context, block: EdgeBlock, { security, bodies }: HttpFacts): Coming {
  const { maxBody, middleware, routes } = block;
  const { resolution } = cx.unit;
  const passes = middleware.every(
    (layer) => isDirect(cx, layer) && nextUse(layer, resolution) === "tail",
  );
  if (security || bodies.size > 0 || maxBody !== null || !passes) return "later";
  if (!routes.every((route) => route.maxBody === null && isDirect(cx, route.handler))) {
    return "later";
  }
  const known = routes.every(({ handler }) => knownValue(handler, resolution) !== null);
  return known && middleware.length === 0 ? "now" : "either";
}

/** The name of the function that answers errors. */
function emitOnError(
  cx: Context,
  handler: ast.Expression,
  raw: RawReader,
  hide: Hide | null,
): string {
  const name = emitReference(cx, "on_error", handler);
  const [before, after] = sender(cx, raw, handler, null, 500);
  if (before === "" && !hide) return name;
  const made = moduleName(cx, "send_error");
  const call = `${before}${name}(error, request)${after}`;
  cx.out.push(`const ${made} = (error, request) => ${hide ? hide(call) : call};`);
  return made;
}

/** The function that answers a request. */
function emitFetch(cx: Context, block: EdgeBlock, facts: EntryFacts): FunctionCode {
  const coming = comingOf(cx, block, facts);
  const hide = emitHiding(cx, facts.security, facts.statements);
  const answering = emitHttp(cx, block, facts, hide, coming === "now");
  const onError = block.onError ? emitOnError(cx, block.onError, facts.raw, hide) : null;
  const finished = (response: Code): Code => {
    if (!block.cors) return emitHeaders(cx, facts.security, response);
    const cors = [helper(cx, "withCors"), "($cors, request, ", response, ")"];
    return emitHeaders(cx, facts.security, cors);
  };
  const finishes = block.cors !== null || (facts.security?.headers.length ?? 0) > 0;
  const binding = binds(cx, block);
  const choices = emitChoices(cx, block, answering);
  const emit = { now: emitNow, later: emitLater, either: emitEither }[coming];
  return {
    async: coming === "later" ? "async " : "",
    params: binding ? "request, env" : "request",
    body: braces(
      emit(cx, { bind: binding ? ["$bind(env);"] : [], choices, onError, finished, finishes }),
    ),
  };
}

/** The parts of the function that answers a request. */
interface Fetch {
  /** What comes first. */
  readonly bind: readonly Code[];
  /** What the request may get. */
  readonly choices: readonly Choice[];
  /** The name of the program's function for errors; null without one. */
  readonly onError: string | null;
  /** The response as it is sent. */
  readonly finished: (response: Code) => Code;
  /** False where that is the response itself. */
  readonly finishes: boolean;
}

const attempt = (work: readonly Code[], failed: readonly Code[]): Code => [
  ["try ", braces(work)],
  [" catch (error) ", braces(failed)],
];

/** The response to `error`, promised where the program has a function for errors. */
function emitFailure(cx: Context, onError: string | null): Code {
  if (onError === null) return [helper(cx, "internalError"), "(error)"];
  return [helper(cx, "fail"), `(error, request, ${onError})`];
}

/** A promised response as it is sent. */
const finishedLater = (promise: Code, { finished, finishes }: Fetch): Code =>
  finishes ? [promise, ".then((response) => ", finished("response"), ")"] : promise;

function emitLater(cx: Context, fetch: Fetch): readonly Code[] {
  const { bind, onError, finished, finishes } = fetch;
  const { before, value } = chosen(fetch);
  const response: Code = [helper(cx, "respond"), "(await ", value, ")"];
  const failure = emitFailure(cx, onError);
  if (!finishes) {
    const work = [...bind, ...before, ["return ", response, ";"] as Code];
    return [attempt(work, [["return ", failure, ";"]])];
  }
  const wait = onError === null ? "" : "await ";
  const work = [...bind, ...before.slice(1), ["result = ", response, ";"] as Code];
  const failed: Code = ["result = ", wait, failure, ";"];
  return ["let result;", attempt(work, [failed]), ["return ", finished("result"), ";"]];
}

/** What the request gets, and the statements that find out which choice that is. */
function chosen({ choices }: Fetch): { readonly before: readonly Code[]; readonly value: Code } {
  const [only] = choices;
  if (only && choices.length === 1) return { before: [], value: only.value };
  return { before: ["let result;", emitResult(choices)], value: "result" };
}

function emitNow(cx: Context, fetch: Fetch): readonly Code[] {
  const { bind, onError, finished } = fetch;
  const { before, value } = chosen(fetch);
  const failure = emitFailure(cx, onError);
  const failed = onError === null ? finished(failure) : finishedLater(failure, fetch);
  const work = [...bind, ...before, ["return ", finished(value), ";"] as Code];
  return [attempt(work, [["return ", failed, ";"]])];
}

function emitEither(cx: Context, fetch: Fetch): readonly Code[] {
  const { bind, choices, onError, finished } = fetch;
  const respond = helper(cx, "respond");
  const failure = emitFailure(cx, onError);
  const wait = attempt([["return ", respond, "(await result);"]], [["return ", failure, ";"]]);
  cx.out.push(["async function $settled(result, request) ", braces([wait])]);
  const work = [...bind, emitResult(choices)];
  const test = 'if (typeof result?.then !== "function") return ';
  const failed = onError === null ? finished(failure) : finishedLater(failure, fetch);
  return [
    "let result;",
    attempt([...work, [test, finished([respond, "(result)"]), ";"]], [["return ", failed, ";"]]),
    ["return ", finishedLater("$settled(result, request)", fetch), ";"],
  ];
}

/** Preflight, then secrets, then middleware and routes (spec 11.3). */
function emitChoices(cx: Context, block: EdgeBlock, answering: string): readonly Choice[] {
  const choices: Choice[] = [];
  if (block.cors) {
    const test = emitPreflightTest(cx, block);
    choices.push({ test, value: "new Response(null, $cors.preflight)" });
  }
  if (block.secrets.length === 0) return [...choices, { test: null, value: answering }];
  return [...choices, { test: "!$missing", value: answering }, ...emitRefusal(cx, block)];
}

/** The statement that puts the value of the first choice that holds into `result`. */
const emitResult = (choices: readonly Choice[]): Code =>
  choices.map(({ test, value }, i): Code => {
    const before = i > 0 ? [newline, "else "] : [];
    const condition = test === null ? "" : ["if (", test, ") "];
    return [...before, condition, "result = ", value, ";"];
  });

/** A scheduled event or a batch fails while a secret is missing (spec 11.7). */
function emitPrologue(cx: Context, block: EdgeBlock): readonly Code[] {
  if (!binds(cx, block)) return [];
  return ["$bind(env);", ...(block.secrets.length > 0 ? ["if ($missing) throw $missing;"] : [])];
}
