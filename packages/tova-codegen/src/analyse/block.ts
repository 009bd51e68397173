// The members of all edge blocks of one name → one `EdgeBlock` of the model (spec 11).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type {
  Binding,
  Consumer,
  Cors,
  EdgeBlock,
  EnvVar,
  Health,
  Route,
  Schedule,
  Secret,
  TargetName,
} from "../model/program";
import { bodySize } from "./body-size";
import { readConsumer } from "./consumer";
import { readCors } from "./cors";
import { cronProblem, fiveFields } from "./cron";
import { reportHidden } from "./hidden-routes";
import { literalOf, plainText, wordOf } from "./literal";
import { memberForms } from "./member-forms";
import { readGroup, readHealth, readRoute } from "./route";

const targets: readonly string[] = ["cloudflare", "deno", "vercel", "lambda", "bun"];

/** The blocks of one name, in source order; never empty. */
export interface BlockGroup {
  readonly name: string | null;
  readonly parts: readonly ast.EdgeBlock[];
}

interface Draft {
  target: TargetName | null;
  cors: Cors | null;
  health: Health | null;
  onError: ast.Expression | null;
  maxBody: number | null;
  readonly bindings: Binding[];
  readonly env: EnvVar[];
  readonly secrets: Secret[];
  readonly middleware: ast.FunctionDeclaration[];
  readonly routes: Route[];
  readonly schedules: Schedule[];
  readonly consumers: Consumer[];
  readonly statements: ast.Statement[];
}

/** Makes one block of a group. `queues` are the names that any edge block of the file declares. */
export function analyseBlock(
  group: BlockGroup,
  queues: readonly string[],
  findings: Findings,
): EdgeBlock {
  const draft: Draft = {
    target: null,
    cors: null,
    health: null,
    onError: null,
    maxBody: null,
    bindings: [],
    env: [],
    secrets: [],
    middleware: [],
    routes: [],
    schedules: [],
    consumers: [],
    statements: [],
  };
  for (const { members } of group.parts) {
    members.forEach((member, i) => {
      if (reportWithoutColon(member, members[i + 1], findings)) return;
      readMember(draft, member, queues, findings);
    });
  }
  const ranges = group.parts.map((part) => part.header);
  const block: EdgeBlock = {
    name: group.name,
    target: draft.target ?? "cloudflare",
    ranges,
    cors: draft.cors,
    health: draft.health,
    onError: draft.onError,
    maxBody: draft.maxBody,
    bindings: draft.bindings,
    env: draft.env,
    secrets: draft.secrets,
    middleware: draft.middleware,
    routes: draft.routes,
    schedules: draft.schedules,
    consumers: draft.consumers,
    statements: draft.statements,
    // Of the file's security blocks, which are read after all edge blocks.
    limiters: [],
  };
  reportHidden(block.routes, block.health, findings);
  reportDuplicates(block, findings);
  if (!hasHandlers(block)) {
    const at = ranges[0] ?? { from: 0, to: 0 };
    findings.report(at, codes.noHandlers({ name: block.name }));
  }
  return block;
}

function hasHandlers(block: EdgeBlock): boolean {
  const lists = [block.routes, block.schedules, block.consumers];
  return block.health !== null || lists.some((list) => list.length > 0);
}

function readMember(
  draft: Draft,
  member: ast.EdgeMember,
  queues: readonly string[],
  findings: Findings,
): void {
  switch (member.kind) {
    case "ConfigEntry":
      readConfig(draft, member, findings);
      return;
    case "BindingMember":
      readBinding(draft, member);
      return;
    case "EnvMember": {
      const literal = member.fallback ? literalOf(member.fallback) : null;
      const { name } = member.name;
      draft.env.push({ name, range: rangeOf(member.name), fallback: member.fallback, literal });
      return;
    }
    case "SecretMember":
      draft.secrets.push({ name: member.name.name, range: rangeOf(member.name) });
      return;
    case "CorsMember":
      if (draft.cors) reportReplaced(member, "cors", findings);
      draft.cors = readCors(member, findings);
      return;
    case "HealthMember":
      if (draft.health) reportReplaced(member, "health", findings);
      draft.health = readHealth(member, findings);
      return;
    case "OnErrorMember":
      if (draft.onError) reportReplaced(member, "on_error", findings);
      draft.onError = member.handler;
      return;
    case "MiddlewareMember":
      draft.middleware.push(member.declaration);
      return;
    case "RouteMember":
      draft.routes.push(readRoute(member, "", findings));
      return;
    case "RouteGroup":
      for (const route of readGroup(member, "", findings)) draft.routes.push(route);
      return;
    case "ScheduleMember":
      draft.schedules.push(readSchedule(member, findings));
      return;
    case "ConsumeMember":
      draft.consumers.push(readConsumer(member, queues, findings));
      return;
    default:
      draft.statements.push(member);
  }
}

