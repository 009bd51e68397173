// Real programs cut off at offsets and with tokens deleted, doubled and exchanged: some of all of
// them, evenly spread; `npm run fuzz` tries each.
import { everyKind, runEvery } from "../../fuzz/text/every";

test.each(everyKind)("%s of the real programs is compiled or refused soundly", (kind) => {
  const runs = 60;
  const all = runEvery(kind, { total: runs, from: 0, runs, milliseconds: Infinity });
  expect(all).toBeGreaterThan(10_000);
});
