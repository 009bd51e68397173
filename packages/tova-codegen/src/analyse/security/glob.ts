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

/**
 * The text between the stars of a pattern, each as an expression. A path is searched for each but the
 * last only once, at its first place, since whatever comes behind is found there too: an expression
 * that went back to look for another would take a long path's length to the power of the stars.
 */
function expressionOf(path: string): string {
  const texts = [""];
  for (const [at, part] of path.split(open).entries()) {
    if (part.startsWith("*") && at % 2 === 1) texts.push("");
    else texts.push(`${texts.pop()}${at % 2 === 1 ? "[^\\/]+" : quote(part)}`);
  }
  const [first = "", ...others] = texts;
  const last = others.pop();
  // Regular expressions do not go back into what was looked for ahead.
  const found = others.map((text, at) => `(?=([^]*?${text}))\\${at + 1}`).join("");
  return last === undefined ? first : `${first}${found}[^]*${last}`;
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
  return folder ? `^${expressionOf(folder[1] ?? "")}(?:\\/[^]*)?$` : `^${expressionOf(path)}$`;
}
