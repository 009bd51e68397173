#!/usr/bin/env node
// The `tova` command: arguments in, an exit code out.
const { runCommand } = require("../dist/index.js");
const { version } = require("../package.json");

runCommand(process.argv.slice(2), { version }).then((exitCode) => {
  process.exitCode = exitCode;
});
