// A pattern of paths, `/admin/*` → the regular expression that matches them.

const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/\n\r\u2028\u2029]/g, quoted);

/** A regular expression stands on one line of the worker. */
function quoted(character: string): string {
  if (!/\s/.test(character)) return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** As requests are compared: decoded, with repeated slashes as one. */
function plain(pattern: string): string {
  const decoded = pattern.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return decoded.join("/").replace(/\/+/g, "/");
}

/** Stars, and parameters as routes have them. */
const open = /(\*+|(?<=\/):[\p{L}_$][\p{L}\p{N}\p{M}_$]*(?=\/|$))/u;

/** What a part of a pattern between or at its open places matches. */
function expressionOf(part: string, index: number): string {
  if (index % 2 === 0) return quote(part);
  return part.startsWith(":") ? "[^\\/]+" : "[^]*";
}

/**
 * `*` and `**` match anything, slashes and line breaks too; `:name` matches what the parameter of a
 * route does. A pattern that ends in `/*` covers its
 * folder itself, since `/admin` is no less private than `/admin/`.
 * @returns the source of an expression for the whole decoded path
 */
export function globExpression(pattern: string): string {
  const path = plain(pattern);
  const folder = /^(.*?)\/\*+$/s.exec(path);
  const parts = (text: string) => text.split(open).map(expressionOf).join("");
  return folder ? `^${parts(folder[1] ?? "")}(?:\\/[^]*)?$` : `^${parts(path)}$`;
}
