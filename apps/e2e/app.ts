// The name of an app in, its program running in workerd, and the commands of its README, out.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type RunningProgram, startProgram } from "tova-cli";
import { eventually, stepsOf, wrongSteps } from "./transcript";

/** Starts `apps/<name>/<name>.tova` with these values of its variables and secrets. */
export const startApp = (
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<RunningProgram> =>
  startProgram({ file: `${name}.tova`, cwd: join(__dirname, "..", name), variables });

/** A request with a JSON body, or another method. */
export const sending = (body: unknown, init: RequestInit = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  ...init,
});

/** Runs the schedules of the first worker with this cron: `ok`, or `exception` when one failed. */
export async function runCron({ workers }: RunningProgram, cron: string): Promise<string> {
  const query = new URLSearchParams({ cron });
  return (await fetch(`${workers[0]?.url}/cdn-cgi/handler/scheduled?${query}`)).text();
}

/** Waits for a line of the program's log, which comes a little after what it is about. */
export const logs = (program: RunningProgram, line: RegExp): Promise<boolean> =>
  eventually(
    () => program.log.some((each) => line.test(each)),
    (found) => found,
  );

/** Runs the commands under "Try it" of an app's README: how many there are, and the wrong ones. */
export async function tryReadme(name: string, program: RunningProgram) {
  const readme = readFileSync(join(__dirname, "..", name, "README.md"), "utf8");
  const block = /^## Try it$[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
  return { wrong: await wrongSteps(block, program), count: stepsOf(block).length };
}
