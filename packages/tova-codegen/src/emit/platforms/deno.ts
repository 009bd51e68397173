// A worker's handlers → a module that serves them with Deno (spec 11.7).
import type { EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import { type EntryFacts, emitHandlers } from "../handlers";
import type { Code } from "../writer";
import { emitSupplied } from "./environment";
import type { Platform } from "./platform";

export const deno: Platform = {
  emitEntry,
  environment: { expression: "Deno.env.toObject()", head: [] },
  emitConfig: null,
  emitTypes: null,
};

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const { fetch } = emitHandlers(cx, block, facts);
  emitSupplied(cx, block, {
    variable: (name) => `Deno.env.get(${JSON.stringify(name)})`,
    binding: () => null,
  });
  if (fetch) {
    cx.out.push(["async function $answer(request, env) ", fetch]);
    cx.out.push("Deno.serve((request) => $answer(request, $supplied));");
  }
  return [];
}
