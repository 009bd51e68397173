// The configuration of a worker for Deno, run by Deno itself.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { compile } from "../src";

const deno = resolve(__dirname, "../../../node_modules/.bin/deno");

test.each(["pipeline", "my app", "a$(b)&c;d'e\"f"])(
  "`start` runs the worker of %s.tova",
  (stem) => {
    const source = 'edge "x" { target: "deno" route GET "/" => fn() 1 }';
    const [worker] = compile(source, { fileName: `${stem}.tova` }).workers;
    const { config, fileName = "" } = worker ?? {};
    const folder = mkdtempSync(join(tmpdir(), "tova-deno-"));
    try {
      writeFileSync(join(folder, fileName), 'console.log("started")');
      writeFileSync(join(folder, config?.fileName ?? ""), config?.text ?? "");
      const args = ["task", "--quiet", "--config", config?.fileName ?? "", "start"];
      const env = { ...process.env, DENO_NO_UPDATE_CHECK: "1" };
      const options = { cwd: folder, encoding: "utf8", env, stdio: "pipe" } as const;
      expect(execFileSync(deno, args, options)).toContain("started");
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
