// Bun on this machine, running a worker as it is built.
import { listeningRuntime } from "./listening";

export const bun = listeningRuntime("bun", "bun", ({ entry }) => ["run", "--no-install", entry]);
