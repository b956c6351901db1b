import type { Context, HonoRequest, MiddlewareHandler } from "hono";

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
import type { TokenUses } from "./token-uses.ts";

export interface Gate {
  readonly tokens: TokenStore;
  readonly uses: TokenUses;
  readonly audit: AuditLog;
  readonly security: () => Config["security"];
}

/** Wrong tokens from one address in a minute, after which it has to wait. */
const GUESSES = { perSecond: 10 / 60, burst: 10 };

/**
 * Lets in who may do what is asked, and not too often: finds out who it is, counts the request, looks
 * at the scope. The principal is left for the routes.
 *
 * @throws FbtrError AUTH_REQUIRED, AUTH_FORBIDDEN, RATE_LIMITED.
 */
export function admit(gate: Gate): MiddlewareHandler<ApiEnv> {
  const authenticate = authentication(gate);
  const count = rateLimit(gate);
  return async (context, next) => {
    const principal = await authenticate(context);
    context.set("principal", principal);
    await count(principal, context.env.address);
    authorize(principal, context.req);
    await next();
  };
}

/** Finds out who asks. It throws AUTH_REQUIRED for a wrong token, RATE_LIMITED for many of them. */
function authentication(gate: Gate) {
  const { audit, security } = gate;
  const guesses = new RateLimit(GUESSES.perSecond, GUESSES.burst);
  return async (context: Context<ApiEnv>): Promise<Principal> => {
    const { via, address, machine } = context.env;
    const { api_key_header: keyHeader, jwt_secret: jwtSecret, enable_auth: isAsked } = security();
    const bearer = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    const shown = bearer ?? context.req.header(keyHeader);
    let principal: Principal | undefined = isAsked ? NOBODY : EVERYBODY;
    if (via === "socket") principal = SOCKET_USER;
    else if (machine !== undefined) principal = pairedRoot(machine);
    else if (shown !== undefined) principal = await whoHas(shown, gate, jwtSecret?.reveal());
    if (principal === undefined) {
      audit.add(address, "auth_failed", { path: context.req.path });
      await guesses.take(address);
      throw new FbtrError("AUTH_REQUIRED", "the token is not known, or has expired", {
        hint: "`fbtr tokens create` makes one.",
      });
    }
    return principal;
  };
}

async function whoHas(
  shown: string,
  { tokens, uses }: Gate,
  jwtSecret: string | undefined,
): Promise<Principal | undefined> {
  const token = tokens.find(shown);
  if (token) {
    uses.note(token.id, () => tokens.list().map(({ id }) => id));
    return { name: `token:${token.id}`, scope: token.scope, isLimited: true };
  }
  return jwtSecret === undefined ? undefined : jwtPrincipal(shown, jwtSecret);
}

/** Holds callers to the rate of the configuration; a new configuration begins to count anew. */
function rateLimit({ security }: Gate) {
  let limits = security();
  let limit = new RateLimit(limits.rate_limit_rps, limits.rate_limit_burst);
  return async ({ name, isLimited }: Principal, address: string): Promise<void> => {
    if (limits !== security()) {
      limits = security();
      limit = new RateLimit(limits.rate_limit_rps, limits.rate_limit_burst);
    }
    if (isLimited) await limit.take(`${name} ${address}`);
  };
}

/** What may be asked by anybody: whether the daemon lives, and what it is. */
const OPEN: ReadonlySet<string> = new Set(["/", "/health"]);
/** What changes the daemon itself. */
const ADMIN = /^\/api\/v1\/(?:daemon|config|distributed\/workers)\b/;

/** Lets through who may do what is asked. @throws FbtrError AUTH_REQUIRED, AUTH_FORBIDDEN. */
function authorize(principal: Principal, { method, path }: HonoRequest): void {
  const wanted = scopeOf(method, path);
  if (wanted === undefined || mayDo(principal, wanted)) return;
  if (principal.scope === undefined) {
    throw new FbtrError("AUTH_REQUIRED", "a token is needed", {
      hint: "Make one with `fbtr tokens create`, and send it as Authorization: Bearer.",
    });
  }
  throw new FbtrError("AUTH_FORBIDDEN", `${principal.name} may not do this`, {
    hint: `It takes a token with the scope ${wanted}.`,
  });
}

function scopeOf(method: string, path: string): Scope | undefined {
  if (ADMIN.test(path)) return "admin";
  if (method !== "GET" && method !== "HEAD") return "submit";
  return OPEN.has(path) ? undefined : "read";
}
