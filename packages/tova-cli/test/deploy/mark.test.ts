// The words by which a deployed worker is known again.
import { markOf, messageOf, strangers } from "../../src/deploy/mark";

const version = (message: string) => ({ id: "1", message, author: null, createdOn: "2026-01-01" });
const commit = "0123456789abcdef";

test.each([
  ["pipeline", "api"],
  ["pipeline", null],
  ["my shop", "back office"],
  ["a.b", "c:d"],
])("%s/%s is known again, whatever was said and wherever it was deployed from", (stem, block) => {
  const mark = markOf(stem, block);
  for (const words of [undefined, "too slow", "(sic): again"]) {
    for (const state of [
      { commit: null, isDirty: false },
      { commit, isDirty: true },
    ]) {
      const message = messageOf(mark, state, words);
      expect(strangers("worker", mark, [version(message)])).toEqual([]);
      const [found] = strangers("worker", markOf("other", block), [version(message)]);
      expect(found?.message).toContain(`deployed by tova from ${stem}/${block ?? "default"},`);
    }
  }
});

test("a name that begins as this one does is another", () => {
  const [found] = strangers("worker", markOf("app", "api"), [version("tova app/api2 (012345)")]);
  expect(found?.code).toBe("T074");
});
