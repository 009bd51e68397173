// Takes files as text, gives a folder in the system's temporary place that holds them.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TempWorkspace {
  readonly root: string;
  /** Writes files, given by their paths from the root. */
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

export function createTempWorkspace(files: Readonly<Record<string, string>>): TempWorkspace {
  // Nx compares real paths; the temporary folder of some systems is a link.
  const root = mkdtempSync(join(realpathSync(tmpdir()), "nx-tova-"));
  const write = (written: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(written)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  write(files);
  return { root, write, remove: () => rmSync(root, { recursive: true, force: true }) };
}
