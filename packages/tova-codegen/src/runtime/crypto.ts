// Texts and bytes → digests, signatures, passwords and ciphers, by Web Crypto (spec 14: `crypto.x`).
import { base64Encode, bytesOf, hexEncode } from "./encoding";

type Data = string | ArrayBuffer | Uint8Array;

/** Bytes in a buffer of their own, as Web Crypto takes them. */
function bufferOf(data: Data): ArrayBuffer {
  return new Uint8Array(bytesOf(data)).buffer;
}

/** SHA-256 in hexadecimal. */
export async function sha256(data: Data): Promise<string> {
  return hexEncode(await crypto.subtle.digest("SHA-256", bufferOf(data)));
}

/** SHA-512 in hexadecimal. */
export async function sha512(data: Data): Promise<string> {
  return hexEncode(await crypto.subtle.digest("SHA-512", bufferOf(data)));
}

/** The HMAC of data under a key, in hexadecimal. */
export async function hmac(key: Data, data: Data, hash = "SHA-256"): Promise<string> {
  const algorithm = { name: "HMAC", hash };
  const secret = await crypto.subtle.importKey("raw", bufferOf(key), algorithm, false, ["sign"]);
  return hexEncode(await crypto.subtle.sign("HMAC", secret, bufferOf(data)));
}

/** So many random bytes. */
export function randomBytes(n: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(n));
}

/** A random whole number from `low` to `high`, both included, that cannot be foreseen. */
export function secureRandomInt(low: number, high: number): number {
  const size = high - low + 1;
  if (!(size >= 1 && size <= 2 ** 32))
    throw new RangeError(`No random number from ${low} to ${high}`);
  // Numbers above the last multiple of the size would make the first results likelier.
  const limit = 2 ** 32 - (2 ** 32 % size);
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
    if (value < limit) return low + (value % size);
  }
}

/** Whether two texts or byte strings are equal, in a time that does not tell where they differ. */
export function constantTimeEqual(left: Data, right: Data): boolean {
  const [a, b] = [bytesOf(left), bytesOf(right)];
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** The most that Cloudflare allows a call of PBKDF2. */
const passwordRounds = 100_000;

async function derive(password: Data, salt: Uint8Array, iterations: number): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", bufferOf(password), "PBKDF2", false, [
    "deriveBits",
  ]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt: bufferOf(salt), iterations };
  return crypto.subtle.deriveBits(algorithm, key, 256);
}

function bytesFromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

/** What to store of a password: `pbkdf2$rounds$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, passwordRounds);
  return ["pbkdf2", passwordRounds, base64Encode(salt), base64Encode(hash)].join("$");
}

/** Whether a password is the one that was stored; false for what {@link hashPassword} never gave. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, rounds, salt, hash] =
    /^pbkdf2\$([1-9]\d{0,5})\$([A-Za-z\d+/]{22}==)\$([A-Za-z\d+/]{43}=)$/.exec(stored) ?? [];
  if (!rounds || !salt || !hash || Number(rounds) > passwordRounds) return false;
  const derived = await derive(password, bytesFromBase64(salt), Number(rounds));
  return constantTimeEqual(base64Encode(derived), hash);
}

async function cipherKey(secret: string, salt: Uint8Array, use: "encrypt" | "decrypt") {
  const bits = await derive(secret, salt, passwordRounds);
  return crypto.subtle.importKey("raw", bits, "AES-GCM", false, [use]);
}

/** A text that only the secret opens: AES-256-GCM, in base64 with its salt and nonce before it. */
export async function encrypt(text: string, secret: string): Promise<string> {
  const head = randomBytes(28);
  const key = await cipherKey(secret, head.subarray(0, 16), "encrypt");
  const algorithm = { name: "AES-GCM", iv: bufferOf(head.subarray(16)) };
  const body = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, bufferOf(text)));
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return base64Encode(whole);
}

/** The text that {@link encrypt} was given. @throws when the secret is another or the text was changed */
export async function decrypt(sealed: string, secret: string): Promise<string> {
  const whole = bytesFromBase64(sealed);
  const key = await cipherKey(secret, whole.subarray(0, 16), "decrypt");
  const algorithm = { name: "AES-GCM", iv: bufferOf(whole.subarray(16, 28)) };
  const opened = await crypto.subtle.decrypt(algorithm, key, bufferOf(whole.subarray(28)));
  return new TextDecoder().decode(opened);
}
