// The seed cut off at each offset: every prefix is compiled, or refused with sound diagnostics.
import { seed } from "../../fuzz/text/corpus";
import { brokenPromise } from "../../fuzz/text/properties";

test("the seed ends at every twentieth offset without harm", () => {
  const broken = [];
  for (let end = 0; end <= seed.length; end += 20) {
    const promise = brokenPromise(seed.slice(0, end), { milliseconds: Infinity });
    if (promise) broken.push(`at ${end}: ${promise}`);
  }
  expect(broken).toEqual([]);
});
