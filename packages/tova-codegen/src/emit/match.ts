// `match` → `if` statements of which exactly one runs (spec 7).
import type { ast } from "tova-parser";
import {
  type Context,
  type Destination,
  enterBlock,
  freshName,
  spill,
  toVariable,
} from "./context";
import { emitExpression } from "./expression";
import { hoists, isStable } from "./hoisting";
import { emitPattern, type Matched } from "./pattern";
import { emitStatements, emitValueTo } from "./statement";
import { braces, type Code, join } from "./writer";

interface Arm extends Matched {
  readonly node: ast.MatchArm;
}

/** A `match` whose value is used where it stands. */
export function emitMatchValue(cx: Context, node: ast.Match): Code {
  const name = freshName(cx);
  cx.out.push(["let ", name, ";"]);
  emitMatch(cx, node, toVariable(name));
  return name;
}

/** A `match` whose arms give their value to a destination. */
export function emitMatch(cx: Context, node: ast.Match, destination: Destination): void {
  const subject = emitSubject(cx, node);
  const arms = node.arms.map(
    (arm): Arm => ({ ...emitPattern(cx, arm.pattern, subject), node: arm }),
  );
  const late = arms.some((arm) => needsBindings(cx, arm));
  if (late) emitLabelled(cx, arms, destination);
  else cx.out.push([node.from, emitChain(cx, arms, 0, destination)]);
  if (arms.length === 0) cx.out.pop();
}

/** The subject, evaluated once, as code that may be repeated. */
function emitSubject(cx: Context, { subject, arms }: ast.Match): Code {
  const value = emitExpression(cx, subject);
  const stable = isStable(cx, subject);
  if (stable && subject.kind === "Identifier") return value;
  const read = arms.some(({ pattern }) => pattern.kind !== "NamePattern" || pattern.name !== "_");
  if (read) return spill(cx, value);
  if (!stable) cx.out.push(["void (", value, ");"]);
  return "undefined";
}

/** True when a guard can only be tested once the pattern's names are bound. */
function needsBindings(cx: Context, { node, bindings, declares }: Arm): boolean {
  if (declares.length > 0) return true;
  return node.guard !== null && (bindings.length > 0 || hoists(cx, node.guard));
}

function testOf(cx: Context, { tests, node }: Arm): Code | null {
  const guard = node.guard ? [["(", emitExpression(cx, node.guard), ")"]] : [];
  const all = [...tests, ...guard];
  return all.length > 0 ? join(all, " && ") : null;
}

function emitChain(
  cx: Context,
  arms: readonly Arm[],
  index: number,
  destination: Destination,
): Code {
  const arm = arms[index];
  if (!arm) return "{}";
  const test = testOf(cx, arm);
  const body = emitArm(cx, arm, destination);
  if (test === null) return body;
  const head: Code = ["if (", arm.node.from, test, ") ", body];
  if (index + 1 >= arms.length) return head;
  return [head, " else ", emitChain(cx, arms, index + 1, destination)];
}

function emitArm(cx: Context, arm: Arm, destination: Destination): Code {
  const inside = enterBlock(cx);
  bind(inside, arm);
  runArm(inside, arm, destination);
  return braces(inside.out);
}

function bind(inside: Context, { bindings }: Arm): void {
  for (const { name, from, value } of bindings) {
    inside.out.push([from, "const ", name, " = ", value, ";"]);
  }
}

function runArm(inside: Context, { node }: Arm, destination: Destination): void {
  if (node.body.kind === "Block") emitStatements(inside, node.body.body, destination);
  else emitValueTo(inside, node.body, destination);
}

/** Each arm leaves a labelled block when it has run, so that a guard may follow its bindings. */
function emitLabelled(cx: Context, arms: readonly Arm[], destination: Destination): void {
  const label = freshName(cx);
  const block = enterBlock(cx);
  const leaves = destination.kind !== "return";
  for (const arm of arms) {
    const inside = enterBlock(block);
    bind(inside, arm);
    const run = arm.node.guard ? enterBlock(inside) : inside;
    runArm(run, arm, destination);
    run.out.push(leaves ? `break ${label};` : "return;");
    if (arm.node.guard) {
      const guard = emitExpression(inside, arm.node.guard);
      inside.out.push(["if (", guard, ") ", braces(run.out)]);
    }
    const test = arm.tests.length > 0 ? ["if (", join(arm.tests, " && "), ") "] : "";
    const body: Code = [arm.node.from, test, braces(inside.out)];
    block.out.push(arm.declares.length > 0 ? braces([...arm.declares, body]) : body);
  }
  cx.out.push([leaves ? `${label}: ` : "", braces(block.out)]);
}
