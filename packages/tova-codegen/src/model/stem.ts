// A file's path → the part of its name that workers and outputs are named after.

/** `pipeline` of `apps/x/pipeline.tova`; folders may be separated by either slash. */
export function stemOf(fileName: string): string {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return name.replace(/\.tova$/, "");
}
