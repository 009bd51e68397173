// The environment of this process in, that of a user who has started nothing yet out.

/**
 * Variables of the Nx task and the npm script that a test or a bench runs in would steer the Nx and
 * the package managers that it starts.
 */
exports.userEnvironment = () => {
  const steering = /^(NX_|npm_|PNPM_|NODE_OPTIONS$|FORCE_COLOR$|INIT_CWD$)/i;
  const kept = Object.entries(process.env).filter(([key]) => !steering.test(key));
  return { ...Object.fromEntries(kept), CI: "true", NO_COLOR: "1", NX_TUI: "false" };
};
