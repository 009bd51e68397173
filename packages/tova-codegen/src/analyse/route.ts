// Route and health members → routes with parsed paths; groups are taken apart (spec 11.2, 11.6).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Health, Route } from "../model/program";
import { bodySize } from "./body-size";
import { plainText } from "./literal";
import { methods } from "./methods";
import { readPath } from "./path";

/** Reads one route; `prefix` is that of the groups around it. */
export function readRoute(member: ast.RouteMember, prefix: string, findings: Findings): Route {
  const method = member.method.name.toUpperCase();
  if (!methods.includes(method)) {
    findings.report(member.method, codes.method({ method: member.method.name, known: methods }));
  }
  const path = joinPath(prefix, textOf(member.path, "A route's path", findings));
  return {
    method,
    path,
    segments: readPath(path, member.path, findings),
    range: { from: member.from, to: member.to },
    head: { from: member.from, to: member.path.to },
    isKnown: plainText(member.path) !== null,
    handler: member.handler,
    body: member.bodyType,
    ...readDecorators(member, findings),
  };
}

const authentication = /^auth\s*(?:\(\s*(?:"([^"]+)"|([\p{L}_$][\p{L}\p{N}_$]*))?\s*\))?$/u;

const sizeLimit = /^max_body\s*\(\s*("?)([^"]*)\1\s*\)$/;

/** `with auth`, `with auth(Role)` and `with max_body("1mb")`; any other would do nothing. */
function readDecorators(
  member: ast.RouteMember,
  findings: Findings,
): Pick<Route, "requires" | "maxBody"> {
  let requires: Route["requires"] = null;
  let maxBody: Route["maxBody"] = null;
  for (const decorator of member.decorators) {
    const { name } = decorator;
    const match = authentication.exec(name);
    const size = sizeLimit.exec(name)?.[2];
    if (match) requires = { role: match[1] ?? match[2] ?? null, range: decorator };
    else if (size === undefined) findings.report(decorator, codes.decorator({ name }));
    else {
      maxBody = bodySize(size);
      if (maxBody === null) findings.report(decorator, codes.maxBody({ text: size }));
    }
  }
  return { requires, maxBody };
}

/** Reads the routes of a group and of the groups in it, in order. */
export function readGroup(group: ast.RouteGroup, prefix: string, findings: Findings): Route[] {
  const inner = joinPath(prefix, textOf(group.prefix, "A group's prefix", findings));
  return group.members.flatMap((member): Route[] => {
    if (member.kind === "RouteMember") return [readRoute(member, inner, findings)];
    if (member.kind === "RouteGroup") return readGroup(member, inner, findings);
    findings.report(member, codes.groupMember({}));
    return [];
  });
}

/** `/api/` and `/items` are `/api/items`; `/api` and `/` are `/api`, as a group's own address. */
function joinPath(prefix: string, path: string): string {
  if (prefix === "") return path;
  const base = prefix.replace(/\/+$/, "");
  if (path === "/" || path === "") return base === "" ? "/" : base;
  return path.startsWith("/") ? base + path : `${base}/${path}`;
}

/** Reads a health check. */
export function readHealth(member: ast.HealthMember, findings: Findings): Health {
  const path = textOf(member.path, "The path of a health check", findings, false);
  for (const check of member.checks) {
    if (check.name !== "check_memory") {
      findings.report(check, codes.healthCheck({ check: check.name }));
    }
  }
  return {
    range: { from: member.from, to: member.to },
    path,
    segments: readPath(path, member.path, findings),
    checksMemory: member.checks.some((check) => check.name === "check_memory"),
  };
}

function textOf(
  node: ast.StringLiteral,
  what: string,
  findings: Findings,
  hasParameters = true,
): string {
  const text = plainText(node);
  if (text === null) {
    const part = node.parts.find((each) => typeof each !== "string");
    const name = hasParameters && part?.kind === "Identifier" ? { parameter: part.name } : {};
    findings.report(node, codes.notPlain({ what, ...name }));
  }
  return text ?? "/";
}
