// The conformance table, on Vercel's edge runtime.
import { vercel } from "./runtimes/vercel";
import { contract } from "./suite";

jest.setTimeout(60_000);

contract(vercel);
