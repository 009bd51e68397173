// Shell commands with what they print, as READMEs show them → those that print something else.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RunningProgram } from "tova-cli";

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

interface Step {
  readonly command: string;
  /** What it prints; `…` stands for anything. */
  readonly expected: string;
}

/** The commands of a shell block that lines `# → …` follow. */
export const stepsOf = (block: string): readonly Step[] =>
  [...block.matchAll(/([\s\S]*?)((?:^# → .*\n)+)/gm)].map(([, command = "", said = ""]) => ({
    command: command.trim(),
    expected: said.replace(/^# → /gm, "").trim(),
  }));

function isAsSaid(printed: string, expected: string): boolean {
  const parts = expected.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(printed.replaceAll("\r\n", "\n").trim());
}

/**
 * Runs the commands of a shell block against a running program, which takes the place of what
 * `tova dev` starts at 8787 and the ports after it. What asks only is asked again until it is so.
 * @returns each command whose output is another than the block says, with what it printed
 */
export async function wrongSteps(block: string, { workers }: RunningProgram): Promise<string[]> {
  const urls = workers.flatMap(({ url }) => (url === null ? [] : [url.replace("http://", "")]));
  const wrong: string[] = [];
  for (const { command, expected } of stepsOf(block)) {
    const text = command.replace(/localhost:878(\d)/g, (whole, port) => urls[port - 7] ?? whole);
    const shell = async () => (await run("bash", ["-c", text])).stdout;
    const isQuestion = !/ -(X|d)/.test(command);
    const printed = isQuestion
      ? await eventually(shell, (output) => isAsSaid(output, expected))
      : await shell();
    if (!isAsSaid(printed, expected)) wrong.push(`${command}\n${printed}`);
  }
  return wrong;
}
