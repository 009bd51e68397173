// The options of `check`, as its target passes them on.
import runCheck from "../src/executors/check/executor";
import { create, workspace } from "./infer";

test.each([
  ["pretty", "shop.tova:1:"],
  ["github", "::error file=shop.tova,line=1,"],
  ["json", '"code": "'],
  ["sarif", '"semanticVersion": "'],
] as const)("findings are shown as %s", async (format, shown) => {
  create({
    "shop.tova": 'edge "api" { target: "cloudflare" route GET "/" => fn() { return = } }\n',
  });
  const written: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((text) => written.push(String(text)) > 0),
  );
  try {
    expect(await runCheck({ file: "shop.tova", format }, workspace)).toEqual({ success: false });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  expect(written.join("\n")).toContain(shown);
});

test.each([
  [{}, true],
  [{ strict: true }, false],
  [{ maxWarnings: 0 }, false],
])("a warning with %j", async (options, success) => {
  create({ "shop.tova": "pub fn total(rows) { sum(rows) * taxx }\n" });
  const spy = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const out = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    expect(await runCheck({ file: "shop.tova", ...options }, workspace)).toEqual({ success });
  } finally {
    spy.mockRestore();
    out.mockRestore();
  }
});
