// Texts and bytes ↔ base64, hex, URLs, query strings and HTML (spec 14).
import { describe, Err, Ok, type Result } from "./result";

/** The UTF-8 bytes of a text; bytes as they are. */
export function bytesOf(data: string | ArrayBuffer | Uint8Array): Uint8Array {
  if (typeof data === "string") return new TextEncoder().encode(data);
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}

/** Base64 of a text's UTF-8 or of bytes. */
export function base64Encode(data: string | ArrayBuffer | Uint8Array): string {
  return btoa(Array.from(bytesOf(data), (byte) => String.fromCharCode(byte)).join(""));
}

/** The text in base64, with either alphabet. @throws when it is not base64 of UTF-8 */
export function base64Decode(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Two hexadecimal digits for each byte of a text's UTF-8 or of bytes. */
export function hexEncode(data: string | ArrayBuffer | Uint8Array): string {
  return Array.from(bytesOf(data), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text in hexadecimal. @throws TypeError when it is not that */
export function hexDecode(text: string): string {
  if (!/^([\da-f]{2})*$/i.test(text)) throw new TypeError("The text is not hexadecimal");
  const bytes = Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** As a part of a URL. */
export function urlEncode(text: unknown): string {
  return encodeURIComponent(String(text));
}

/** The text of a part of a URL. @throws URIError for a malformed escape */
export function urlDecode(text: string): string {
  return decodeURIComponent(text);
}

/** The parts of an absolute URL, or why it is none. */
export function parseUrl(text: string): Result<Record<string, unknown>> {
  try {
    const { href, origin, protocol, host, hostname, port, pathname, search, hash } = new URL(text);
    const query = parseQuery(search);
    return Ok({ href, origin, protocol, host, hostname, port, pathname, search, hash, query });
  } catch (error) {
    return Err(describe(error));
  }
}

/** The names and values of a query string; of a repeated name the last. */
export function parseQuery(text: string): Record<string, string> {
  const values = new Map<string, string>();
  new URLSearchParams(text).forEach((value, name) => {
    values.set(name, value);
  });
  return Object.fromEntries(values);
}

/** A query string; lists repeat their name, nil is left out. */
export function buildQuery(values: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one != null) query.append(name, String(one));
    }
  }
  return query.toString();
}

/** As text in HTML or in a quoted attribute. */
export function escapeHtml(text: unknown): string {
  return String(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/** Those that XML has by name, and the one that is in every page. */
const htmlNames: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** The text that {@link escapeHtml} was given; characters by number too. Others stay as they are. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return Object.hasOwn(htmlNames, name) ? (htmlNames[name] ?? all) : all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
