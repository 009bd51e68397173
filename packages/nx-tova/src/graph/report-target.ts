// Takes a message, gives a target that fails with it.
import type { TargetConfiguration } from "@nx/devkit";

/** Stands where a target would do harm, so that the message is seen with and without Nx's daemon. */
export const reportTarget = (message: string): TargetConfiguration => ({
  executor: "nx-tova:report",
  options: { message },
  metadata: { description: message },
});
