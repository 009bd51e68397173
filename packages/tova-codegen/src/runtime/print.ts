// Values that a program prints → the worker's log (spec 14).

const styleTag = /\{(?:\/|red|green|yellow|blue|magenta|cyan|gray|bold|dim|underline)\}/g;

/** Arrays, plain objects and records as indented JSON; whatever has no JSON as it is. */
function shown(value: unknown): unknown {
  if (!/^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value))) return value;
  try {
    return JSON.stringify(value, null, 2);
  } catch {
    return value;
  }
}

/** `print(…)`: one list or object as JSON, several values side by side; style tags vanish. */
export function print(...values: unknown[]): void {
  const alone = values.length === 1;
  console.log(
    ...values.map((value) => {
      if (typeof value === "string") return value.replace(styleTag, "");
      return alone ? shown(value) : value;
    }),
  );
}
