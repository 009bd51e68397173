// Takes a message of the plugin, shows it as the failure of a target.
import { logger } from "@nx/devkit";
import type { ReportExecutorSchema } from "./schema";

/** Stands for every target of a file whose projects the plugin could not infer. */
export default async function runReport({
  message,
}: ReportExecutorSchema): Promise<{ success: boolean }> {
  logger.error(message);
  return { success: false };
}
