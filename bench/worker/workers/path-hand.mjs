// By hand: paths of requests and their parameters, decoded once.
const decode = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Decoded once; slashes that were escaped stay so, that they do not part segments. */
const unescapeLiterals = (path) =>
  path
    .split("/")
    .map((part) => decode(part).replace(/[%/]/g, encodeURIComponent))
    .join("/");

export const param = (text) => (text.includes("%") ? decodeURIComponent(text) : text);

export function pathOf(url) {
  const start = url.indexOf("/", 8);
  let end = url.indexOf("?", start);
  const hash = url.indexOf("#", start);
  if (hash >= 0 && !(end >= 0 && end < hash)) end = hash;
  const path = end < 0 ? url.slice(start) : url.slice(start, end);
  return path.includes("%") ? unescapeLiterals(path) : path;
}
