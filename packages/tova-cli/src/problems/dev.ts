// Messages on running workers on this machine.
import { problem } from "./problem";

/** Part of `problems`. */
export const devProblems = {
  noFreePort: problem<{ host: string; port: number; last: number }>(
    "T030",
    "error",
    ({ host, port, last }) =>
      port === last
        ? `Port ${port}, the last there is, is not free on ${host}.`
        : `No port from ${port} to ${last} is free on ${host}.`,
    () => "End a program that listens there, or name another port with --port.",
  ),
  cannotListen: problem<{ host: string; port: number; reason: string }>(
    "T031",
    "error",
    ({ host, port, reason }) => `Cannot listen on ${host}:${port}: ${reason}.`,
    () => "Name another address with --host or --port.",
  ),
  missingSecrets: problem<{ worker: string; names: readonly string[]; file: string }>(
    "T032",
    "warning",
    ({ worker, names }) =>
      `\`${worker}\` has no value for ${names.length === 1 ? "secret" : "secrets"} ${names.join(", ")}; it answers 500 until it has.`,
    ({ names, file }) =>
      `Write ${names.map((name) => `${name}="…"`).join(" and ")} into ${file}, which git must ignore.`,
  ),
  undeclaredVariable: problem<{ name: string; file: string }>(
    "T033",
    "warning",
    ({ name, file }) => `${file} sets ${name}, which no edge block declares; no worker sees it.`,
    ({ name }) => `Add \`secret ${name}\` or \`env ${name}\` to a block, or remove the line.`,
  ),
  migrationFailed: problem<{ file: string; binding: string; reason: string }>(
    "T034",
    "error",
    ({ file, binding, reason }) => `Migration ${file} failed on ${binding}: ${reason}.`,
    () => "Nothing of this file was applied; correct it and save.",
  ),
  workersFailed: problem<{ reason: string }>(
    "T035",
    "error",
    ({ reason }) => `The workers could not be started: ${reason}`,
    () => "Correct what it says and save the program, or start `tova dev` again.",
  ),
  cronNotRun: problem<{ worker: string; cron: string; reason: string }>(
    "T036",
    "warning",
    ({ worker, cron, reason }) => `\`${worker}\`: cron \`${cron}\` will not fire here: ${reason}.`,
    () => "Fire it by hand: GET /cdn-cgi/handler/scheduled?cron=… on the worker's port.",
  ),
  noPlatformTool: problem<{ name: string; site: string }>(
    "T037",
    "error",
    ({ name }) => `\`${name}\`, which runs such workers, is not installed.`,
    ({ name, site }) => `Run \`npm install --save-dev ${name}\`, or see ${site}.`,
  ),
  workerNotStarted: problem<{ worker: string; reason: string }>(
    "T038",
    "error",
    ({ worker, reason }) => `\`${worker}\` could not be started: ${reason}`,
    () => "Correct what it says; saving a change of the program starts it again.",
  ),
  workerEnded: problem<{ worker: string; how: string }>(
    "T039",
    "error",
    ({ worker, how }) => `\`${worker}\` ${how}.`,
    () => "Saving a change of the program starts it again.",
  ),
  startTakesLong: problem<{ seconds: number }>(
    "T111",
    "error",
    ({ seconds }) => `The workers have not started in ${seconds} seconds.`,
    () => "Look for what never ends at the top of a block or of a module that it imports.",
  ),
};
