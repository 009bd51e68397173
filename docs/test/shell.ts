// The text of a shell block, or of an inline command → its simple commands, each as words.

/** One command: `npx nx build shop` → its words, quotes taken off. */
export type Words = readonly string[];

const word = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(#.*)|(&&|\|\|?|;)|((?:[^\s"'#&|;]|(?<=\S)#)+)/g;

/** Commands of one line; a comment ends it. */
function commandsOf(line: string): Words[] {
  const commands: string[][] = [[]];
  let end = -1;
  for (const match of line.matchAll(word)) {
    const [, double, single, comment, operator, bare] = match;
    if (comment !== undefined) break;
    const current = commands.at(-1) ?? [];
    const text = double ?? single ?? bare ?? "";
    if (operator !== undefined) commands.push([]);
    else if (match.index === end) current.push(`${current.pop() ?? ""}${text}`);
    else current.push(text);
    end = match.index + match[0].length;
  }
  return commands.filter((words) => words.length > 0);
}

/** All commands, those over several lines joined. */
export const readCommands = (text: string): readonly Words[] =>
  text
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .flatMap(commandsOf);
