// The secret of `auth jwt` → whether a worker has what it names, and the source does not tell it.
import type { ast } from "tova-parser";
import { type Finding, Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { EdgeBlock } from "../../model/program";
import type { Security } from "../../model/security";
import { isWritten, literalOf } from "../literal";
import type { Resolution } from "../resolve";
import type { Variable } from "../scope";

/** A worker without the secret would let nobody in: it must declare the name that `auth` uses. */
export function checkSecret(
  security: Security | null,
  block: EdgeBlock,
  resolution: Resolution,
): readonly Finding[] {
  const findings = new Findings();
  const { kind = "secret", value: secret } = security?.auth?.key ?? {};
  const answers = block.routes.length > 0 || block.health !== null;
  if (secret?.kind !== "Identifier" || !answers) return [];
  const variable = resolution.variables.get(secret);
  if (variable) {
    if (kind === "secret") checkSource(secret, variable, block, resolution, findings);
    return findings.list;
  }
  const name = block.name === null ? "The edge block" : `The edge block \`${block.name}\``;
  const message = { name: secret.name, block: name, option: kind };
  const declare = kind === "secret" ? "secret" : "env";
  findings.report(secret, codes.secretNotDeclared({ ...message, declare }));
  return findings.list;
}

/** With what stands in the source anybody who reads it could sign tokens. */
function checkSource(
  secret: ast.Identifier,
  variable: Variable,
  { env }: EdgeBlock,
  { values }: Resolution,
  findings: Findings,
): void {
  const value = values.get(variable);
  const isText = (literal: unknown) => typeof literal === "string" && literal !== "";
  if (value && isWritten(value) && literalOf(value) !== "")
    findings.report(secret, codes.hardcodedSecret({}));
  if (variable.kind !== "binding") return;
  const { literal, range } = env.find(({ name }) => name === variable.name) ?? {};
  if (range && isText(literal)) findings.report(range, codes.defaultSecret({ name: secret.name }));
}
