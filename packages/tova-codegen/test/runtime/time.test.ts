// The clock and identifiers.
import { now, nowIso, uuid } from "../../src/runtime/time";

test("now and now_iso tell the time", () => {
  jest.useFakeTimers({ now: 86_400_000 });
  expect([now(), nowIso()]).toEqual([86_400_000, "1970-01-02T00:00:00.000Z"]);
  jest.useRealTimers();
});

test("uuid differs each time", () => {
  expect(uuid()).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(uuid()).not.toBe(uuid());
});
