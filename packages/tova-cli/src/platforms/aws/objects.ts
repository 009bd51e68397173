// A folder in, objects in buckets, each a file of it, out.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
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
  read(from: number, to: number): Promise<Buffer>;
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

async function readFacts(path: string): Promise<ObjectFile | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostLine), 0, mostLine, 0);
    const end = buffer.subarray(0, bytesRead).indexOf("\n");
    const facts = JSON.parse(buffer.toString("utf8", 0, end)) as ObjectFacts;
    return { ...facts, read: (from, to) => readBytes(path, end + 1 + from, to - from) };
  } finally {
    await file.close();
  }
}

async function readBytes(path: string, from: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const nameOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Opens a folder, which need not be there. */
export function objectsIn(folder: string): Objects {
  const pathOf = (bucket: string, key: string) => join(folder, bucket, nameOf(key));
  return {
    find: (bucket, key) => readFacts(pathOf(bucket, key)),
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
      const whole = names.filter((name) => !name.endsWith(".part"));
      const found = await Promise.all(whole.map((name) => readFacts(join(folder, bucket, name))));
      const facts = found.filter((one) => one !== null);
      return facts.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}
