// The text of a JavaScript module → what keeps an engine from loading it, or null.
import * as vm from "node:vm";
import { parse } from "acorn";

/** The engine's own compiler of modules; there only when Node was told `--experimental-vm-modules`. */
const { SourceTextModule } = vm as { SourceTextModule?: new (code: string) => unknown };

/** Early errors by acorn, which keeps to the standard, and by the engine itself where it can. */
export function loadError(code: string): string | null {
  try {
    parse(code, { ecmaVersion: 2024, sourceType: "module" });
    if (SourceTextModule) new SourceTextModule(code);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
