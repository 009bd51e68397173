// Resources that are closed, and functions that outlive the loop they are made in (spec 4, 8).
import { addVariable, inFunction, inLoop, type Place } from "./context";
import { expression } from "./expression";
import { newName } from "./names";
import { block } from "./statement";

/** `with`: what is closed says so. */
export function using(place: Place): string {
  const { choices, counter } = place;
  counter.names++;
  const name = `r${counter.names}`;
  const way = choices.pick(["close", "dispose"]);
  const resource = `{ n: ${expression(place, "number")}, ${way}: fn() print("${way} ${name}") }`;
  const fields = [{ name: `${name}.n`, type: "number" as const, mutable: false }];
  const inside = {
    ...place,
    blocks: [...place.blocks, { variables: fields, functions: [], frame: false, closed: false }],
  };
  return `with ${resource} as ${name} ${block(inside)}`;
}

/** Functions made in a loop, each with the variables of its round; called after it. */
export function closures(place: Place): string {
  const { counter, choices } = place;
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  counter.names++;
  const made = `fs${counter.names}`;
  const inside = inLoop(place, `l${counter.names}`);
  const name = newName(inside);
  addVariable(inside, { name, type: "number", mutable: false });
  const changing = `w${counter.names}`;
  addVariable(inside, { name: changing, type: "number", mutable: true });
  const body = inFunction(inside, "number", false);
  const value = expression(body, "number");
  const start = choices.once(2)
    ? `l${counter.names}: for ${name} in 0..3 {`
    : `var k${made} = 0\nwhile k${made} < 3 {\n${name} = k${made} * 2\nk${made} += 1`;
  return `${made} = []
${start}
var ${changing} = ${name}
${made}.push(fn() { ${changing} += 1; return ${value} })
}
print(${made}.map(fn(f) f()).join(","), ${made}[0]())`;
}
