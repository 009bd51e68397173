// The interpreter of the fuzzer against the behaviour cases: an account of the language that is
// independent of the emitter must print the same.

import { interpret, withoutPrefixes } from "../../fuzz/interpreter/run";
import { Unknown } from "../../fuzz/interpreter/steps";
import { behaviourCases } from "../../fuzz/text/corpus";

/** Cases of the library alone, whose functions are not interpreted. */
const ofLibrary = /^(library-testing|dates-collections): /;

const runnable = behaviourCases().filter(
  ({ title, expected }) => !/^error /m.test(expected) && !ofLibrary.test(title),
);

/** What the case prints by the interpreter; null where it uses what is not interpreted. */
async function outcome(source: string): Promise<string | null> {
  try {
    const { printed, thrown } = await interpret(source);
    const { value } = thrown ?? {};
    const name = value instanceof Error ? `${value.name}: ${value.message}` : String(value);
    return [...printed, ...(thrown === null ? [] : [`threw ${name}`])].join("\n");
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

describe("the interpreter prints what the case expects", () => {
  let known = 0;

  it.each(runnable.map((each) => [each.title, each] as const))("%s", async (_title, each) => {
    const actual = await outcome(each.source);
    if (actual === null) return;
    known++;
    expect(actual).toBe(withoutPrefixes(each.expected));
  });

  it("in nearly all cases", () => {
    expect(known / runnable.length).toBeGreaterThan(0.97);
  });
});
