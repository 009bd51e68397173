// What a process says of files in a folder in, the same without the folder out.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Names the worker's file alone, as the source map of the program knows it. */
export function withoutFolder(text: string, folder: string): string {
  const url = `${pathToFileURL(folder).href}/`;
  return text.replaceAll(url, "").replaceAll(join(folder, "/"), "");
}
