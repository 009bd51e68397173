// A worker's handlers → a module that serves them with Bun (spec 11.7).
import type { EdgeBlock } from "../../model/program";
import type { Context } from "../context";
import { type EntryFacts, emitHandlers } from "../handlers";
import { braces, type Code } from "../writer";
import { emitSupplied, processVariable } from "./environment";
import type { Platform } from "./platform";

export const bun: Platform = {
  emitEntry,
  environment: { expression: "process.env", head: [] },
  emitConfig: null,
  emitTypes: null,
};

function emitEntry(cx: Context, block: EdgeBlock, facts: EntryFacts): readonly Code[] {
  const { fetch } = emitHandlers(cx, block, facts);
  emitSupplied(cx, block, { variable: processVariable, binding: () => null });
  if (fetch) {
    cx.out.push(["async function $answer(request, env) ", fetch]);
    const options = [
      "port: Number(process.env.PORT || 3000),",
      "fetch: (request) => $answer(request, $supplied),",
    ];
    cx.out.push(["Bun.serve(", braces(options), ");"]);
  }
  return [];
}
