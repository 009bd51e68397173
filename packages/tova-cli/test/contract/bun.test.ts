// The conformance table, on Bun.
import { bun } from "./runtimes/bun";
import { contract } from "./suite";

jest.setTimeout(60_000);

contract(bun);
