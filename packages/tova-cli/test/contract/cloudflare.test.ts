// The conformance table, on Cloudflare's runtime.
import { cloudflare } from "./runtimes/cloudflare";
import { contract } from "./suite";

jest.setTimeout(60_000);

contract(cloudflare);
