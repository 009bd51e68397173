// A name of the program → the form that platforms take in names of workers, queues and buckets.

/** `PROCESS_QUEUE` → `process-queue`, `imagesStore` → `images-store`; "" without ASCII letter or digit. */
export function kebab(name: string): string {
  return name
    .replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
