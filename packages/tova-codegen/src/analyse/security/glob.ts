// A pattern of paths, `/admin/*` → the regular expression that matches them.

const quote = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * `*` and `**` match anything, slashes too. A pattern that ends in `/*` covers its folder itself,
 * since `/admin` is no less private than `/admin/`.
 * @returns the source of an expression for the whole decoded path
 */
export function globExpression(pattern: string): string {
  const folder = /^(.*?)\/\*+$/.exec(pattern);
  const parts = (text: string) => text.split(/\*+/).map(quote).join(".*");
  return folder ? `^${parts(folder[1] ?? "")}(?:\\/.*)?$` : `^${parts(pattern)}$`;
}
