// Steps in words → a regular expression (spec 14: `regex_builder`).

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** Characters as they stand between `[` and `]`. */
const inClass = (characters: string): string => characters.replace(/[\\\]^-]/g, "\\$&");

type Part = string | RegExp | BuiltRegex;

/** The pattern of a text to be matched exactly, of a regex, or of another builder. */
function patternIn(part: Part): string {
  if (typeof part === "string") return escaped(part);
  return part instanceof RegExp ? part.source : part.pattern;
}

class BuiltRegex {
  readonly pattern: string;
  private readonly last: string;
  /** `last` is the step that `optional` and its like repeat. */
  constructor(before = "", last = "") {
    this.pattern = before + last;
    this.last = last;
  }
  private add(pattern: string): BuiltRegex {
    return new BuiltRegex(this.pattern, pattern);
  }
  private repeated(sign: string): BuiltRegex {
    const before = this.pattern.slice(0, this.pattern.length - this.last.length);
    return new BuiltRegex(before, `(?:${this.last})${sign}`);
  }
  start(): BuiltRegex {
    return this.add("^");
  }
  end(): BuiltRegex {
    return this.add("$");
  }
  literal(part: Part): BuiltRegex {
    return this.add(patternIn(part));
  }
  digit(): BuiltRegex {
    return this.add("\\d");
  }
  digits(n?: number): BuiltRegex {
    return this.add(n === undefined ? "\\d+" : `\\d{${n}}`);
  }
  letter(): BuiltRegex {
    return this.add("[A-Za-z]");
  }
  letters(n?: number): BuiltRegex {
    return this.add(n === undefined ? "[A-Za-z]+" : `[A-Za-z]{${n}}`);
  }
  word(): BuiltRegex {
    return this.add("\\w+");
  }
  space(): BuiltRegex {
    return this.add("\\s");
  }
  any(): BuiltRegex {
    return this.add(".");
  }
  /** One of the characters. */
  one_of(characters: string): BuiltRegex {
    return this.add(`[${inClass(characters)}]`);
  }
  /** One character that is none of these. */
  none_of(characters: string): BuiltRegex {
    return this.add(`[^${inClass(characters)}]`);
  }
  /** One of the parts. */
  either(...parts: Part[]): BuiltRegex {
    return this.add(`(?:${parts.map(patternIn).join("|")})`);
  }
  group(part: Part): BuiltRegex {
    return this.add(`(${patternIn(part)})`);
  }
  named(name: string, part: Part): BuiltRegex {
    return this.add(`(?<${name}>${patternIn(part)})`);
  }
  optional(part?: Part): BuiltRegex {
    return part === undefined ? this.repeated("?") : this.add(`(?:${patternIn(part)})?`);
  }
  one_or_more(part?: Part): BuiltRegex {
    return part === undefined ? this.repeated("+") : this.add(`(?:${patternIn(part)})+`);
  }
  zero_or_more(part?: Part): BuiltRegex {
    return part === undefined ? this.repeated("*") : this.add(`(?:${patternIn(part)})*`);
  }
  /** The step before so many times, or at least and at most so many. */
  times(least: number, most = least): BuiltRegex {
    return this.repeated(`{${least},${most}}`);
  }
  test(text: string): boolean {
    return this.build().test(text);
  }
  build(flags = ""): RegExp {
    return new RegExp(this.pattern, flags);
  }
}

/** Begins a regular expression; each step gives a new builder. */
export function regexBuilder(): BuiltRegex {
  return new BuiltRegex();
}
