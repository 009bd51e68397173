// Channels between two parts of a program, or filled and emptied by one (spec 14).
import { addVariable, inBlock, type Place } from "./context";
import { expression } from "./expression";
import type { Form } from "./form";
import { statements } from "./statement";

/** A channel that is filled by one part of the program and emptied by another (spec 14). */
export function channelling(place: Place): string {
  if (!place.mayAwait || place.loops > 0) return `print(${expression(place, "number")})`;
  const { counter, choices } = place;
  counter.names++;
  const name = `ch${counter.names}`;
  const value: Form = (at) => expression(at, at.choices.pick(["number", "string", "option"]));
  if (choices.once(2)) {
    const count = 1 + choices.below(3);
    const sent = Array.from({ length: count }, () => `await ${name}.send(${value(place)})`);
    return `${name} = Channel(${count})
${sent.join("\n")}
print(await ${name}.receive())
${name}.close()
try { await ${name}.send(1) } catch _ { print("closed") }
async for x in ${name} { print(x) }
print(await ${name}.receive(), ${name} is Channel)`;
  }
  const inside = { ...inBlock(place), depth: 1, labels: [], loops: 1 };
  addVariable(inside, { name: "got", type: "number", mutable: false });
  const lines = statements({ ...inside, returns: null }, 2).join("\n");
  return `${name} = Channel(${choices.below(3)})
fn fill${name}() {
for i in 0..${choices.below(4)} { await ${name}.send(${choices.pick(["i", "nil", "i * 2"])}) }
${name}.close()
}
filling${name} = fill${name}()
async for got in ${name} {
print("got", got)
${lines}
}
await filling${name}`;
}
