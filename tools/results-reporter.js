// Takes Jest's totals, writes `test-results.json` beside the project's jest.config.js when Nx runs
// the tests. The file is an output of the target, so a cached run still counts.
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

module.exports = class ResultsReporter {
  constructor(globalConfig) {
    this.folder = globalConfig.rootDir;
  }

  onRunComplete(_contexts, results) {
    // A run by hand may be of a few tests only and must not change what Nx keeps.
    if (process.env.NX_TASK_TARGET_TARGET === undefined) return;
    const totals = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    writeFileSync(join(this.folder, "test-results.json"), `${JSON.stringify(totals)}\n`);
  }
};
