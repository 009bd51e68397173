// Words in, a command line as a user would type it out.

/** A word, in quotes where a shell would part it or read something else. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  // Windows knows no single quotes; elsewhere signs are read between double ones.
  return /[$`"\\!]/.test(text) ? `'${text.replaceAll("'", "'\\''")}'` : `"${text}"`;
}

/** Words as one command line. */
export const commandLine = (words: readonly string[]): string => words.map(shellWord).join(" ");

/**
 * A command of `tova` for messages.
 * @param options by their names; true for one without a value, undefined for one that is left out
 */
export function tovaCommand(
  tool: string,
  file: string,
  options: Readonly<Record<string, string | true | undefined>> = {},
): string {
  const words = Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return value === true ? [`--${name}`] : [`--${name}`, value];
  });
  return commandLine(["tova", tool, file, ...words]);
}
