// The text of a file of cases → its cases: `# title`, a program, `==>`, and what it prints.

export interface Case {
  readonly title: string;
  readonly source: string;
  readonly expected: string;
}

/** The cases of a file, in order. */
export function readCases(text: string): readonly Case[] {
  return text
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      const [source = "", expected = ""] = part.slice(end + 1).split(/^==>$/m);
      return { title: part.slice(0, end), source: source.trimEnd(), expected: expected.trim() };
    });
}
