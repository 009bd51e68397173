// A compiled worker in, the modules workerd loads for it out: its own, and one that labels its log.
import type { Worker } from "tova-codegen";

/** Encloses the worker's name at the start of what it logs; no program prints it by accident. */
const mark = "\u0001";

/** Text as a worker that names itself would log it. */
export const labelled = (worker: string, text: string): string => `${mark}${worker}${mark} ${text}`;

/** Splits a logged line into its worker and its text; null when no worker's label opens it. */
export function readLabel(message: string): { worker: string; text: string } | null {
  const [before, worker, ...rest] = message.split(mark);
  if (before !== "" || worker === undefined || rest.length === 0) return null;
  return { worker, text: rest.join(mark).replace(/^ /, "") };
}

const consoleName = "tova-dev-console.js";
const entryName = "tova-dev-entry.js";

/** True for frames of the modules below, which no user has written. */
export const isDevFrame = (line: string): boolean =>
  line.includes(consoleName) || line.includes(entryName);

/**
 * One workerd runs all workers and names none of them in its log, so each names itself. A string
 * that comes first may hold `%s` and the like, so the label goes into it.
 */
const consoleModule = (worker: string): string => `
const label = ${JSON.stringify(mark + worker + mark)};
const errors = [];
export const wasLogged = (error) => errors.includes(error) || errors.includes(error?.stack);
for (const level of ["debug", "error", "info", "log", "trace", "warn"]) {
  const write = console[level].bind(console);
  console[level] = (first, ...rest) => {
    if (level === "error" && errors.push(first) > 20) errors.shift();
    return typeof first === "string" ? write(label + first, ...rest) : write(label, first, ...rest);
  };
}
`;

/** workerd does not log why a cron or a batch failed; unless the worker has, this does. */
const entryModule = (fileName: string): string => `
import { wasLogged } from ${JSON.stringify(`./${consoleName}`)};
import worker from ${JSON.stringify(`./${fileName}`)};
export * from ${JSON.stringify(`./${fileName}`)};
const logged = (name) =>
  typeof worker[name] !== "function" ? {} : {
    async [name](...args) {
      try {
        return await worker[name](...args);
      } catch (error) {
        if (!wasLogged(error)) console.error(error);
        throw error;
      }
    },
  };
export default { ...worker, ...logged("scheduled"), ...logged("queue") };
`;

interface EsModule {
  type: "ESModule";
  path: string;
  contents: string;
}

/** The modules of a worker, its entry first; the compiled code itself is what gets deployed. */
export function modulesOf(worker: Worker): EsModule[] {
  const contents = {
    [entryName]: entryModule(worker.fileName),
    [consoleName]: consoleModule(worker.outline.projectName),
    [worker.fileName]: worker.code,
  };
  return Object.entries(contents).map(([name, text]) => {
    return { type: "ESModule", path: `/${name}`, contents: text };
  });
}
