// The parser for correct texts, whose tables are made from the other's: the same trees, no mistake overlooked.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "@lezer/common";
import { parser, quickParser } from "../src/generated/parser";

const folder = join(__dirname, "cases");
const programs = [
  readFileSync(join(__dirname, "../../../apps/pipeline/pipeline.tova"), "utf8"),
  ...readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), "utf8").split(/^# /m))
    .map((text) => text.slice(text.indexOf("\n") + 1).split(/^==>$/m)[0] as string),
];

const strict = parser.configure({ strict: true });
const strictQuick = quickParser.configure({ strict: true });

/** What a strict parser gives: the nodes, or null where it throws, at a mistake. */
function nodes(by: typeof parser, source: string): string | null {
  let tree: Tree;
  try {
    tree = by.parse(source);
  } catch {
    return null;
  }
  const lines: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void lines.push(`${name} ${from} ${to}`) });
  return lines.join("\n");
}

/** Every program as it is, and with each of some of its tokens left out or doubled. */
const texts = programs.flatMap((text) => {
  const tokens = [...text.matchAll(/\w+|[^\w\s]/g)];
  const step = Math.ceil(tokens.length / 12);
  return [
    text,
    ...tokens
      .filter((_, i) => i % step === 0)
      .flatMap(({ 0: token, index }) => [
        text.slice(0, index) + text.slice(index + token.length),
        `${text.slice(0, index)}${token} ${text.slice(index)}`,
      ]),
  ];
});

test("correct texts have the same nodes, and others a mistake, by either table", () => {
  const different = texts.filter((text) => nodes(strict, text) !== nodes(strictQuick, text));
  expect(different).toEqual([]);
  const correct = texts.filter((text) => nodes(strictQuick, text) !== null).length;
  expect(correct).toBeGreaterThan(programs.length * 0.9);
  expect(texts.length - correct).toBeGreaterThan(programs.length);
});

test("the lists that are read at a token are shorter", () => {
  const lengths = (of: typeof parser) => {
    const { states, data } = of as unknown as { states: Uint32Array; data: Uint16Array };
    let length = 0;
    for (let at = 1; at < states.length; at += 6) {
      for (let i = states[at] as number; data[i] !== 0xffff; i += 3) length++;
    }
    return length;
  };
  expect(lengths(quickParser)).toBeLessThan(lengths(parser) * 0.9);
});
