// `auth jwt { … }` → how the tokens of requests are checked (spec 12).
import type { ast, SourceRange } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import type { Algorithms, JwtAuth, JwtKey } from "../../model/security";
import { isWritten, literalOf, wordOf } from "../literal";
import { readEntries, readWords } from "./entries";

const keyKinds = ["secret", "public_key", "jwks"] as const;

const keys = [
  ...keyKinds,
  ...["issuer", "audience", "algorithm", "algorithms", "storage", "expires"],
];

type Entries = ReadonlyMap<string, ast.ConfigEntry>;

/** Null without the rule, and, once reported, for one that could check no token. */
export function readAuth(rule: ast.SecurityRule | undefined, findings: Findings): JwtAuth | null {
  if (!rule) return null;
  if (rule.subject !== "jwt") {
    findings.report(rule, codes.authType({ type: rule.subject ?? "" }));
    return null;
  }
  const entries = readEntries(rule, keys, findings);
  const text = (key: string): string | null => {
    const entry = entries.get(key);
    const value = entry ? literalOf(entry.value) : null;
    if (entry && typeof value !== "string") {
      reportValue(entry, `a string for \`${key}\``, findings);
    }
    return typeof value === "string" ? value : null;
  };
  const key = readKey(rule, entries, findings);
  return key && { range: rule, key, issuer: text("issuer"), audience: text("audience") };
}

function readKey(rule: ast.SecurityRule, entries: Entries, findings: Findings): JwtKey | null {
  const given = keyKinds.filter((kind) => entries.has(kind));
  const [kind] = given;
  const value = kind && entries.get(kind)?.value;
  // What is missing may stand there by another name.
  if (!kind && entries.size < rule.config.length) return null;
  if (!kind || !value || given.length > 1) {
    const choice = 'one of `secret: NAME`, `public_key: NAME` and `jwks: "https://…"`';
    reportValue(rule, `${choice} in \`auth jwt\``, findings);
    return null;
  }
  const algorithms = readAlgorithms(entries, kind === "secret" ? shared : asymmetric, findings);
  if (kind === "secret") {
    if (isWritten(value)) findings.report(value, codes.hardcodedSecret({}));
    checkDefault(value, findings);
    return { kind, value };
  }
  if (kind === "jwks") {
    checkAddress(value, findings);
    return { kind, value, algorithms: algorithms ?? ["RS256", "ES256"] };
  }
  // The text of a key does not say what it is for.
  if (algorithms?.length !== 1) {
    reportValue(rule, '`public_key: NAME, algorithm: "ES256"`, with one algorithm', findings);
  }
  return { kind, value, algorithms: algorithms ?? [] };
}

/** `env("JWT_KEY", "dev")`: with a key that stands in the source anybody who reads it signs tokens. */
function checkDefault(value: ast.Expression, findings: Findings): void {
  if (value.kind !== "Call" || value.callee.kind !== "Identifier" || value.callee.name !== "env") {
    return;
  }
  const [name, fallback] = value.args.map((argument) =>
    argument.kind === "Spread" || argument.kind === "NamedArgument" ? null : literalOf(argument),
  );
  if (typeof name !== "string" || typeof fallback !== "string" || fallback === "") return;
  findings.report(value, codes.defaultSecret({ name }));
}

const shared = ["HS256"];
const asymmetric = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"],
];

/**
 * A token names its own algorithm: taken at its word, one signed with the text of a public key as
 * a shared secret would pass. So the two kinds never meet.
 */
function readAlgorithms(
  entries: Entries,
  known: readonly string[],
  findings: Findings,
): Algorithms | null {
  const entry = entries.get("algorithms") ?? entries.get("algorithm");
  if (!entry) return null;
  const single = wordOf(entry.value);
  const words = single === null ? (readWords(entry, findings) ?? []) : [single];
  for (const word of words) {
    if (known.includes(word)) continue;
    const what = `The algorithm \`${word}\``;
    const expected = `${known.map((one) => `\`"${one}"\``).join(", ")} with this key`;
    findings.report(entry.value, codes.securityValue({ what, expected }));
  }
  return words.length > 0 ? words : null;
}

/** Keys that come over an open line could be anybody's. */
function checkAddress(value: ast.Expression, findings: Findings): void {
  const address = literalOf(value);
  if (address === null) return;
  const url = typeof address === "string" && URL.canParse(address) ? new URL(address) : null;
  const local = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url?.protocol === "https:" || local) return;
  const expected = '`jwks: "https://issuer.example/.well-known/jwks.json"`';
  findings.report(value, codes.securityValue({ what: "The address of `jwks`", expected }));
}

function reportValue(range: SourceRange, expected: string, findings: Findings): void {
  findings.report(range, codes.securityValue({ what: "This rule", expected }));
}
