import { sign } from "hono/jwt";
import { expect, it } from "vitest";

import { jwtPrincipal } from "../../../../src/server/access/json-web-token.ts";

const SECRET = "a secret of the configuration";
const nowSeconds = () => Math.floor(Date.now() / 1000);
const claims = (more: Readonly<Record<string, unknown>> = {}) => {
  return { sub: "anna", roles: ["submit"], exp: nowSeconds() + 60, ...more };
};

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

it("a token that was signed with the secret names its bearer and the highest of its scopes", async () => {
  const token = await sign(claims({ roles: ["read", "admin", "clerk"] }), SECRET);
  expect(await jwtPrincipal(token, SECRET)).toEqual({
    name: "jwt:anna",
    scope: "admin",
    isLimited: true,
  });
});

it.each([
  ["words that are no scopes", { roles: ["root", "ADMIN"] }, "read"],
  ["a scope as text", { roles: undefined, scope: "read submit" }, "submit"],
  ["nothing", { roles: undefined }, "read"],
])("%s as roles allow no more than is said", async (_, more, scope) => {
  const token = await sign(claims(more), SECRET);
  expect((await jwtPrincipal(token, SECRET))?.scope).toBe(scope);
});

const { exp: _, ...endless } = claims();
it.each([
  ["another secret", async () => sign(claims(), "guessed")],
  ["no end", async () => sign(endless, SECRET)],
  ["an end that has come", async () => sign(claims({ exp: nowSeconds() - 1 }), SECRET)],
  ["a beginning that is to come", async () => sign(claims({ nbf: nowSeconds() + 60 }), SECRET)],
  ["another algorithm", async () => sign(claims(), SECRET, "HS512")],
  ["no signature", async () => `${base64url({ alg: "none", typ: "JWT" })}.${base64url(claims())}.`],
  [
    "a changed claim",
    async () => {
      const [head, , mac] = (await sign(claims(), SECRET)).split(".");
      return [head, base64url(claims({ roles: ["admin"] })), mac].join(".");
    },
  ],
  ["no form", async () => "abc"],
])("a token with %s is nobody's", async (_what, make) => {
  expect(await jwtPrincipal(await make(), SECRET)).toBeUndefined();
});
