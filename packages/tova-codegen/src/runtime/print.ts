// Values that a program prints → the worker's log (spec 14).

/**
 * `print(value)` of one value that is no text: arrays, plain objects and records as indented JSON,
 * whatever has no JSON as it is. Literal texts and several values need no help.
 */
export function print(value: unknown, ...more: unknown[]): void {
  if (
    more.length > 0 ||
    !/^\[object (Object|Array)\]$/.test(Object.prototype.toString.call(value))
  ) {
    console.log(value, ...more);
    return;
  }
  let shown = value;
  try {
    shown = JSON.stringify(value, null, 2);
  } catch {
    // A cycle or a BigInt is logged as the platform shows it.
  }
  console.log(shown);
}
