#!/usr/bin/env node
// The `tova` command: arguments in, an exit code out.
require("../dist/index.js")
  .runCommand(process.argv.slice(2))
  .then((exitCode) => {
    process.exitCode = exitCode;
  });
