// A text → whether it is a web origin.

/** Scheme, host and port as browsers write them in `Origin`. */
export const isOrigin = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\/[^/?#*A-Z]+$/.test(text);
