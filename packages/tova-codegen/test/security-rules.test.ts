// Rules of security blocks → their headers, and the one mistake of each that cannot be enforced.
import { parse, read } from "tova-parser";
import { analyseProgram } from "../src/analyse/program";

const ruled = (rules: string) => {
  const source = `security { ${rules} }`;
  const { value, findings } = analyseProgram(read(parse(source).tree, source), source);
  return [value.security?.headers.map(([, text]) => text), findings.map(({ code }) => code)];
};

test.each([
  [
    'csp { img_src: "self", sandbox: true, upgrade_insecure_requests: true }',
    "img-src 'self'; sandbox; upgrade-insecure-requests",
  ],
  ["csp { default_src: [none], block_all_mixed_content: false }", "default-src 'none'"],
  ['csp { sandbox: ["allow-forms"], report_uri: "/csp" }', "sandbox allow-forms; report-uri /csp"],
  ["csp { }", "default-src 'self'"],
  [
    'csp { require_trusted_types_for: ["script"], trusted_types: ["one", "allow-duplicates"], webrtc: "block" }',
    "require-trusted-types-for 'script'; trusted-types one 'allow-duplicates'; webrtc 'block'",
  ],
  [
    'csp { script_src: ["inline-speculation-rules", "report-sha256", "script"], require_sri_for: ["script"] }',
    "script-src 'inline-speculation-rules' 'report-sha256' script; require-sri-for script",
  ],
])("%s", (rule, header) => expect(ruled(rule)).toEqual([[header], []]));

test.each([
  ['csp { default: ["self"] }', "E_SECURITY_KEY"],
  ['csp { img_src: ["self", "https://пример.example"] }', "E_SECURITY_VALUE"],
  ['csp { img_src: ["https://a.example/\u2028"] }', "E_SECURITY_VALUE"],
  ["csp { upgrade_insecure_requests: 1 }", "E_SECURITY_VALUE"],
  ["trust_proxy { hops: 1 }", "E_SECURITY_VALUE"],
  ["rate_limit { requests: 5, window: 60 }", "E_SECURITY_KEY"],
  ["rate_limit { max: 5 }", "W_INVALID_RATE_LIMIT"],
])("%s has one mistake", (rule, code) => expect(ruled(rule)[1]).toEqual([code]));
