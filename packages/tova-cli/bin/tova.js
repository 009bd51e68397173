#!/usr/bin/env node
// The `tova` command: arguments in, an exit code out.
// Keeps what V8 compiled of all this for the next time, where Node can: from 22.1 on. The variable
// NODE_DISABLE_COMPILE_CACHE turns it off (nodejs.org/api/module.html#module-compile-cache).
require("node:module").enableCompileCache?.();
const { runCommand } = require("../dist/index.js");
const { version } = require("../package.json");

// A reader that has seen enough, as `head` does, closes the pipe: no error of this command, which goes
// on with its work and says by its exit code what came of it.
// A full disk is one: what was asked for is not there.
let isLost = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code, message }) => {
    if (code === "EPIPE" || isLost) return;
    isLost = true;
    process.exitCode = 1;
    if (stream === process.stdout)
      process.stderr.write(`The output cannot be written: ${message}.\n`);
  });
}

runCommand(process.argv.slice(2), { version }).then((exitCode) => {
  process.exitCode = isLost ? exitCode || 1 : exitCode;
});
