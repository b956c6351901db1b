import { describe, expect, it } from "vitest";

import { providerError, type FailedCall } from "../../../../src/engine/models/provider-error.ts";

const NOW = Date.UTC(2026, 0, 1);

const errorOf = (call: Partial<FailedCall>) =>
  providerError(
    {
      provider: "openai",
      model: "gpt-4.1",
      status: undefined,
      headers: {},
      message: "no",
      secrets: [],
      ...call,
    },
    NOW,
  );

describe("the error of a provider", () => {
  it("names the provider, the model, the status and what was said, on one line", () => {
    const { message } = errorOf({ status: 400, message: "too\nlong  a\ttext" });
    expect(message).toBe("openai gpt-4.1: too long a text (HTTP 400)");
  });

  it("takes an account without credit for a refused key, which waiting does not mend", () => {
    expect(errorOf({ status: 429, reason: "insufficient_quota" }).code).toBe("ENGINE_UNAUTHORIZED");
    expect(errorOf({ status: 402 }).code).toBe("ENGINE_UNAUTHORIZED");
    expect(errorOf({ status: 429, reason: "rate_limit_exceeded" }).code).toBe("ENGINE_BUSY");
  });

  it("takes a 503 that says when to come back for busy, and any other for broken", () => {
    const busy = errorOf({ status: 503, headers: { "retry-after": "2" } });
    expect(busy).toMatchObject({ code: "ENGINE_BUSY", retryAfterMs: 2000 });
    expect(errorOf({ status: 503 }).code).toBe("ENGINE_UNREACHABLE");
  });

  it("reads an error inside a stream, which has no status, by its name", () => {
    expect(errorOf({ reason: "overloaded_error" }).code).toBe("ENGINE_BUSY");
    expect(errorOf({ reason: "something_else" }).code).toBe("ENGINE_UNREACHABLE");
  });

  it("passes over a wait that makes no sense", () => {
    for (const wait of ["", "soon", "-5", "Infinity"]) {
      expect(errorOf({ status: 429, headers: { "retry-after-ms": wait } }).retryAfterMs).toBe(
        undefined,
      );
    }
  });

  it("takes out the keys of the call, also where one begins with another, and look-alikes", () => {
    const { message } = errorOf({
      message: "a.b.c and a.b.c.d1 and sk-somebody-else-s-key at http://me:pass@host/v1",
      secrets: ["a.b.c", "a.b.c.d1", ""],
    });
    const hidden = "[REDACTED]";
    const said = `${hidden} and ${hidden} and ${hidden} at http://${hidden}@host/v1`;
    expect(message).toBe(`openai gpt-4.1: ${said}`);
  });

  it("cuts a message that a key stands in only after the key is out", () => {
    const key = "k".repeat(50);
    const { message } = errorOf({ message: `${"x".repeat(180)}${key}`, secrets: [key] });
    expect(message).not.toContain("kk");
  });
});
