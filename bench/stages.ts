// The compiler's stages apart, for bench/compile.mjs.
import { parse, read } from "tova-parser";
import { analyseProgram } from "../packages/tova-codegen/src/analyse/program";
import { syntaxErrors } from "../packages/tova-codegen/src/analyse/syntax-errors";
import { resolveBlock } from "../packages/tova-codegen/src/analyse/unit";
import { compile } from "../packages/tova-codegen/src/compile";
import { Findings } from "../packages/tova-codegen/src/diagnostics/diagnostic";
import { emitWorker } from "../packages/tova-codegen/src/emit/worker";
import { emitWrangler } from "../packages/tova-codegen/src/emit/wrangler";
import { sourceText } from "../packages/tova-codegen/src/emit/writer";
import { planProgram } from "../packages/tova-codegen/src/targets";

type Tree = ReturnType<typeof parse>["tree"];

/** Errors, typed tree, model and names of each block. */
function analyse(tree: Tree, source: string) {
  syntaxErrors(tree, source);
  const { value: program } = analyseProgram(read(tree, source), source);
  const plans = planProgram(program, { stem: "pipeline" }).value;
  return plans.map((plan, i) => {
    const block = program.blocks[i] as (typeof program.blocks)[number];
    return { block, plan, ...resolveBlock(program, block) };
  });
}

/** Code, map and wrangler file of each block. */
function emit(blocks: ReturnType<typeof analyse>, text: string) {
  return blocks.map(({ block, plan, statements, resolution }) => [
    emitWorker({
      block,
      statements,
      resolution,
      facts: { queueNames: plan.queueNames, security: null, bodies: new Map() },
      fileName: plan.main,
      source: sourceText("pipeline.tova", text),
      findings: new Findings(),
    }),
    emitWrangler(plan, "pipeline.deploy.toml"),
  ]);
}

export const stages = { parse: (source: string) => parse(source).tree, analyse, emit, compile };
