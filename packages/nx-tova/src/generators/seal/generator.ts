// Takes a workspace, renews the seals that edits without a change of workers have left behind.
import { logger, type Tree } from "@nx/devkit";
import { syncWorkspace } from "../sync/generator";

/** `nx g nx-tova:seal`. What is out of sync otherwise is written too. */
export default async function seal(tree: Tree): Promise<void> {
  const renewed = await syncWorkspace(tree, { seals: true });
  if (renewed.length === 0) logger.info("Every manifest that can be sealed is.");
}
