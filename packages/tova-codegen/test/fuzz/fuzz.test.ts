// The fuzzers, a few inputs of a fixed seed; `npm run fuzz` tries as many as there is time for.
import { filesFuzzer, programsFuzzer, runPrograms } from "../../fuzz/programs/run-programs";
import { runSystems } from "../../fuzz/programs/run-systems";
import { runWorkerPrograms } from "../../fuzz/programs/run-workers";
import { textFuzzers } from "../../fuzz/text/run-texts";

const seed = 20_260_101;

// A busy machine may take its time; nothing here is about speed.
jest.setTimeout(120_000);

test.each(Object.entries(textFuzzers))("%s never break a promise of the compiler", (_, { run }) => {
  // Time is measured in long runs only: a busy machine must not fail a test.
  run({ runs: 25, seed, milliseconds: Infinity });
});

test("valid programs do what the interpreter does", async () => {
  await runPrograms(programsFuzzer, { runs: 100, seed });
});

test("valid programs of several files do what the interpreter does", async () => {
  await runPrograms(filesFuzzer, { runs: 20, seed });
});

test("valid workers answer in workerd what the interpreter prints", async () => {
  await runWorkerPrograms({ runs: 20, seed });
});

test("workers of routes, middleware and CORS answer what the model says", async () => {
  await runSystems({ runs: 20, seed });
});
