// Workers with HTTP in, a port of its own for each out.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { BlockOutline } from "tova-codegen";
import type { Logger } from "../logger";
import { forwardRequest, forwardUpgrade } from "./forward";
import type { Gate } from "./gate";
import { listenOnFreePort } from "./port";
import type { DevProgram } from "./program";
import type { Runtime } from "./runtime";
import { answerScheduled, isScheduledRequest } from "./scheduled";

interface Gateway {
  outline: BlockOutline;
  readonly port: number;
  close(): Promise<void>;
}

/** The ports of all workers, made by {@link createGateways}. */
export interface Gateways {
  /** Opens ports for new workers, closes those of workers that are gone; the others stay. */
  update(program: DevProgram): Promise<void>;
  /** The worker's address, null when it has none. */
  urlOf(worker: string): string | null;
  close(): Promise<void>;
}

/** What all ports share. */
export interface GatewayOptions {
  readonly host: string;
  /** Of the first worker; 0 lets the system choose all of them. */
  readonly port: number;
  readonly gate: Gate;
  readonly runtime: Runtime;
  /** Told when the first worker's port was taken. */
  readonly log: Logger;
}

/** A worker without HTTP has a port when it has crons, so that they can be run on demand. */
const wantsPort = ({ hasHttp, crons }: BlockOutline): boolean => hasHttp || crons.length > 0;

function serve(gateway: () => Gateway, { host, gate, runtime }: GatewayOptions): Server {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const leave = await gate.enter();
    try {
      const { outline } = gateway();
      if (isScheduledRequest(incoming.url ?? "")) {
        const run = (cron: string, time: Date) =>
          runtime.runScheduled(outline.projectName, cron, time);
        await answerScheduled(incoming, outgoing, { outline, host, run });
      } else {
        const target = await runtime.target(outline.projectName);
        if (target === null) outgoing.writeHead(404).end();
        else await forwardRequest(incoming, outgoing, target);
      }
    } finally {
      leave();
    }
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const upgrade = async (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", () => socket.destroy());
    const leave = await gate.enter();
    try {
      const target = await runtime.target(gateway().outline.projectName);
      if (target === null) socket.destroy();
      else await forwardUpgrade(incoming, socket, head, target);
    } finally {
      leave();
    }
  };
  server.on("upgrade", (incoming, socket, head) => {
    upgrade(incoming, socket, head).catch(() => socket.destroy());
  });
  return server;
}

/** Gives what ends a server and all who talk to it. */
function closerOf(server: Server): () => Promise<void> {
  // Of a WebSocket the server knows nothing any more, but does not end before it.
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (_, socket: Duplex) => {
    upgraded.add(socket);
    socket.once("close", () => upgraded.delete(socket));
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
    await closed;
  };
}

/** Makes the ports of a program's workers, in the order of its blocks. */
export function createGateways(options: GatewayOptions): Gateways {
  const { host } = options;
  const gateways = new Map<string, Gateway>();
  let next = options.port;

  const open = async (outline: BlockOutline): Promise<void> => {
    const server = serve(() => gateway, options);
    const close = closerOf(server);
    const port = await listenOnFreePort(server, next, host);
    const gateway: Gateway = { outline, port, close };
    if (next === options.port && ![0, port].includes(next)) {
      options.log.warn(`Port ${next} is taken: ${outline.projectName} answers on ${port}.`);
    }
    if (next !== 0) next = port + 1;
    gateways.set(outline.projectName, gateway);
  };

  return {
    async update(program) {
      const outlines = program.workers.map(({ outline }) => outline).filter(wantsPort);
      const names = new Set(outlines.map(({ projectName }) => projectName));
      for (const [name, { close }] of gateways) {
        if (names.has(name)) continue;
        gateways.delete(name);
        await close();
      }
      for (const outline of outlines) {
        const gateway = gateways.get(outline.projectName);
        if (gateway === undefined) await open(outline);
        else gateway.outline = outline;
      }
    },
    urlOf(worker) {
      const gateway = gateways.get(worker);
      const name = host.includes(":") ? `[${host}]` : host;
      return gateway === undefined ? null : `http://${name}:${gateway.port}`;
    },
    async close() {
      await Promise.all([...gateways.values()].map(({ close }) => close()));
      gateways.clear();
    },
  };
}
