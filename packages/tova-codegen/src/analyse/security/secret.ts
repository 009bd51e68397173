// The secret of `auth jwt` → whether a worker has what it names.
import { type Finding, Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { EdgeBlock } from "../../model/program";
import type { Security } from "../../model/security";
import type { Resolution } from "../resolve";

/** A worker without the secret would let nobody in: it must declare the name that `auth` uses. */
export function checkSecret(
  security: Security | null,
  block: EdgeBlock,
  resolution: Resolution,
): readonly Finding[] {
  const findings = new Findings();
  const { kind = "secret", value: secret } = security?.auth?.key ?? {};
  const answers = block.routes.length > 0 || block.health !== null;
  if (secret?.kind !== "Identifier" || !answers || resolution.variables.has(secret)) return [];
  const name = block.name === null ? "The edge block" : `The edge block \`${block.name}\``;
  const message = { name: secret.name, block: name, option: kind };
  const declare = kind === "secret" ? "secret" : "env";
  findings.report(secret, codes.secretNotDeclared({ ...message, declare }));
  return findings.list;
}
