// What workerd logs in, lines with their worker's name and places in the `.tova` file out.
import { dirname, join } from "node:path";
import pc from "picocolors";
import type { Logger } from "../logger";
import { posixPath } from "../source";
import { readLabel } from "./module";
import type { DevProgram } from "./program";
import { mapStack, readStackMaps } from "./stack";

/** One entry as Miniflare hands it over. */
export interface LogEntry {
  readonly level: string;
  readonly message: string;
}

const colors = ["cyan", "magenta", "green", "yellow", "blue"] as const;

function writerFor(level: string, log: Logger): (text: string) => void {
  if (level === "error") return (text) => log.error(text);
  if (level === "warn") return (text) => log.warn(text);
  return (text) => log.info(text);
}

/**
 * What workerd says of itself, where it says something to users: of an exception in its own code the
 * reason, without the place in that code; nothing for the addresses of a stack.
 */
function readable(message: string): string | null {
  if (/^stack: (\S+@[\da-f]+[ ;]?)+/.test(message)) return null;
  return message.replace(/^e = kj\/\S+ (failed: )?/, "");
}

/** Makes the function that shows what the workers of a program log. */
export function createLogWriter({ source, workers }: DevProgram, log: Logger) {
  const maps = readStackMaps(
    // Maps name sources as seen from the program's folder.
    (name) => posixPath(join(dirname(source.name), name)),
    workers.map(({ worker }) => worker),
  );
  const paint = pc.createColors(log.color ?? false);
  const names = workers.map(({ outline }) => outline.projectName);
  const byFile = new Map(workers.map((each) => [each.worker.fileName, each.outline.projectName]));

  /** An error that no worker caught has no label, but its stack names a file. */
  const fileOwner = (message: string): string | null => {
    for (const [file, name] of byFile) if (message.includes(`${file}:`)) return name;
    return null;
  };
  const prefix = (name: string): string => {
    return paint[colors[names.indexOf(name) % colors.length] ?? "cyan"](`[${name}]`);
  };

  return ({ level, message }: LogEntry): void => {
    const labelled = readLabel(message);
    const owner = labelled?.worker ?? fileOwner(message);
    const said = labelled?.text ?? (owner === null ? readable(message) : message);
    if (said === null) return;
    const text = mapStack(said, maps);
    const start = owner === null ? "[workerd]" : prefix(owner);
    const lines = text.split("\n").map((line) => `${start} ${line}`);
    writerFor(level, log)(lines.join("\n"));
  };
}
