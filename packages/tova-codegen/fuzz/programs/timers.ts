// Functions that wait, that run later, again or once → statements that use them (spec 14).
import { addVariable, inFunction, type Place, quiet } from "./context";
import { expression } from "./expression";
import { type Form, small } from "./form";
import { lib } from "./names";
import { statements } from "./statement";

const n: Form = (place) => expression({ ...place, depth: Math.min(place.depth, 2) }, "number");

/** The body of a function of so many statements that gives a number and may wait. */
function waiting(place: Place): string {
  const body = { ...inFunction(place, "number", true), depth: 1, loops: 1 };
  const lines = statements(body, 2).join("\n");
  return `{\n${lines}\nawait Promise.resolve()\n${n(body)}\n}`;
}

/** A function of one number that says that it runs. */
function telling(place: Place): string {
  const body = { ...quiet(inFunction(place, null, false)), depth: 1, loops: 1 };
  addVariable(body, { name: "got", type: "number", mutable: false });
  return `fn(got) {\nprint("run", got)\n${n(body)}\n}`;
}

/** What takes time, and what comes of it. */
const waits: readonly [Form, ...Form[]] = [
  (place) => `print(await race([Promise.resolve(${n(place)}), sleep(20)]))`,
  (place) => `print(await race([fn() ${waiting(place)}, sleep(20)]))`,
  (place) => `print(await timeout(fn() ${waiting(place)}, 500))`,
  (place) => `print(await try_async(timeout(async fn() ${waiting(place)}, 500)))`,
  () => "print(await try_async(timeout(sleep(50), 1)))",
  (place) =>
    `print(await parallel([fn() ${waiting(place)}, Promise.resolve(${n(place)}), ${n(place)}]))`,
  (place) => {
    const tries = `tries${place.counter.names}`;
    return `var ${tries} = 0
print(await try_async(fn() retry(fn() {
${tries} += 1
if ${tries} <= ${small(place)} { throw Error.new("no {${tries}}") }
await Promise.resolve(${n(place)})
}, times: ${1 + place.choices.below(3)}, delay: 0, backoff: ${place.choices.pick(["1", "true"])})), ${tries})`;
  },
  (place) => {
    const name = `late${place.counter.names}`;
    return `${name} = debounce(${telling(place)}, 0)
${name}(${small(place)})
print(${name}(${n(place)}))
await sleep(5)`;
  },
];

/** What remembers that it ran. */
const keeps: readonly [Form, ...Form[]] = [
  (place) => `${lib(place, "memoize")}(${telling(place)})`,
  (place) => `${lib(place, "memoize")}(${telling(place)}, fn(got) got % 2)`,
  (place) => `${lib(place, "once")}(${telling(place)})`,
  (place) => `${lib(place, "throttle")}(${telling(place)}, 60000)`,
];

/** A statement of these. */
export function timing(place: Place): string {
  if (place.loops > 0) return `print(${expression(place, "number")})`;
  const { choices, counter } = place;
  counter.names++;
  if (place.mayAwait && choices.once(2)) return choices.pick(waits)(place);
  const name = `kept${counter.names}`;
  const calls = Array.from({ length: 2 + choices.below(3) }, () => `${name}(${n(place)})`);
  return `${name} = ${choices.pick(keeps)(place)}\nprint(${calls.join(", ")})`;
}
