import { lookup } from "node:dns/promises";

import ipaddr from "ipaddr.js";

import { FbtrError } from "../base/errors.ts";
import type { Config } from "../config/fields/all.ts";

export type NetworkRules = Config["distributed"]["network"];

/**
 * Never a machine that one logs in to, but a way to what the daemon alone can reach: the metadata of
 * a cloud (169.254.169.254, fd00:ec2::254) among others.
 */
const NEVER = new Set(["linkLocal", "multicast", "broadcast", "unspecified", "reserved"]);
const METADATA = new Set(["fd00:ec2::254", "100.100.100.200", "192.0.0.192"]);

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * The addresses of a host, all of them allowed: a program that may add workers must not make the
 * daemon connect to wherever it likes (server-side request forgery).
 *
 * @param resolve looks up a name, once.
 * @throws FbtrError WORKER_FORBIDDEN, WORKER_UNREACHABLE if the name is not known, CONFIG_INVALID
 *   if a rule is no network.
 */
export async function checkedAddresses(
  host: string,
  port: number,
  { allow, deny, ports }: NetworkRules,
  resolve: (host: string) => Promise<readonly string[]> = addressesOf,
): Promise<readonly string[]> {
  if (!ports.includes(String(port))) {
    throw forbidden(`${host}:${port}`, "its port is not among distributed.network.ports");
  }
  const [allowed, denied] = [networksOf(allow), networksOf(deny)];
  const addresses = await resolve(host);
  for (const text of addresses) {
    // Unwraps what hides an IPv4 address: ::ffff:169.254.169.254, 64:ff9b::, 0x7f.1 and the like.
    const address = ipaddr.process(text);
    const reason = faultOf(address, allowed, denied);
    if (reason !== undefined) throw forbidden(host, reason);
  }
  return addresses;
}

function faultOf(
  address: Address,
  allowed: readonly [Address, number][],
  denied: readonly [Address, number][],
): string | undefined {
  const shown = address.toString();
  const range = address.range();
  // These carry an IPv4 address inside, which is not looked at: nobody has workers there.
  const isTransition = range === "rfc6052" || range === "6to4" || range === "teredo";
  if (NEVER.has(range) || isTransition || METADATA.has(shown)) {
    return `${shown} is a ${range} address`;
  }
  if (isIn(address, denied)) return `${shown} is in distributed.network.deny`;
  if (allowed.length > 0 && !isIn(address, allowed)) {
    return `${shown} is not in distributed.network.allow`;
  }
  return undefined;
}

function isIn(address: Address, networks: readonly [Address, number][]): boolean {
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match([network, bits]),
  );
}

function networksOf(texts: readonly string[]): readonly [Address, number][] {
  return texts.map((text) => {
    try {
      return ipaddr.parseCIDR(text);
    } catch (cause) {
      throw new FbtrError("CONFIG_INVALID", `${text} is no network`, {
        hint: "Write networks like 192.168.1.0/24 in distributed.network.",
        cause,
      });
    }
  });
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch (cause) {
    throw new FbtrError("WORKER_UNREACHABLE", `the name ${host} is not known`, {
      hint: "Check the host name of the worker.",
      cause,
    });
  }
}

function forbidden(host: string, reason: string): FbtrError {
  return new FbtrError("WORKER_FORBIDDEN", `${host} must not be a worker: ${reason}`, {
    hint: "Change distributed.network, or add the worker in the configuration file.",
  });
}
