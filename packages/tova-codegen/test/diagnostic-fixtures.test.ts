// Every code of the registry has a fixture that triggers it, and one close by that does not.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src/compile";
import type { Message } from "../src/diagnostics/diagnostic";
import { codes as registry } from "../src/diagnostics/registry";
import type { ModuleLinks } from "../src/model/modules";
import { outline } from "../src/outline";

const folder = join(__dirname, "fixtures", "diagnostics");

/** Stands for a word of a program, and for a list with that word, so that it suits every message. */
const anything = Object.assign(["word"], { toLowerCase: () => "word" });
const anyArgs = new Proxy({}, { get: () => anything });

const messages = Object.values(registry).map((make) =>
  (make as (args: object) => Message)(anyArgs),
);
/** Codes of what tova-cli finds in packages, which the compiler never sees. */
const isFoundByCli = (code: string): boolean => {
  const file = join(folder, `${code}.tova`);
  return existsSync(file) && readFileSync(file, "utf8").startsWith("// reported by tova-cli");
};
const codes = [...new Set(messages.map(({ code }) => code))].filter((code) => !isFoundByCli(code));

function diagnose(name: string) {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  if (existsSync(join(folder, `${name}.tova`))) {
    const text = read(`${name}.tova`);
    const links = /^\/\/ modules: (.*)/.exec(text)?.[1] ?? "{}";
    const modules: ModuleLinks = new Map(Object.entries(JSON.parse(links)));
    return compile(text, { fileName: `${name}.tova`, modules }).diagnostics;
  }
  const text = read(`${name}.deploy.toml`);
  const environment = /^# environment: (\S+)/.exec(text)?.[1];
  return outline(read("program.tova"), {
    fileName: "program.tova",
    deploy: { fileName: `${name}.deploy.toml`, text },
    ...(environment === undefined ? {} : { environment }),
  }).diagnostics;
}

describe.each(codes)("%s", (code) => {
  test("is reported once, with its severity and what to do", () => {
    const found = diagnose(code).filter((diagnostic) => diagnostic.code === code);
    const severities = messages.filter((message) => message.code === code);
    expect(found).toHaveLength(1);
    expect(severities.map(({ severity }) => severity)).toContain(found[0]?.severity);
    expect(found[0]?.message).toMatch(/\.$/);
    expect(found[0]?.help).toMatch(/[.?]$/);
  });

  test("is not reported for the correct program close by", () => {
    expect(diagnose(`${code}.ok`)).toEqual([]);
  });
});

/** Programs of `triggers.txt`: by code, those that are reported for it and those that are not. */
const programs = readFileSync(join(folder, "../triggers.txt"), "utf8")
  .split(/^# /m)
  .slice(1)
  .flatMap((section) => {
    const [code = "", ...lines] = section.split("\n");
    return lines
      .filter((line) => line !== "")
      .map((line) => ({ code, line, expected: line.startsWith("! ") ? [code] : [] }));
  });

test.each(programs)("$code: $line", ({ line, expected }) => {
  const source = line
    .slice(2)
    .replace(/ ⏎ /g, "\n")
    .replace(/\bEDGE\b/, 'edge { secret K route GET "/a" => fn() 1 }');
  const { diagnostics } = compile(source, { fileName: "x.tova" });
  expect(diagnostics.map(({ code, message }) => (expected[0] === code ? code : message))).toEqual(
    expected,
  );
});

test("each code has three programs that are reported for it, and three that are not", () => {
  // What takes a deploy file or several files has tests of its own.
  const others = /^(E401|E_DEPLOY_\w+|E_UNKNOWN_ENVIRONMENT)$/;
  const wanted = codes.filter((code) => !others.test(code));
  const few = [true, false].flatMap((isReported) => {
    const counts = (code: string): number =>
      programs.filter((one) => one.code === code && one.expected.length > 0 === isReported).length;
    return wanted.filter((code) => counts(code) < 2);
  });
  expect(few).toEqual([]);
  expect(programs.filter(({ code }) => !wanted.includes(code))).toEqual([]);
});

test("messages never show a missing argument", () => {
  for (const { message, help } of messages)
    expect(`${message} ${help}`).not.toMatch(/undefined|\[object/);
});

test("what tova-cli finds in packages is tested there", () => {
  const tests = join(__dirname, "../../tova-cli/test");
  const texts = readdirSync(tests, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(tests, name), "utf8"))
    .join("\n");
  const found = messages.map(({ code }) => code).filter(isFoundByCli);
  expect(found).not.toEqual([]);
  for (const code of found) expect(texts).toContain(code);
});
