// The conformance table, on Deno.
import { deno } from "./runtimes/deno";
import { contract } from "./suite";

jest.setTimeout(60_000);

contract(deno);
