// Something that may never come and a signal in, whichever is first out.

/**
 * Waits for something, but no longer than until a signal.
 * @throws what the signal was aborted with, or what the wanted rejects with
 */
export async function unlessAborted<T>(signal: AbortSignal, wanted: Promise<T>): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([wanted, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