const rangeOf = ({ from, to }: ast.Name) => ({ from, to });

function reportReplaced(range: ast.EdgeMember, member: string, findings: Findings): void {
  findings.report(range, codes.replacedMember({ member }));
}

const settings = ["target", "max_body"];

/** Reports `target "deno"`, which reads as two statements: a name, and a text. */
function reportWithoutColon(
  member: ast.EdgeMember,
  next: ast.EdgeMember | undefined,
  findings: Findings,
): boolean {
  if (member.kind !== "ExpressionStatement" || next?.kind !== "ExpressionStatement") return false;
  const { expression } = member;
  const value = literalOf(next.expression);
  if (expression.kind !== "Identifier" || !settings.includes(expression.name)) return false;
  if (typeof value !== "string" && typeof value !== "number") return false;
  const sentence = { key: expression.name, value: JSON.stringify(value) };
  findings.report(member, codes.settingWithoutColon(sentence));
  return true;
}

function readConfig(draft: Draft, entry: ast.ConfigEntry, findings: Findings): void {
  const key = entry.key.name;
  if (key === "target") readTarget(draft, entry, findings);
  else if (key === "max_body") {
    if (draft.maxBody) reportReplaced(entry, key, findings);
    const value = literalOf(entry.value);
    draft.maxBody = bodySize(value);
    const text = value === null ? "This" : String(value);
    if (draft.maxBody === null) findings.report(entry.value, codes.maxBody({ text }));
  } else
    findings.report(
      entry.key,
      codes.unknownConfig({ key, known: settings, member: memberForms.get(key) ?? null }),
    );
}

function readTarget(draft: Draft, entry: ast.ConfigEntry, findings: Findings): void {
  if (draft.target) reportReplaced(entry, "target", findings);
  const word = wordOf(entry.value);
  draft.target = "cloudflare";
  if (word === null) findings.report(entry.value, codes.notPlain({ what: "The target" }));
  else if (!targets.includes(word)) {
    findings.report(entry.value, codes.unknownTarget({ target: word, known: targets }));
  } else draft.target = word as TargetName;
}

function readBinding(draft: Draft, member: ast.BindingMember): void {
  const { binding: kind, name } = member;
  draft.bindings.push({ kind, name: name.name, range: rangeOf(name) });
}

function readSchedule(member: ast.ScheduleMember, findings: Findings): Schedule {
  const name = plainText(member.name);
  if (name === null) {
    findings.report(member.name, codes.notPlain({ what: "The name of a schedule" }));
  }
  const cron = plainText(member.cron);
  if (cron === null) findings.report(member.cron, codes.notPlain({ what: "A cron expression" }));
  const found = cron === null ? null : cronProblem(cron);
  if (found) findings.report(member.cron, codes.cron({ cron: cron ?? "", ...found }));
  return {
    name: name ?? "",
    cron: fiveFields(cron ?? ""),
    range: { from: member.from, to: member.to },
    body: member.body,
  };
}

function reportDuplicates(block: EdgeBlock, findings: Findings): void {
  const names = new Set<string>();
  const declared = [...block.bindings, ...block.env, ...block.secrets];
  for (const { name, range } of declared.sort((a, b) => a.range.from - b.range.from)) {
    if (names.has(name)) findings.report(range, codes.duplicateBinding({ name }));
    names.add(name);
  }
  const schedules = new Set<string>();
  for (const { name, range } of block.schedules) {
    if (schedules.has(name)) findings.report(range, codes.duplicateSchedule({ name }));
    schedules.add(name);
  }
}
