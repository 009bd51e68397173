// A worker's handlers → the default export that Vercel's edge runtime calls (spec 11.7).
import type { WorkerPlan } from "../../model/plan";
import type { EdgeBlock } from "../../model/program";
import { type Context, helper } from "../context";
import { type EntryFacts, emitHandlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitAnswer } from "./answer";
import { emitSupplied, processVariable } from "./environment";
import { emitScheduledFunction } from "./jobs";
import type { Platform, PlatformFile } from "./platform";

export const vercel: Platform = {
  emitEntry,
  names: ["config", "handler", "process"],
  environment: { expression: "process.env", head: [] },
  emitConfig,
  emitFiles,
  emitTypes: null,
};

/** The path that Vercel calls for a cron expression, of those a worker has in order. */
const cronPath = (index: number): string => `/_tova/cron/${index + 1}`;

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const handlers = emitHandlers(cx, block, facts);
  const { fetch, schedules } = handlers;
  emitSupplied(cx, block, { variable: processVariable, binding: () => null });
  cx.out.push('export const config = { runtime: "edge" };');
  if (fetch) cx.out.push(emitAnswer(fetch));
  const answer = fetch
    ? "$answer(request, $supplied)"
    : 'new Response("Not Found", { status: 404 })';
  if (schedules.length === 0) {
    cx.out.push(["export default async function handler(request) ", braces([`return ${answer};`])]);
    return [];
  }
  emitScheduledFunction(cx, handlers);
  const crons = [...new Set(schedules.map(({ schedule }) => schedule.cron))];
  const table = JSON.stringify(Object.fromEntries(crons.map((cron, i) => [cronPath(i), cron])));
  const run = "(cron) => $scheduled(cron, $supplied)";
  const scheduled = [
    helper(cx, "vercelSchedule"),
    `(request, ${table}, process.env.CRON_SECRET, ${run})`,
  ];
  const body = braces([["return ", scheduled, ` ?? ${answer};`]]);
  cx.out.push(["export default async function handler(request) ", body]);
  return [];
}

/** `config.json` of the Build Output API: every path is the function's. */
function emitConfig({ production, platformCrons }: WorkerPlan): string {
  const crons = production.crons.map((cron, index) => ({
    path: cronPath(index),
    schedule: platformCrons.get(cron) ?? cron,
  }));
  const routes = [{ src: "/.*", dest: "/index" }];
  return json({ version: 3, routes, ...(crons.length > 0 ? { crons } : {}) });
}

/** `.vc-config.json` beside the code; a variable that it does not name is not there. */
function emitFiles({ production, upload, variables }: WorkerPlan): readonly PlatformFile[] {
  const scheduled = production.crons.length > 0 ? ["CRON_SECRET"] : [];
  const envVarsInUse = [...new Set([...variables, ...production.secrets, ...scheduled])];
  const text = json({ runtime: "edge", entrypoint: "index.js", envVarsInUse });
  const folder = upload?.main.replace(/[^/]+$/, "") ?? "";
  return [{ fileName: `${folder}.vc-config.json`, text }];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
