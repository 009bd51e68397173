// Digests, passwords and ciphers by Web Crypto, against Node's own.
import nodeCrypto from "node:crypto";
import * as lib from "../../src/runtime/crypto";

test.each(["", "abc", "héllo"])("digests and HMAC of %p", async (data) => {
  const digest = (name: string) => nodeCrypto.createHash(name).update(data).digest("hex");
  expect(await lib.sha256(data)).toBe(digest("sha256"));
  expect(await lib.sha512(new TextEncoder().encode(data))).toBe(digest("sha512"));
  const hmac = (name: string) => nodeCrypto.createHmac(name, "key").update(data).digest("hex");
  expect(await lib.hmac("key", data)).toBe(hmac("sha256"));
  expect(await lib.hmac("key", data, "SHA-512")).toBe(hmac("sha512"));
});

test("a view into a larger buffer counts alone", async () => {
  const view = new Uint8Array([9, 1, 2, 9]).subarray(1, 3);
  expect(await lib.sha256(view)).toBe(
    nodeCrypto
      .createHash("sha256")
      .update(Buffer.from([1, 2]))
      .digest("hex"),
  );
});

test("random bytes and numbers", () => {
  expect(lib.randomBytes(16)).toHaveLength(16);
  expect(lib.randomBytes(16)).not.toEqual(lib.randomBytes(16));
  const seen = new Set(Array.from({ length: 400 }, () => lib.secureRandomInt(-1, 2)));
  expect([...seen].sort((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
  expect(lib.secureRandomInt(5, 5)).toBe(5);
  expect(() => lib.secureRandomInt(2, 1)).toThrow(RangeError);
  expect(() => lib.secureRandomInt(0, 2 ** 40)).toThrow(RangeError);
});

test("constant_time_equal", () => {
  expect(lib.constantTimeEqual("héllo", "héllo")).toBe(true);
  for (const [left, right] of [
    ["a", "b"],
    ["a", ""],
    ["", "a"],
    ["a", "aa"],
    ["aa", "a"],
    ["a", "a\0"],
  ]) {
    expect(lib.constantTimeEqual(left as string, right as string)).toBe(false);
  }
});

test("a password is known again, others and broken records are not", async () => {
  const stored = await lib.hashPassword("s3cret");
  expect(stored).not.toContain("s3cret");
  expect(await lib.hashPassword("s3cret")).not.toBe(stored);
  expect(await lib.verifyPassword("s3cret", stored)).toBe(true);
  expect(await lib.verifyPassword("S3cret", stored)).toBe(false);
  const [, , salt, hash] = stored.split("$");
  const broken = [
    "",
    "pbkdf2",
    stored.slice(0, -2),
    `${stored}x`,
    `pbkdf2$999999999$${salt}$${hash}`,
    `pbkdf2$100000$____$${hash}`,
    `pbkdf2$100000$a$${hash}`,
  ];
  for (const record of broken) expect(await lib.verifyPassword("s3cret", record)).toBe(false);
});

test("only the secret opens what was encrypted, and only unchanged", async () => {
  const sealed = await lib.encrypt("héllo", "secret");
  expect(await lib.encrypt("héllo", "secret")).not.toBe(sealed);
  expect(await lib.decrypt(sealed, "secret")).toBe("héllo");
  await expect(lib.decrypt(sealed, "other")).rejects.toThrow();
  const changed = Buffer.from(sealed, "base64");
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  await expect(lib.decrypt(changed.toString("base64"), "secret")).rejects.toThrow();
});
