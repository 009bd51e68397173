// A server and a wanted port in, the port it listens on out: the wanted one or the next that is free.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ProblemError, problems } from "../problems";

/** How many ports are tried before it is more likely that something else is wrong. */
const attempts = 100;

function listen(server: Server, port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off("listening", listening);
      resolve(error.code ?? error.message);
    };
    const listening = () => {
      server.off("error", failed);
      resolve(null);
    };
    server.once("error", failed).once("listening", listening).listen(port, host);
  });
}

/**
 * Listens on the first free port from `first` on; with 0 on one that the system chooses.
 * @throws ProblemError when none is free or the address is not one of this machine
 */
export async function listenOnFreePort(
  server: Server,
  first: number,
  host: string,
): Promise<number> {
  const last = Math.min(first + attempts - 1, 65535);
  for (let port = first; port <= last; port += 1) {
    const reason = await listen(server, port, host);
    if (reason === null) return (server.address() as AddressInfo).port;
    if (reason !== "EADDRINUSE")
      throw new ProblemError(problems.cannotListen({ host, port, reason }));
  }
  throw new ProblemError(problems.noFreePort({ host, port: Math.min(first, last), last }));
}
