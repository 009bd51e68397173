// Statements that export from the compiler's own sources → what they export, so that nothing that is
// made of it ever lags behind them.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** Folder of the package. */
export const packageRoot = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Bundles and runs `exports`, with paths from the package's folder. */
export function loadSources(exports) {
  const { outputFiles } = buildSync({
    stdin: { contents: exports.join("\n"), resolveDir: packageRoot },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
  });
  const module = { exports: {} };
  const require = createRequire(join(packageRoot, "package.json"));
  new Function("module", "exports", "require", outputFiles[0].text)(
    module,
    module.exports,
    require,
  );
  return module.exports;
}
