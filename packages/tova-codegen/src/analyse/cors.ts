// The entries of `cors { }` → a policy with its defaults (spec 11.5).
import type { ast } from "tova-parser";
import type { Findings } from "../diagnostics/diagnostic";
import { codes } from "../diagnostics/registry";
import type { Cors } from "../model/program";
import { literalOf, wordsOf } from "./literal";
import { methods } from "./methods";
import { isOrigin } from "./origin";

const keys = ["origins", "methods", "headers", "credentials", "max_age"];

/** Reads a `cors` member; what it cannot read is reported and keeps its default. */
export function readCors(member: ast.CorsMember, findings: Findings): Cors {
  const config = new Map<string, ast.ConfigEntry>();
  for (const entry of member.config) {
    if (keys.includes(entry.key.name)) config.set(entry.key.name, entry);
    else findings.report(entry.key, codes.corsKey({ key: entry.key.name, known: keys }));
  }
  const listed = readOrigins(config.get("origins"), findings);
  const origins = listed?.includes("*") ? null : listed;
  const credentials = config.get("credentials");
  let allowed = false;
  if (credentials?.value.kind === "Boolean") allowed = credentials.value.value;
  else if (credentials) reportValue(credentials, "`true` or `false`", findings);
  if (allowed && origins === null && credentials) {
    findings.report(credentials, codes.corsWildcard({}));
    allowed = false;
  }
  return {
    range: { from: member.from, to: member.to },
    origins,
    methods: readMethods(config.get("methods"), findings),
    headers: readWords(config.get("headers"), "a list of header names", findings) ?? [
      "Content-Type",
      "Authorization",
    ],
    credentials: allowed,
    maxAge: readMaxAge(config.get("max_age"), findings),
  };
}

function readMaxAge(entry: ast.ConfigEntry | undefined, findings: Findings): number {
  if (!entry) return 86400;
  const value = literalOf(entry.value);
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  reportValue(entry, "a whole number of seconds", findings);
  return 86400;
}

function reportValue(entry: ast.ConfigEntry, expected: string, findings: Findings): void {
  findings.report(entry.value, codes.corsValue({ key: entry.key.name, expected }));
}

/** The words of a list; null, once reported, when the value is anything else. */
function readWords(
  entry: ast.ConfigEntry | undefined,
  expected: string,
  findings: Findings,
): readonly string[] | null {
  if (!entry) return null;
  const words = wordsOf(entry.value);
  if (words?.every((word) => /^[^\s,]+$/.test(word))) return words;
  reportValue(entry, expected, findings);
  return null;
}

/** The member of a list that a word of `readWords` comes from. */
const memberOf = ({ value }: ast.ConfigEntry, index: number): ast.Expression | ast.Spread =>
  (value.kind === "Array" ? value.elements[index] : undefined) ?? value;

/** Null: any origin. A list that cannot be read allows none, so that a mistake opens nothing. */
function readOrigins(
  entry: ast.ConfigEntry | undefined,
  findings: Findings,
): readonly string[] | null {
  if (!entry) return null;
  const expected = "a list of origins, as strings";
  const origins = readWords(entry, expected, findings) ?? [];
  for (const [index, origin] of origins.entries()) {
    if (origin === "*" || origin === "null" || isOrigin(origin)) continue;
    const node = memberOf(entry, index);
    if (node.kind === "Identifier") {
      findings.report(node, codes.corsValue({ key: "origins", expected }));
      continue;
    }
    const help = origin.includes("*")
      ? "List each origin that may ask."
      : "Write scheme, host and port only, as in `https://example.com`.";
    findings.report(node, codes.corsOrigin({ origin, help }));
  }
  return origins;
}

function readMethods(entry: ast.ConfigEntry | undefined, findings: Findings): readonly string[] {
  const words = readWords(entry, "a list of methods, such as `[GET, POST]`", findings);
  if (words === null || !entry) return methods.filter((method) => method !== "HEAD");
  return words.map((word, index) => {
    const method = word.toUpperCase();
    if (!methods.includes(method)) {
      findings.report(memberOf(entry, index), codes.method({ method: word, known: methods }));
    }
    return method;
  });
}
