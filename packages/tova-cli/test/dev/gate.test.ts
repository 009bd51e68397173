// Requests and reloads that meet.
import { createGate } from "../../src/dev/gate";

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  promise.then(() => {
    done = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return done;
};

test("a closed gate lets nobody in until it opens", async () => {
  const gate = createGate();
  await gate.close(1000);
  const entering = gate.enter();
  expect(await settled(entering)).toBe(false);
  gate.open();
  expect(await settled(entering)).toBe(true);
});

test("closing waits for those inside", async () => {
  const gate = createGate();
  const leaveFirst = await gate.enter();
  const leaveSecond = await gate.enter();
  const closing = gate.close(60_000);
  leaveFirst();
  leaveFirst();
  expect(await settled(closing)).toBe(false);
  leaveSecond();
  expect(await settled(closing)).toBe(true);
});

test("closing does not wait for ever", async () => {
  const gate = createGate();
  await gate.enter();
  await gate.close(1);
});
