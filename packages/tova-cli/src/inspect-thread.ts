// What a thread of `inspectAll` runs: a program by message in, what is known of it by message out.
import { parentPort } from "node:worker_threads";
import type { InspectOptions } from "./inspect";
import { type Inspected, type Message, tryInspect } from "./inspect-all";

parentPort?.on("message", async ({ at, content }: Message<InspectOptions>) => {
  const answer: Message<Inspected> = { at, content: await tryInspect(content) };
  parentPort?.postMessage(answer);
});
