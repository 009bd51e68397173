// A plan → findings on names that the platform refuses, or that two resources would share.
import type { SourceRange } from "tova-parser";
import { nameRules } from "../deploy/name-rules";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { kebab } from "../model/kebab";
import type { Deployment, WorkerPlan } from "../model/plan";
import type { EdgeBlock } from "../model/program";

type Kind = keyof typeof nameRules;

interface Use {
  readonly kind: Kind;
  readonly name: string;
  /** Whose name it is in the program. */
  readonly owner: string;
  readonly range: SourceRange;
  /** The entry of the deploy file that gives another name. */
  readonly entry: string;
}

const nouns: Readonly<Record<Kind, string>> = {
  worker: "worker",
  lambdaWorker: "worker",
  bucket: "bucket",
  ownBucket: "bucket",
  queue: "queue",
};

/**
 * Checks the names of every environment of every worker, each owner once. The plans are those of
 * the blocks, in the same order. Resources of one name are one resource in all blocks of a file.
 */
export function checkPlans(
  blocks: readonly EdgeBlock[],
  plans: readonly WorkerPlan[],
  findings: Findings,
): void {
  const uses = blocks.flatMap((block, index) => usesOf(block, plans[index]));
  const reported = new Set<string>();
  const owners = new Map<string, Use>();
  for (const use of uses) {
    const owner = `${use.kind} ${use.owner}`;
    const place = `${use.kind} ${use.name}`;
    const other = owners.get(place);
    if (reported.has(owner)) continue;
    if (!nameRules[use.kind].pattern.test(use.name)) reportRule(use, findings);
    else if (other && other.owner !== use.owner) reportClash(use, other, findings);
    else {
      owners.set(place, use);
      continue;
    }
    reported.add(owner);
  }
}

function usesOf(block: EdgeBlock, plan: WorkerPlan | undefined): readonly Use[] {
  if (!plan) return [];
  const environments = [...plan.environments].flatMap(([name, deployment]) =>
    usesIn(block, deployment, `env.${name}.`),
  );
  return [...usesIn(block, plan.production, ""), ...environments];
}

function reportRule(use: Use, findings: Findings): void {
  const { kind, name, entry, range } = use;
  const rule = `are ${nameRules[kind].expected}`;
  const fix = `Rename it, or give its name in the deploy file: \`[${entry}]\` \`name = "…"\`.`;
  findings.report(range, codes.resourceName({ what: nouns[kind], name, rule, fix }));
}

function reportClash(use: Use, other: Use, findings: Findings): void {
  // Blocks whose names come to the same are reported where the file is read.
  if (nouns[use.kind] === "worker" && kebab(use.owner) === kebab(other.owner)) return;
  const message = { what: nouns[use.kind], name: use.name, first: other.owner, second: use.owner };
  findings.report(use.range, codes.resourceClash(message));
}

function usesIn(block: EdgeBlock, deployment: Deployment, prefix: string): Use[] {
  const [header = { from: 0, to: 0 }] = block.ranges;
  const rangeOf = (binding: string) =>
    block.bindings.find((one) => one.name === binding)?.range ?? header;
  const key = block.name ?? "default";
  const owner = block.name ?? "the unnamed block";
  const worker: Use = {
    kind: block.target === "lambda" ? "lambdaWorker" : "worker",
    name: deployment.workerName,
    owner,
    range: header,
    entry: `${prefix}workers.${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}`,
  };
  const buckets = deployment.storage.map(({ binding, id }): Use => {
    const entry = `${prefix}storage.${binding}`;
    const kind = deployment.ownBuckets.has(id) ? "ownBucket" : "bucket";
    return { kind, name: id, owner: binding, range: rangeOf(binding), entry };
  });
  const produced = deployment.produces.map(({ binding, id }): Use => {
    const entry = `${prefix}queue.${binding}`;
    return { kind: "queue", name: id, owner: binding, range: rangeOf(binding), entry };
  });
  return [worker, ...buckets, ...produced];
}
