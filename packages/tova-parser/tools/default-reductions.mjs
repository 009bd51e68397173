// Takes the parser that lezer-generator wrote, gives it with a second one, `quickParser`, for correct texts.
//
// Behind an expression a hundred kinds of tokens may begin the next statement, and the tables list a
// reduction for each of them; the parser reads a state's list to its end at each token. In the tables of the
// second parser the most frequent reduction of a state stands once, at the end, for all tokens that are not in
// the list ("default reductions", as in yacc). On a correct text both do the same. A mistake is noticed some
// reductions later, though always before the wrong token is taken, which is of no use for recovering from it.
//
// The encoding of the tables is that of @lezer/lr 1.4 (version 14 of its format): `decodeArray` in decode.ts,
// `Seq`, `ParseState` and `Action` in constants.ts of github.com/lezer-parser/lr.

/** Words of a state in `states`, and which of them say where its lists begin. */
const stateSize = 6;
const actionsAt = 1;
const skipAt = 2;
const defaultReduceAt = 4;

/** Marks in a list: its end, where it goes on, and the action for all other tokens. */
const mark = 0xffff;
const endMark = 0;
const nextMark = 1;
const otherMark = 2;

const reduceFlag = 1 << 16;

const base = 46;
const gap1 = 34;
const gap2 = 92;
const bigValue = 126;

function decode(text) {
  const values = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    for (;;) {
      let char = text.charCodeAt(at++);
      if (char === bigValue) {
        value = mark;
        break;
      }
      if (char >= gap2) char--;
      if (char >= gap1) char--;
      const digit = char - 32;
      value += digit % base;
      if (digit >= base) break;
      value *= base;
    }
    values.push(value);
  }
  return values.slice(1);
}

function encodeDigit(digit) {
  let char = digit + 32;
  if (char >= gap1) char++;
  if (char >= gap2) char++;
  return String.fromCharCode(char);
}

function encodeValue(value) {
  if (value === mark) return String.fromCharCode(bigValue);
  let text = encodeDigit((value % base) + base);
  for (let rest = Math.floor(value / base); rest > 0; rest = Math.floor(rest / base)) {
    text = encodeDigit(rest % base) + text;
  }
  return text;
}

const encode = (values) => [values.length, ...values].map(encodeValue).join("");

/** The tokens and actions of a list, or null where it has an action for all others already. */
function readList(data, start) {
  const list = [];
  for (let at = start; ; at += 3) {
    if (data[at] === mark) {
      if (data[at + 1] === otherMark) return null;
      if (data[at + 1] === endMark) return list;
      if (data[at + 1] !== nextMark) throw new Error("The tables are of another format.");
      at = data[at + 2] + data[at + 3] * 0x10000;
    }
    list.push({ token: data[at], action: data[at + 1] + data[at + 2] * 0x10000 });
  }
}

/** The reduction that most tokens of a list ask for, or null where none is asked for twice. */
function mostFrequent(list) {
  const counts = new Map();
  for (const { action } of list) {
    if (action & reduceFlag) counts.set(action, (counts.get(action) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best && best[1] > 1 ? best[0] : null;
}

/** Gives the states' words with default reductions; the lists they need are put behind `data`. */
function withDefaults(states, data) {
  const written = new Map();
  const write = (list, other) => {
    const low = (value) => [value % 0x10000, Math.floor(value / 0x10000)];
    const end = other === null ? [mark, endMark] : [mark, otherMark, ...low(other)];
    const words = [...list.flatMap(({ token, action }) => [token, ...low(action)]), ...end];
    const key = words.join();
    if (!written.has(key)) {
      written.set(key, data.length);
      data.push(...words);
    }
    return written.get(key);
  };
  const result = [...states];
  for (let state = 0; state < states.length; state += stateSize) {
    if (states[state + defaultReduceAt] !== 0) continue;
    const actions = readList(data, states[state + actionsAt]);
    const skipped = readList(data, states[state + skipAt]);
    if (actions === null || skipped === null) continue;
    // Where a token has two actions the parser tries both.
    if (new Set(actions.map(({ token }) => token)).size < actions.length) continue;
    const reduction = mostFrequent(actions);
    if (reduction === null) continue;
    const rest = actions.filter(({ action }) => action !== reduction);
    result[state + actionsAt] = write(rest, null);
    // The list of skipped tokens is read behind the state's own, so that they stay skipped.
    result[state + skipAt] = write(skipped, reduction);
  }
  return result;
}

const read = (text, key) => JSON.parse(new RegExp(`^  ${key}: (".*"),$`, "m").exec(text)[1]);

/** @param text of the module that lezer-generator wrote; the same with `quickParser` is returned */
export function addQuickParser(text) {
  const states = decode(read(text, "states"));
  const data = decode(read(text, "stateData"));
  if (encode(states) !== read(text, "states")) throw new Error("The tables are of another format.");
  const quick = withDefaults(states, data);
  const quoted = JSON.stringify(encode(quick));
  return `${text
    .replace(JSON.stringify(read(text, "stateData")), () => JSON.stringify(encode(data)))
    .replace("export const parser = LRParser.deserialize({", "const tables = {")
    .replace(/\}\)\s*$/, "};\n")}
export const parser = LRParser.deserialize(tables);
export const quickParser = LRParser.deserialize({ ...tables, states: ${quoted} });
`;
}
