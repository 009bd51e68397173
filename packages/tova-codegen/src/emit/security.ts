// What a file's security blocks ask → the checks around a worker's routes (spec 12).
import type { ast } from "tova-parser";
import { typesOf } from "../analyse/types-of";
import type { ModuleNeed } from "../model/modules";
import type { EdgeBlock } from "../model/program";
import type { JwtKey, RateLimit, Security, Sensitive } from "../model/security";
import { type Context, helper, variableName, workerEnv } from "./context";
import { emitExpression } from "./expression";
import { anyOf } from "./path";
import { braces, type Code, list } from "./writer";

const text = JSON.stringify;

/**
 * Emits what stands before a worker's routes: who may come, how often, and from where. Returns the
 * name of the function that now answers.
 */
export function emitGuards(cx: Context, block: EdgeBlock, facts: Facts, answering: string): string {
  const { security } = facts;
  if (!security) return answering;
  return emitCsrf(cx, security, emitGuard(cx, block, security, answering));
}

interface Facts {
  readonly security: Security | null;
}

/** Requests are counted after the token is read, which tells users apart, and before a refusal. */
function emitGuard(cx: Context, block: EdgeBlock, security: Security, answering: string): string {
  const { protects, auth, rateLimit } = security;
  if (protects.length === 0 && !auth && !rateLimit) return answering;
  if (protects.length === 0 && block.limiters.length === 0) {
    const args = list([emitAuthentication(cx, security), answering]);
    cx.out.push(["const $guarded = ", helper(cx, "identify"), "(", args, ");"]);
    return "$guarded";
  }
  const rules = protects.map((rule): Code => {
    const limit = emitLimiter(cx, block, rule.rateLimit);
    const role = rule.open ? false : (rule.role?.toLowerCase() ?? null);
    const parts = [`/${rule.expression}/`, text(role)];
    return ["[", list(limit === null ? parts : [...parts, limit]), "]"];
  });
  const args: Code[] = [["[", list(rules), "]"], emitAuthentication(cx, security), answering];
  if (block.limiters.length === 0) {
    cx.out.push(["const $guarded = ", helper(cx, "guard"), "(", list(args), ");"]);
  } else {
    const overall = emitLimiter(cx, block, rateLimit) ?? "null";
    const limits = [...args, overall, String(security.trustsProxy)];
    cx.out.push(["const $guarded = ", helper(cx, "guardCounting"), "(", list(limits), ");"]);
  }
  return "$guarded";
}

/** What counts for a limit, and its window; null without a limit. */
function emitLimiter(cx: Context, { limiters }: EdgeBlock, limit: RateLimit | null): string | null {
  const found = limiters.find((limiter) => limiter.limit === limit);
  if (!found) return null;
  return `{ counter: () => ${workerEnv(cx)}.${found.binding}, window: ${found.limit.window} }`;
}

function emitCsrf(cx: Context, { csrf }: Security, answering: string): string {
  if (!csrf) return answering;
  const { code, places } = anyOf(csrf.exempt);
  const declared = places.length > 0 ? [`let ${places.join(", ")};`] : [];
  const isExempt: Code = ["(path) => ", braces([...declared, `return ${code};`])];
  const args: Code[] = [isExempt, text(csrf.trusted), answering];
  cx.out.push(["const $own = ", helper(cx, "refuseOtherSites"), "(", list(args), ");"]);
  return "$own";
}

/** The key is read for each request, when the platform has bound it. */
function emitAuthentication(cx: Context, { auth }: Security): Code {
  if (!auth) return "async () => null";
  const { key, issuer, audience } = auth;
  const value = emitExpression(cx, key.value);
  if (key.kind === "secret") {
    const args: Code[] = ["request", value, text(issuer), text(audience)];
    return ["(request) => ", helper(cx, "verifyJwt"), "(", list(args), ")"];
  }
  const options = {
    algorithms: key.algorithms,
    ...(issuer === null ? {} : { issuer }),
    ...(audience === null ? {} : { audience }),
  };
  const name = key.kind === "jwks" ? "jwksVerifier" : "publicKeyVerifier";
  const args = [...joseOf(key).map((one) => `$${one}`), text(options)];
  cx.out.push(["const $verify = ", helper(cx, name), "(", list(args), ");"]);
  return ["(request) => $verify(request, ", value, ")"];
}

const joseOf = ({ kind }: JwtKey): readonly string[] =>
  kind === "jwks" ? ["createRemoteJWKSet", "jwtVerify"] : ["importSPKI", "jwtVerify"];

/** What a worker needs of the library for signatures of public keys. */
export function securityNeeds(block: EdgeBlock, security: Security | null): readonly ModuleNeed[] {
  const answers = block.routes.length > 0 || block.health !== null;
  if (!security?.auth || security.auth.key.kind === "secret" || !answers) return [];
  return [{ specifier: "tova:jose", names: joseOf(security.auth.key) }];
}

/** Code that gives the result of a call for `request` → the same without what its sender may not see. */
export type Hide = (call: string) => string;

/** Emits what takes the sensitive fields of the worker's own records out of results; null without any. */
export function emitHiding(
  cx: Context,
  security: Security | null,
  statements: readonly ast.Statement[],
): Hide | null {
  const rules = (security?.sensitive ?? []).flatMap((rule) => emitFieldRules(cx, rule, statements));
  if (rules.length === 0) return null;
  cx.out.push(["const $hidden = ", helper(cx, "hiding"), "([", list(rules), "]);"]);
  return (call) => `$hidden(request, ${call})`;
}

function emitFieldRules(
  cx: Context,
  { type, field, visibleTo }: Sensitive,
  statements: readonly ast.Statement[],
): readonly Code[] {
  const seenBy = text(visibleTo?.map((role) => role.toLowerCase()) ?? null);
  // A worker that does not use the record has no definition of it.
  const records = typesOf(statements).filter(({ name }) => name.name === type.name);
  return records.map(({ name }) => {
    return `[${variableName(cx, name) ?? name.name}, ${text(field)}, ${seenBy}]`;
  });
}

/** The response with the headers of `csp` and `hsts`. */
export function emitHeaders(cx: Context, security: Security | null, response: Code): Code {
  if (!security || security.headers.length === 0) return response;
  const headers = security.headers.map(([name, value]): Code => `${text(name)}: ${text(value)},`);
  cx.out.push(["const $headers = ", braces(headers), ";"]);
  return [helper(cx, "withHeaders"), "(", list([response, "$headers"]), ")"];
}
