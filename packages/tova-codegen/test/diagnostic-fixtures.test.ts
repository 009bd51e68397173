// Every code of edge blocks, security blocks and deploy files has a fixture that triggers it, and one close by that does not.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../src/compile";
import { deployCodes } from "../src/diagnostics/deploy-codes";
import type { Message } from "../src/diagnostics/diagnostic";
import { edgeCodes } from "../src/diagnostics/edge-codes";
import { securityCodes } from "../src/diagnostics/security-codes";
import { outline } from "../src/outline";

const folder = join(__dirname, "fixtures", "diagnostics");

/** Arguments that suit every message of the registry. */
const anyArgs = new Proxy({}, { get: (_, key) => (key === "known" ? ["word"] : "word") });

const messages = Object.values({ ...edgeCodes, ...securityCodes, ...deployCodes }).map((make) =>
  (make as (args: object) => Message)(anyArgs),
);
const codes = [...new Set(messages.map(({ code }) => code))];

function diagnose(name: string) {
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  if (existsSync(join(folder, `${name}.tova`))) {
    return compile(read(`${name}.tova`), { fileName: `${name}.tova` }).diagnostics;
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

test("messages never show a missing argument", () => {
  for (const { message, help } of messages)
    expect(`${message} ${help}`).not.toMatch(/undefined|\[object/);
});
