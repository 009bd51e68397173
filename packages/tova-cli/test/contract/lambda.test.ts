// The conformance table, on Lambda behind each kind of address.
import { lambdaBehind } from "./runtimes/lambda";
import { contract } from "./suite";

jest.setTimeout(60_000);

// As the template has it.
contract(lambdaBehind("function URL"));

describe.each(["HTTP API", "REST API"] as const)("%s", (front) => {
  contract(lambdaBehind(front), ["routing", "params", "bodies", "results"]);
});
