// By program the codes of workers by kind, and what they are asked → the bytes of each, of code and of
// the heap for each request, as JSON in and out. Of the programs of the bench the worker by hand and
// the requests need not be given.
// Usage: node --no-opt --min-semi-space-size=64 --max-semi-space-size=64 facts.mjs
import { text } from "node:stream/consumers";
import { allocated } from "./allocations.mjs";
import { timed } from "./cases.mjs";
import { load, minified, sizes, written } from "./minify.mjs";

async function factsOf(program, { codes, asked = timed[program] }) {
  const facts = {};
  const all = { ...(codes.hand ? {} : { hand: written(program, "hand") }), ...codes };
  for (const [kind, given] of Object.entries(all)) {
    const code = await minified(given);
    const { worker } = await load({ worker: code });
    facts[kind] = { ...sizes(code), allocated: {} };
    for (const [title, request] of Object.entries(asked)) {
      facts[kind].allocated[title] = await allocated(worker, request);
    }
  }
  return facts;
}

const facts = {};
for (const [program, given] of Object.entries(JSON.parse(await text(process.stdin)))) {
  facts[program] = await factsOf(program, given);
}
console.log(JSON.stringify(facts));
