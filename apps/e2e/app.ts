// The name of an app in, its program running in workerd, and the commands of its README, out.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type RunningProgram, startProgram } from "tova-cli";

const run = promisify(execFile);

/** Asks until what comes satisfies, as for what a queue brings about; gives the last answer. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  satisfies: (value: T) => boolean,
): Promise<T> {
  for (let tries = 0; ; tries++) {
    const value = await ask();
    if (satisfies(value) || tries > 200) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

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

interface Step {
  readonly command: string;
  /** What it prints; `…` stands for anything. */
  readonly expected: string;
}

/** The commands under "Try it" with what the comments after them say they print. */
function stepsOf(readme: string): readonly Step[] {
  const block = /^## Try it$[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? "";
  return [...block.matchAll(/([\s\S]*?)((?:^# → .*\n)+)/gm)].map(([, command = "", said = ""]) => ({
    command: command.trim(),
    expected: said.replace(/^# → /gm, "").trim(),
  }));
}

function isAsSaid(printed: string, expected: string): boolean {
  const parts = expected.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(printed.replaceAll("\r\n", "\n").trim());
}

/**
 * Runs the commands of an app's README against the running program, which takes the place of what
 * `nx serve` starts at 8787 and the ports after it.
 * @returns one line for each command whose output is not what the README says, and their number
 */
export async function tryReadme(name: string, { workers }: RunningProgram) {
  const steps = stepsOf(readFileSync(join(__dirname, "..", name, "README.md"), "utf8"));
  const urls = workers.flatMap(({ url }) => (url === null ? [] : [url.replace("http://", "")]));
  const wrong: string[] = [];
  for (const { command, expected } of steps) {
    const text = command.replace(/localhost:878(\d)/g, (whole, port) => urls[port - 7] ?? whole);
    const shell = async () => (await run("bash", ["-c", text])).stdout;
    const isQuestion = !/ -(X|d)/.test(command);
    const printed = isQuestion
      ? await eventually(shell, (output) => isAsSaid(output, expected))
      : await shell();
    if (!isAsSaid(printed, expected)) wrong.push(`${command}\n${printed}`);
  }
  return { wrong, count: steps.length };
}
