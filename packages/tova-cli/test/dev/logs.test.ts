// What workerd logs of itself, as `tova dev` shows it.
import { createLogWriter } from "../../src/dev/logs";
import type { DevProgram } from "../../src/dev/program";
import { createRecorder } from "../workspace";

test("an exception inside workerd is told without places of its code", () => {
  const log = createRecorder();
  const write = createLogWriter(
    { source: { name: "app.tova" }, workers: [] } as unknown as DevProgram,
    log,
  );
  const reason = "DNS lookup failed.; params.host = nowhere.example; params.service = ";
  write({ level: "error", message: `e = kj/async-io-unix.c++:1298: failed: ${reason}` });
  write({ level: "error", message: "stack: /bin/workerd@51f50be /bin/workerd@51f5bb0; id = 1" });
  write({ level: "error", message: "Uncaught Error: stack: none" });
  expect(log.errors).toEqual([`[workerd] ${reason}`, "[workerd] Uncaught Error: stack: none"]);
});
