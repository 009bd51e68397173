// Numbers in typed arrays → arrays and totals of them (spec 14: `typed_*`). Lists become
// `Float64Array`; typed arrays keep their type.

type Numbers =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;
type Given = Numbers | Iterable<number>;

/** The numbers as a typed array. */
export function typedOf(values: Given): Numbers {
  return ArrayBuffer.isView(values) ? (values as Numbers) : Float64Array.from(values);
}

/** The values changed. */
export function typedMap(values: Given, change: (value: number, index: number) => number): Numbers {
  return typedOf(values).map(change);
}

/** All values folded into one. */
export function typedReduce<T>(values: Given, fold: (folded: T, value: number) => T, start: T): T {
  let folded = start;
  for (const value of typedOf(values)) folded = fold(folded, value);
  return folded;
}

/** The total. */
export function typedSum(values: Given): number {
  return typedReduce(values, (sum, value) => sum + value, 0);
}

/** Two arrays joined value by value. @throws RangeError when they are not of one length */
function paired(left: Given, right: Given, join: (a: number, b: number) => number): Numbers {
  const [a, b] = [typedOf(left), typedOf(right)];
  if (a.length !== b.length) throw new RangeError(`${a.length} values and ${b.length} values`);
  return a.map((value, i) => join(value, b[i] as number));
}

/** The sums of values at the same places. */
export function typedAdd(left: Given, right: Given): Numbers {
  return paired(left, right, (a, b) => a + b);
}

/** The differences of values at the same places. */
export function typedSub(left: Given, right: Given): Numbers {
  return paired(left, right, (a, b) => a - b);
}

/** The products of values at the same places. */
export function typedMul(left: Given, right: Given): Numbers {
  return paired(left, right, (a, b) => a * b);
}

/** All values times a number. */
export function typedScale(values: Given, factor: number): Numbers {
  return typedMap(values, (value) => value * factor);
}

/** The sum of the products of values at the same places. */
export function typedDot(left: Given, right: Given): number {
  return typedSum(typedMul(left, right));
}

/** The length of the vector. */
export function typedNorm(values: Given): number {
  return Math.sqrt(typedDot(values, values));
}

/** A sorted copy. */
export function typedSort(values: Given): Numbers {
  return typedOf(values).slice().sort();
}

/** So many zeros. */
export function typedZeros(n: number): Float64Array {
  return new Float64Array(Math.max(0, n));
}

/** So many times a value. */
export function typedFill(n: number, value: number): Float64Array {
  return typedZeros(n).fill(value);
}

/** So many ones. */
export function typedOnes(n: number): Float64Array {
  return typedFill(n, 1);
}

/** The numbers from one up to but without the other. */
export function typedRange(from: number, to: number, by = 1): Float64Array {
  return Float64Array.from(
    { length: Math.max(0, Math.ceil((to - from) / by)) },
    (_, i) => from + i * by,
  );
}

/** `n` numbers at equal distances, both ends included. */
export function typedLinspace(from: number, to: number, n: number): Float64Array {
  const last = Math.max(1, n - 1);
  return Float64Array.from({ length: Math.max(0, n) }, (_, i) => from + ((to - from) * i) / last);
}
