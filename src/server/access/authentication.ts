import type { MiddlewareHandler } from "hono";

import { FbtrError } from "../../base/errors.ts";
import type { Config } from "../../config/fields/all.ts";
import type { ApiEnv } from "../api.ts";
import type { AuditLog } from "./audit-log.ts";
import { jwtPrincipal } from "./json-web-token.ts";
import {
  EVERYBODY,
  NOBODY,
  SOCKET_USER,
  mayDo,
  pairedRoot,
  type Principal,
  type Scope,
} from "./principal.ts";
import { RateLimit } from "./rate-limit.ts";
import type { TokenStore } from "./token-store.ts";

export interface Gate {
  readonly tokens: TokenStore;
  readonly audit: AuditLog;
  readonly security: () => Config["security"];
}

/** Wrong tokens from one address in a minute, after which it has to wait. */
const GUESSES = { perSecond: 10 / 60, burst: 10 };

/** Finds out who asks. @throws FbtrError AUTH_REQUIRED for a wrong token; RATE_LIMITED. */
export function authenticate({ tokens, audit, security }: Gate): MiddlewareHandler<ApiEnv> {
  const guesses = new RateLimit(GUESSES.perSecond, GUESSES.burst);
  return async (context, next) => {
    const { via, address, machine } = context.env;
    const { api_key_header: keyHeader, jwt_secret: jwtSecret, enable_auth: isAsked } = security();
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    const shown = bearer ?? context.req.header(keyHeader);
    let principal: Principal | undefined = isAsked ? NOBODY : EVERYBODY;
    if (via === "socket") principal = SOCKET_USER;
    else if (machine !== undefined) principal = pairedRoot(machine);
    else if (shown !== undefined) principal = await whoHas(shown, tokens, jwtSecret?.reveal());
    if (principal === undefined) {
      audit.add(address, "auth_failed", { path: context.req.path });
      await guesses.take(address);
      throw new FbtrError("AUTH_REQUIRED", "the token is not known, or has expired", {
        hint: "`fbtr tokens create` makes one.",
      });
    }
    context.set("principal", principal);
    await next();
  };
}

async function whoHas(
  shown: string,
  tokens: TokenStore,
  jwtSecret: string | undefined,
): Promise<Principal | undefined> {
  const token = tokens.find(shown);
  if (token) return { name: `token:${token.id}`, scope: token.scope, isLimited: true };
  return jwtSecret === undefined ? undefined : jwtPrincipal(shown, jwtSecret);
}

/** Holds callers to the rate of the configuration; a new configuration begins to count anew. */
export function limitRate({ security }: Gate): MiddlewareHandler<ApiEnv> {
  let limits = security();
  let limit = new RateLimit(limits.rate_limit_rps, limits.rate_limit_burst);
  return async (context, next) => {
    if (limits !== security()) {
      limits = security();
      limit = new RateLimit(limits.rate_limit_rps, limits.rate_limit_burst);
    }
    const { name, isLimited } = context.get("principal");
    if (isLimited) await limit.take(`${name} ${context.env.address}`);
    await next();
  };
}

/** What may be asked by anybody: whether the daemon lives, and what it is. */
const OPEN: ReadonlySet<string> = new Set(["/", "/health"]);
/** What changes the daemon itself. */
const ADMIN = /^\/api\/v1\/(?:daemon|config|distributed\/workers)\b/;

/** Lets through who may do what is asked. @throws FbtrError AUTH_REQUIRED, AUTH_FORBIDDEN. */
export const authorize: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const { method, path } = context.req;
  const principal = context.get("principal");
  const wanted = scopeOf(method, path);
  if (wanted !== undefined && !mayDo(principal, wanted)) {
    if (principal.scope === undefined) {
      throw new FbtrError("AUTH_REQUIRED", "a token is needed", {
        hint: "Make one with `fbtr tokens create`, and send it as Authorization: Bearer.",
      });
    }
    throw new FbtrError("AUTH_FORBIDDEN", `${principal.name} may not do this`, {
      hint: `It takes a token with the scope ${wanted}.`,
    });
  }
  await next();
};

function scopeOf(method: string, path: string): Scope | undefined {
  if (ADMIN.test(path)) return "admin";
  if (method !== "GET" && method !== "HEAD") return "submit";
  return OPEN.has(path) ? undefined : "read";
}
