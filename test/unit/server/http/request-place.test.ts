import { Hono } from "hono";
import { describe, expect, it } from "vitest";

import { FbtrError } from "../../../../src/base/errors.ts";
import type { ApiEnv } from "../../../../src/server/api.ts";
import { checkPlace, placeRules } from "../../../../src/server/http/request-place.ts";

const RULES = placeRules(["Books.example.com"], () => ["*", "https://reader.example.com"]);

/** What a request with these headers is answered. */
async function askWith(headers: Readonly<Record<string, string>>, via: "socket" | "network") {
  const app = new Hono<ApiEnv>();
  app.onError((error, context) => {
    if (!(error instanceof FbtrError)) throw error;
    return context.text(error.code, 400);
  });
  app.use(checkPlace(RULES));
  app.get("/", (context) => context.text("fine"));
  const host = headers["host"] ?? "127.0.0.1:8443";
  return app.request(`http://${host}/`, { headers: { host, ...headers } }, { via, address: "" });
}

const OTHER_SITE = { origin: "https://evil.example" };
const SAME = { origin: "http://127.0.0.1:8443" };
const TRUSTED = { origin: "https://reader.example.com" };

describe("a request over the network", () => {
  it.each([
    ["to the loopback address", {}, "fine"],
    ["to localhost in capitals", { host: "LOCALHOST:1" }, "fine"],
    ["to the IPv6 loopback address", { host: "[::1]:8443" }, "fine"],
    ["to the name of the machine", { host: "books.example.com" }, "fine"],
    ["to a name that was bound to the address", { host: "evil.example:8443" }, "HOST_UNKNOWN"],
    ["to a name that only begins like one", { host: "localhost.evil.example" }, "HOST_UNKNOWN"],
    ["from a page of its own", SAME, "fine"],
    ["from a page of another port", { origin: "http://127.0.0.1:1" }, "ORIGIN_FORBIDDEN"],
    ["from a page of another site", OTHER_SITE, "ORIGIN_FORBIDDEN"],
    ["from a page without a site", { origin: "null" }, "ORIGIN_FORBIDDEN"],
    ["that a browser calls cross-site", { "sec-fetch-site": "cross-site" }, "ORIGIN_FORBIDDEN"],
    ["that the user has typed in", { "sec-fetch-site": "none" }, "fine"],
    ["from a page that is trusted", { ...TRUSTED, "sec-fetch-site": "cross-site" }, "fine"],
  ])("%s is answered %s: %s", async (_, headers, expected) => {
    expect(await (await askWith(headers, "network")).text()).toBe(expected);
  });
});

it("only a page that is trusted may read the answer", async () => {
  const trusted = await askWith(TRUSTED, "network");
  expect(trusted.headers.get("access-control-allow-origin")).toBe(TRUSTED.origin);
  expect(trusted.headers.get("vary")).toBe("Origin");
  const own = await askWith(SAME, "network");
  expect(own.headers.has("access-control-allow-origin")).toBe(false);
});

it("over the socket any name is fine, since only its user can open it", async () => {
  expect(await (await askWith({ host: "fbtr" }, "socket")).text()).toBe("fine");
});
