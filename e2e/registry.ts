// Packed packages in, a registry on loopback that has them and knows where all others are out.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Packed } from "./packages";

export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/** What a package manager asks for first (docs: npm's package-metadata.md). */
function packument({ manifest, integrity }: Packed, url: string) {
  const { name, version } = manifest;
  const tarball = `${url}/${name}/-/${name}-${version}.tgz`;
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...manifest, dist: { tarball, integrity } } },
    time: { [version]: "2020-01-01T00:00:00.000Z" },
  };
}

/** Starts it; every package that is not ours is looked for where npm is set up to look. */
export async function startRegistry(packages: readonly Packed[]): Promise<Registry> {
  const others = execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
  const server = createServer((request, response) => {
    const [, name, , file] = (request.url ?? "").split("/");
    const ours = packages.find(({ manifest }) => manifest.name === name);
    if (ours === undefined) {
      const location = `${others.replace(/\/$/, "")}${request.url}`;
      response.writeHead(307, { location }).end();
    } else if (file === undefined) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(packument(ours, url)));
    } else response.end(ours.tarball);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
