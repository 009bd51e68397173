// A folder in, objects in buckets, each a file of it, out.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What is known of an object. */
export interface ObjectFacts {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** That it was written with, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An object as it is kept; made by {@link objectsIn}. */
export interface ObjectFile extends ObjectFacts {
  readonly bytes: Buffer;
}

/** Buckets of a folder; all names of them and all keys are good. */
export interface Objects {
  find(bucket: string, key: string): Promise<ObjectFile | null>;
  write(
    bucket: string,
    object: Pick<ObjectFacts, "key" | "headers">,
    bytes: Buffer,
  ): Promise<ObjectFacts>;
  remove(bucket: string, key: string): Promise<void>;
  /** In the order of their keys' bytes. */
  list(bucket: string): Promise<readonly ObjectFacts[]>;
}

/** A file begins with a line that says what it is: keys have 1 KB at most, headers 8 KB. */
const mostLine = 32 * 1024;

/** Null where there is no such file. */
const unlessMissing = (error: NodeJS.ErrnoException): null => {
  if (error.code === "ENOENT") return null;
  throw error;
};

const factsIn = (bytes: Buffer): ObjectFacts =>
  JSON.parse(bytes.toString("utf8", 0, bytes.indexOf("\n")));

async function readFacts(path: string): Promise<ObjectFacts | null> {
  const file = await open(path).catch(unlessMissing);
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostLine), 0, mostLine, 0);
    return factsIn(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** Line and content at once: another object may take the place of this one at any time. */
async function readObject(path: string): Promise<ObjectFile | null> {
  const whole = await readFile(path).catch(unlessMissing);
  if (whole === null) return null;
  return { ...factsIn(whole), bytes: whole.subarray(whole.indexOf("\n") + 1) };
}

const nameOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Opens a folder, which need not be there. */
export function objectsIn(folder: string): Objects {
  const pathOf = (bucket: string, key: string) => join(folder, bucket, nameOf(key));
  return {
    find: (bucket, key) => readObject(pathOf(bucket, key)),
    async write(bucket, { key, headers }, bytes) {
      const etag = `"${createHash("md5").update(bytes).digest("hex")}"`;
      const facts: ObjectFacts = { key, size: bytes.length, etag, time: Date.now(), headers };
      await mkdir(join(folder, bucket), { recursive: true });
      // Whole or not at all, whoever reads it meanwhile.
      const part = join(folder, bucket, `${randomUUID()}.part`);
      await writeFile(part, Buffer.concat([Buffer.from(`${JSON.stringify(facts)}\n`), bytes]));
      await rename(part, pathOf(bucket, key));
      return facts;
    },
    remove: (bucket, key) => rm(pathOf(bucket, key), { force: true }),
    async list(bucket) {
      const names = await readdir(join(folder, bucket)).catch(() => []);
      const facts: ObjectFacts[] = [];
      // One after the other: a process may not have thousands of files open.
      for (const name of names.filter((one) => !one.endsWith(".part"))) {
        const found = await readFacts(join(folder, bucket, name));
        if (found !== null) facts.push(found);
      }
      return facts.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}
