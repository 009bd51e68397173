// A worker's handlers → the default export that Vercel's edge runtime calls (spec 11.7).
import type { EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import { type EntryFacts, emitHandlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitSupplied, processVariable } from "./environment";
import type { Platform } from "./platform";

export const vercel: Platform = {
  emitEntry,
  environment: { expression: "process.env", head: [] },
  emitConfig: null,
  emitTypes: null,
};

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const { fetch } = emitHandlers(cx, block, facts);
  emitSupplied(cx, block, { variable: processVariable, binding: () => null });
  cx.out.push('export const config = { runtime: "edge" };');
  if (fetch) {
    cx.out.push(["async function $answer(request, env) ", fetch]);
    const body = braces(["return $answer(request, $supplied);"]);
    cx.out.push(["export default async function handler(request) ", body]);
  }
  return [];
}
