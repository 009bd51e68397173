// Takes nx.json and the Nx that runs, tells whether `nx affected` sees a field of a file.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { NxJsonConfiguration } from "@nx/devkit";

/** What `NX_VERSION` of `@nx/devkit` says, without the time that loading it takes. */
function nxVersion(): string {
  const paths = [dirname(require.resolve("@nx/devkit/package.json"))];
  return JSON.parse(readFileSync(require.resolve("nx/package.json", { paths }), "utf8")).version;
}

/**
 * Since Nx 24 `nx affected` selects tasks whose inputs a change reaches, and a `json` input by its
 * fields. Before, and with the setting to stay so, it selects projects by their files and the filesets
 * among their inputs, and a `json` input is reached by nothing (measured on Nx 24.0.6).
 */
export function selectsByInputs(
  nxJson: NxJsonConfiguration,
  version: string = nxVersion(),
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (Number.parseInt(version, 10) < 24) return false;
  const forced = env.NX_LEGACY_AFFECTED;
  if (forced === "true" || forced === "false") return forced === "false";
  return nxJson.affected?.legacy !== true;
}
