import { verify } from "hono/jwt";

import { SCOPES, type Principal, type Scope } from "./principal.ts";

/** The one algorithm that is taken: the one that is named in a token is not asked. */
const ALGORITHM = "HS256";

/**
 * The caller that a JSON Web Token (RFC 7519) names; undefined if it was not signed with the
 * secret, or its time is over or has not come.
 */
export async function jwtPrincipal(token: string, secret: string): Promise<Principal | undefined> {
  try {
    const claims = await verify(token, secret, ALGORITHM);
    // Without an end it would hold for ever.
    if (typeof claims.exp !== "number") return undefined;
    const scope = highestOf(claims["roles"] ?? claims["scope"]);
    const { sub, user_id: user, username } = claims as Record<string, unknown>;
    const subject = [sub, user, username].find((name) => typeof name === "string");
    return { name: `jwt:${String(subject ?? "somebody")}`, scope, isLimited: true };
  } catch {
    return undefined;
  }
}

/** Roles of existing clients are words such as `admin` and `user`. */
function highestOf(roles: unknown): Scope {
  const words = Array.isArray(roles) ? roles.map(String) : String(roles ?? "").split(" ");
  return SCOPES.toReversed().find((scope) => words.includes(scope)) ?? "read";
}
