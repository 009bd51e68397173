// A text of SQL in, its tokens without blanks and comments out (sqlite.org/lang.html, tokenize).

/** A stretch of the text. */
export interface Token {
  readonly kind: "name" | "quoted" | "text" | "parameter" | "number" | "mark";
  readonly from: number;
  readonly to: number;
  /** As written, but a name without its quotes. */
  readonly value: string;
}

const pattern = new RegExp(
  [
    String.raw`(?<skip>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))`,
    "(?<text>[xX]?'[^']*(?:''[^']*)*'?)",
    String.raw`(?<quoted>"[^"]*(?:""[^"]*)*"?|\`[^\`]*\`?|\[[^\]]*\]?)`,
    String.raw`(?<parameter>\?\d*|[:@$][\w$\u0080-\uffff]+)`,
    String.raw`(?<name>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)`,
    String.raw`(?<number>\.?\d[\w.]*)`,
    "(?<mark>[^])",
  ].join("|"),
  "g",
);

function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  return text.startsWith('"') ? inner.replaceAll('""', '"') : inner;
}

/** Reads the tokens; never fails, as every character is at least a mark. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const { index: from, 0: value, groups = {} } of text.matchAll(pattern)) {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    if (kind === undefined || kind === "skip") continue;
    const to = from + value.length;
    const written = kind === "quoted" ? unquoted(value) : value;
    tokens.push({ kind: kind as Token["kind"], from, to, value: written });
  }
  return tokens;
}

/** True for a word of SQL, in any letter case. */
export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === "name" && words.includes(token.value.toLowerCase());

/** True for a name, plain or quoted; SQLite compares names without regard to ASCII case. */
export const isNamed = (token: Token | undefined, name: string): boolean =>
  (token?.kind === "name" || token?.kind === "quoted") &&
  token.value.toLowerCase() === name.toLowerCase();
