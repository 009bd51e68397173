// Deno on this machine, running a worker by the task of its configuration.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { listeningRuntime } from "./listening";

export const deno = listeningRuntime("deno", "deno", ({ folder }) => {
  const { tasks } = JSON.parse(readFileSync(join(folder, "deno.main.json"), "utf8"));
  const [, ...args] = (tasks.start as string).split(" ");
  return args;
});
