// What a file's security blocks ask → the checks around a worker's routes (spec 12).
import type { ast } from "tova-parser";
import { typesOf } from "../analyse/types-of";
import type { Security, Sensitive } from "../model/security";
import { type Context, helper, variableName } from "./context";
import { emitExpression, list } from "./expression";
import { braces, type Code } from "./writer";

const text = JSON.stringify;

/** Emits the guard of protected paths; returns the name of the function that now answers. */
export function emitGuard(cx: Context, security: Security | null, answering: string): string {
  if (!security || (security.protects.length === 0 && !security.auth)) return answering;
  const rules = security.protects.map(({ expression, role }) => {
    return `[/${expression}/, ${text(role?.toLowerCase() ?? null)}]`;
  });
  const args: Code[] = [`[${rules.join(", ")}]`, emitAuthentication(cx, security), answering];
  cx.out.push(["const $guarded = ", helper(cx, "guard"), "(", list(args), ");"]);
  return "$guarded";
}

/** The secret is read for each request, when the platform has bound it. */
function emitAuthentication(cx: Context, { auth }: Security): Code {
  if (!auth) return "async () => null";
  const secret = emitExpression(cx, auth.secret);
  const args: Code[] = ["request", secret, text(auth.issuer), text(auth.audience)];
  return ["(request) => ", helper(cx, "verifyJwt"), "(", list(args), ")"];
}

/** The dispatcher whose results leave without the sensitive fields of the worker's own records. */
export function emitHiding(
  cx: Context,
  security: Security | null,
  statements: readonly ast.Statement[],
): Code {
  const rules = (security?.sensitive ?? []).flatMap((rule) => emitFieldRules(cx, rule, statements));
  if (rules.length === 0) return "$dispatch";
  return [helper(cx, "hiding"), "($dispatch, [", list(rules), "])"];
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
