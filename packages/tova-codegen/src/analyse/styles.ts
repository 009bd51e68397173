// The styles that `print` knows (spec 14): no output shows them, so that they vanish.

const styles = "red green yellow blue magenta cyan gray bold dim underline".split(" ");

/** Whether `{name}` is a style in a text that is printed. */
export function isStyle(name: string): boolean {
  return styles.includes(name);
}

/** A text without the styles in it. */
export function withoutStyles(text: string): string {
  return text.replace(/\{(\/|[a-z]+)\}/g, (tag, name: string) =>
    name === "/" || isStyle(name) ? "" : tag,
  );
}
