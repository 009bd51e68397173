// A typed tree → the model of the file: blocks of one name merged, shared code collected (spec 10).
import type { ast } from "tova-parser";
import { type Analysed, Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import { isBlockName } from "../model/block-name";
import { kebab } from "../model/kebab";
import type { EdgeBlock, Program } from "../model/program";
import { analyseBlock, type BlockGroup } from "./block";
import { expandColumns } from "./columns/expand";
import { deadLetterName } from "./consumer";
import { plainText } from "./literal";
import { limitersOf } from "./security/rate-limit";
import { checkRoutes, checkSensitiveTypes } from "./security/rules";
import { analyseSecurity } from "./security/security";
import { isOwnProgram, reportBlock } from "./unsupported";

/** Takes what `read` gives and the text it was read from. Never throws. */
export function analyseProgram(read: ast.SourceFile, source: string): Analysed<Program> {
  const file = expandColumns(read, source);
  const findings = new Findings();
  const groups = groupBlocks(file, findings);
  const queues = declaredQueues(groups);
  const blocks = groups.map((group) => analyseBlock(group, queues, findings));
  reportConsumers(blocks, findings);
  const shared: ast.Statement[] = [];
  const rules: ast.SecurityRule[] = [];
  const leftOut: ast.Unsupported[] = [];
  for (const item of file.items) {
    if (item.kind === "EdgeBlock") continue;
    if (item.kind === "Unsupported" && isOwnProgram(item)) {
      reportOwnProgram(item, blocks.length > 0, findings);
      leftOut.push(item);
    } else if (item.kind === "SecurityBlock") for (const rule of item.rules) rules.push(rule);
    else for (const statement of sharedStatements(item, findings)) shared.push(statement);
  }
  const security = analyseSecurity(rules, findings);
  const hasAuth = rules.some(({ rule }) => rule.name === "auth");
  checkRoutes({ hasAuth, roles: security?.roles ?? [] }, blocks, findings);
  checkSensitiveTypes(security, [shared, ...blocks.map(({ statements }) => statements)], findings);
  const mentionsIt = /\bit\b/.test(source);
  const limited = blocks.map((block) => {
    const limiters = limitersOf(security, block);
    return limiters.length === 0 ? block : { ...block, limiters };
  });
  const value = { source, mentionsIt, shared, blocks: limited, security, leftOut };
  return { value, findings: findings.list };
}

function sharedStatements(
  item: ast.SharedBlock | ast.Statement,
  findings: Findings,
): readonly ast.Statement[] {
  if (item.kind !== "SharedBlock") return [item];
  return item.body.filter((statement) => {
    if (statement.kind !== "Unsupported" || !isOwnProgram(statement)) return true;
    reportBlock(statement, findings);
    return false;
  });
}

function reportOwnProgram(item: ast.Unsupported, withEdge: boolean, findings: Findings): void {
  if (item.construct === "cli" && withEdge) {
    findings.report({ from: item.from, to: item.from + "cli".length }, codes.withCli({}));
  } else reportBlock(item, findings);
}

/** Groups the edge blocks by name, in the order of first appearance. */
function groupBlocks(file: ast.SourceFile, findings: Findings): BlockGroup[] {
  const groups = new Map<string | null, ast.EdgeBlock[]>();
  for (const item of file.items) {
    if (item.kind !== "EdgeBlock") continue;
    const name = readName(item, findings);
    const group = groups.get(name);
    if (group) {
      group.push(item);
      findings.report(item.header, codes.mergedBlock({ name }));
    } else groups.set(name, [item]);
  }
  reportClashes(groups, findings);
  return [...groups].map(([name, parts]) => ({ name, parts }));
}

function readName(block: ast.EdgeBlock, findings: Findings): string | null {
  if (block.name === null) return null;
  const name = plainText(block.name);
  if (name === null) findings.report(block.name, codes.notPlain({ what: "The name of a block" }));
  else if (!isBlockName(name)) {
    findings.report(block.name, codes.blockName({ name }));
  }
  return name ?? "";
}

function reportClashes(
  groups: ReadonlyMap<string | null, readonly ast.EdgeBlock[]>,
  findings: Findings,
): void {
  const workers = new Map<string, string>();
  for (const [name, [first]] of groups) {
    if (name === null || first === undefined) continue;
    const worker = kebab(name);
    const other = workers.get(worker);
    if (worker === "") continue;
    if (other === undefined) workers.set(worker, name);
    else findings.report(first.header, codes.blockNameClash({ name, other, worker }));
  }
}

/** Queues that a block sends to, and those for the dead letters of a consumer. */
function declaredQueues(groups: readonly BlockGroup[]): string[] {
  const queues = new Set<string>();
  const consumers: ast.ConsumeMember[] = [];
  for (const { parts } of groups) {
    for (const { members } of parts) {
      for (const member of members) {
        if (member.kind === "ConsumeMember") consumers.push(member);
        else if (member.kind === "BindingMember" && member.binding === "queue") {
          queues.add(member.name.name);
        }
      }
    }
  }
  const dead = new Set(consumers.map(deadLetterName));
  for (const { queue } of consumers) {
    if (dead.has(queue.name) || dead.has(kebab(queue.name))) queues.add(queue.name);
  }
  return [...queues];
}

/** The platform takes one consumer a queue, over all workers. */
function reportConsumers(blocks: readonly EdgeBlock[], findings: Findings): void {
  const seen = new Set<string>();
  for (const { queue, range } of blocks.flatMap((block) => block.consumers)) {
    if (seen.has(queue)) findings.report(range, codes.duplicateConsumer({ queue }));
    seen.add(queue);
  }
}
