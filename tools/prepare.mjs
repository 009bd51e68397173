// Runs after `npm ci`: makes the packages' code, in the order of the workspaces. Nx cannot start
// before its plugin exists, and the plugin is a package of this workspace. Declarations, slower to
// make and needed by no one before a typecheck, are left to the cached `build` targets.
import { execSync } from "node:child_process";

try {
  execSync("npm run build --workspaces --silent", {
    stdio: "inherit",
    env: { ...process.env, TOVA_BUILD: "code-only" },
  });
} catch (error) {
  process.exitCode = error.status ?? 1;
}
