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
    const { sub, user_id: user, username } = claims;
    const isText = (name: unknown) => typeof name === "string";
    const subject = [sub, user, username].find(isText) ?? "somebody";
    return { name: `jwt:${subject}`, scope, isLimited: true };
  } catch {
    return undefined;
  }
}

/** Roles of existing clients are words such as `admin` and `user`. */
function highestOf(roles: unknown): Scope {
  const text = typeof roles === "string" ? roles : "";
  const words: readonly unknown[] = Array.isArray(roles) ? roles : text.split(" ");
  return SCOPES.toReversed().find((scope) => words.includes(scope)) ?? "read";
}
