// Any text in, text that cannot disturb the line it is shown in out.

/**
 * Text that a terminal shows as it stands: tabs as two blanks, and a sign for what would move the
 * cursor, change colours or turn the reading direction.
 */
export function printable(text: string): string {
  return text
    .replaceAll("\t", "  ")
    .replace(/[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu, "\uFFFD")
    .replace(/\p{Cs}/gu, "\uFFFD");
}
