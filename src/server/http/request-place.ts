import type { MiddlewareHandler } from "hono";

import { FbtrError } from "../../base/errors.ts";
import type { ApiEnv } from "../api.ts";

/** Whom requests over the network may be for, and from which pages they may come. */
export interface PlaceRules {
  /** Names and addresses of the daemon, without port, in lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Whether the user trusts the pages of an origin, such as `https://books.example.com`. */
  readonly trusts: (origin: string) => boolean;
}

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * @param ownHosts names by which the user said that the daemon is reached.
 * @param origins those that are trusted, as the configuration says it now.
 */
export function placeRules(
  ownHosts: readonly string[],
  origins: () => readonly string[],
): PlaceRules {
  const hosts = new Set([...LOCAL_HOSTS, ...ownHosts.map((host) => host.toLowerCase())]);
  // Anybody's page is not what a user means who has said nothing.
  return { hosts, trusts: (origin) => origin !== "*" && origins().includes(origin) };
}

/**
 * Refuses what a page in a browser could be made to ask: under a name that is not the daemon's (DNS
 * rebinding), or from another site. Programs send neither.
 */
export function checkPlace({ hosts, trusts }: PlaceRules): MiddlewareHandler<ApiEnv> {
  return async (context, next) => {
    const host = context.req.header("host") ?? new URL(context.req.url).host;
    const isKnown = hosts.has(hostName(host)) || context.env.via !== "network";
    if (!isKnown) {
      throw new FbtrError("HOST_UNKNOWN", `${hostName(host)} is not the name of this daemon`, {
        hint: "Ask it by its address, or by the name in server.host.",
      });
    }
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const isForeign = origin !== undefined && origin !== ownOrigin(context.req.url, host);
    const isTrusted = origin !== undefined && trusts(origin);
    if (!isTrusted && (isForeign || site === "cross-site")) {
      throw new FbtrError("ORIGIN_FORBIDDEN", `pages of ${origin ?? "other sites"} may not ask`, {
        hint: "See security.cors_origins.",
      });
    }
    await next();
    if (isTrusted) {
      context.res.headers.set("access-control-allow-origin", origin);
      context.res.headers.append("vary", "Origin");
    }
  };
}

function hostName(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}

function ownOrigin(url: string, host: string): string {
  return `${new URL(url).protocol}//${host}`;
}
