// `csp` and `hsts` rules → the values of their response headers.
import type { ast } from "tova-parser";
import type { Findings } from "../../diagnostics/diagnostic";
import { codes } from "../../diagnostics/registry";
import { literalOf, wordOf } from "../literal";
import { readEntries, readWords } from "./entries";

/** Source keywords that stand in quotes (www.w3.org/TR/CSP3, keyword-source and hash-source). */
const keyword =
  /^(self|none|unsafe-[a-z-]+|strict-dynamic|report-(sample|sha\d+)|wasm-unsafe-eval|trusted-types-eval|inline-speculation-rules|(nonce|sha\d+)-.+)$/;

/** Words that stand in quotes in one directive (w3c.github.io/trusted-types, and `webrtc` of CSP3). */
const keywordIn: Readonly<Record<string, RegExp>> = {
  require_trusted_types_for: /^script$/,
  trusted_types: /^allow-duplicates$/,
  webrtc: /^(allow|block)$/,
};

/** A header has ASCII only, spaces between sources and `;` between directives. */
const sourceText = /^[!-+\--:<-~]*$/;

/** What browsers know (www.w3.org/TR/CSP3, and the specifications that it lists); they skip the rest. */
const directives = [
  ...["default_src", "script_src", "script_src_elem", "script_src_attr", "style_src"],
  ...["style_src_elem", "style_src_attr", "img_src", "font_src", "connect_src", "media_src"],
  ...["object_src", "frame_src", "child_src", "worker_src", "manifest_src", "prefetch_src"],
  ...["fenced_frame_src", "base_uri", "form_action", "frame_ancestors", "navigate_to"],
  ...["report_uri", "report_to", "require_trusted_types_for", "trusted_types", "webrtc"],
  ...["require_sri_for"],
];

/** Those that stand alone, or may. */
const flags = ["upgrade_insecure_requests", "block_all_mixed_content", "sandbox"];

/** `csp { default_src: ["self"] }` → `default-src 'self'`, which is also that of an empty rule. */
export function readCsp(rule: ast.SecurityRule, findings: Findings): string {
  const entries = [...readEntries(rule, [...directives, ...flags], findings).values()];
  const lines = entries.flatMap((entry) => {
    const name = entry.key.name.replaceAll("_", "-");
    const flag = flags.includes(entry.key.name) ? literalOf(entry.value) : null;
    if (typeof flag === "boolean") return flag ? [name] : [];
    const single = wordOf(entry.value);
    const words = single === null ? (readWords(entry, findings) ?? []) : [single];
    for (const word of words) {
      if (sourceText.test(word)) continue;
      const expected = "each source as a string of its own, of letters that headers can have";
      findings.report(
        entry.value,
        codes.securityValue({ what: `The source \`${word}\``, expected }),
      );
    }
    const isKeyword = (word: string) =>
      keyword.test(word) || keywordIn[entry.key.name]?.test(word) === true;
    const sources = words.map((word) => (isKeyword(word) ? `'${word}'` : word));
    return [[name, ...sources].join(" ")];
  });
  return entries.length === 0 ? "default-src 'self'" : lines.join("; ");
}

const hstsKeys = ["max_age", "include_subdomains", "preload"];

/** `hsts { max_age: 31536000 }` → `max-age=31536000`; seconds, a year by default. */
export function readHsts(rule: ast.SecurityRule, findings: Findings): string {
  const entries = readEntries(rule, hstsKeys, findings);
  const age = entries.get("max_age");
  const seconds = age ? literalOf(age.value) : 31536000;
  if (typeof seconds !== "number" || !Number.isInteger(seconds) || seconds < 0) {
    const expected = "a whole number of seconds";
    findings.report(age?.value ?? rule, codes.securityValue({ what: "`max_age`", expected }));
  }
  const flag = (key: string, text: string) => {
    const entry = entries.get(key);
    return entry && literalOf(entry.value) === true ? [text] : [];
  };
  return [
    `max-age=${seconds}`,
    ...flag("include_subdomains", "includeSubDomains"),
    ...flag("preload", "preload"),
  ].join("; ");
}
