// A path in; a pattern of Nx's inputs and outputs that matches it, out.

/**
 * Nx reads every path there as a pattern, and knows no way to quote its signs (measured on Nx 24.0.6): in
 * `apps/(shop)` it would see no edit, and keep no output. Each of them stands for any one character.
 */
export const patternOf = (path: string): string => path.replace(/[*?|()[\]{}]/g, "?");
