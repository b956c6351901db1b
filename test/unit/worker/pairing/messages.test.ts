import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { systemClock } from "../../../../src/base/clock.ts";
import { FbtrError } from "../../../../src/base/errors.ts";
import { loadIdentity, type Identity } from "../../../../src/transport/identity.ts";
import { framed, unframed } from "../../../../src/worker/pairing/frame.ts";
import {
  pairReplyOf,
  pairRequestOf,
  refusalOf,
  workerReportOf,
} from "../../../../src/worker/pairing/messages.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const REPORT = {
  v: 1,
  version: "1.2.3",
  running: true,
  endpoints: [
    { kind: "tunnel", socket: "/run/peers.sock" },
    { kind: "h2", host: "0.0.0.0", port: 8444 },
  ],
  capabilities: {
    providers: ["draft"],
    max_concurrent: 5,
    supports_batch: true,
    supports_websocket: true,
    local_llms: [],
    hardware: { cpus: 2, memory_bytes: 8e9 },
  },
};
const NONCE = "a-nonce-of-enough-letters";

describe("a framed answer", () => {
  it("is found in whatever a login shell prints around it", () => {
    const noise = fc.string();
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), noise, noise, (value, before, after) => {
        const expected: unknown = JSON.parse(JSON.stringify(value));
        expect(unframed(`${before}\n${framed(value)}${after}`)).toEqual(expected);
      }),
    );
  });

  it("is none where it is missing or cut off", () => {
    expect(unframed("Welcome!\n")).toBeUndefined();
    expect(unframed(framed({ text: "дом" }).slice(0, -8))).toBeUndefined();
  });
});

describe("what machines tell each other to pair", () => {
  let root: Identity;
  let worker: Identity;

  beforeAll(async () => {
    await using dir = await tempDir();
    [root, worker] = await Promise.all([
      loadIdentity(dir.file("root"), systemClock),
      loadIdentity(dir.file("worker"), systemClock),
    ]);
  });

  const request = (change: object = {}) => {
    const { id, current } = root;
    const own = { id, name: "attic", certificate: current.certificate, ...change };
    return { v: 1, root: own, nonce: NONCE, now: 1 };
  };
  const reply = (change: object = {}) => {
    const own = { machine: worker.id, certificates: [worker.current.certificate], ...change };
    return { ...REPORT, nonce: NONCE, worker: own };
  };

  it("is taken as it was meant", () => {
    expect(pairRequestOf(request())).toEqual(request());
    expect(pairReplyOf(reply())).toEqual(reply());
  });

  it("is refused with a certificate that names another machine", () => {
    const other = { certificate: worker.current.certificate };
    expect(() => pairRequestOf(request(other))).toThrow("it names another machine");
    expect(() => pairReplyOf(reply({ machine: root.id }))).toThrow("it names another machine");
    expect(() => pairRequestOf(request({ next: worker.current.certificate }))).toThrow(
      "it names another machine",
    );
  });

  it("is refused with a certificate whose signature is not its own", () => {
    // Another letter in the last line of the certificate, which belongs to the signature.
    const forged = root.current.certificate.replace(/(.)(?=[^\n]*\n-----END)/, (letter: string) =>
      letter === "A" ? "B" : "A",
    );
    expect(() => pairRequestOf(request({ certificate: forged }))).toThrow(
      "it has not signed itself",
    );
  });

  it.each([
    ["a name that would move the cursor", { name: "attic\u001B[2J" }],
    ["a name of nothing", { name: "" }],
    ["a name without end", { name: "x".repeat(201) }],
    ["an id that is none", { id: "attic" }],
    ["a certificate that is none", { certificate: "none" }],
  ])("is refused with %s", (_, change) => {
    expect(() => pairRequestOf(request(change))).toThrow("the request to pair cannot be used");
  });

  it.each([
    ["of another version of the protocol", { v: 2 }],
    ["with an endpoint that is no path", { endpoints: [{ kind: "tunnel", socket: "x" }] }],
    ["with a port that is none", { endpoints: [{ kind: "h2", host: "a", port: 0 }] }],
    ["without hardware", { capabilities: { ...REPORT.capabilities, hardware: {} } }],
    ["with a version that is text", { version: "the newest\n" }],
  ])("is refused %s", (_, change) => {
    expect(() => workerReportOf({ ...REPORT, ...change })).toThrow(FbtrError);
  });

  it("brings the worker's own error to the root: its code, message and hint", () => {
    const error = new FbtrError("CONFIG_INVALID", "port is\n wrong", { hint: "Mend it." });
    const told = refusalOf(error);
    expect(() => workerReportOf(told)).toThrow("the worker says: port is wrong");
    expect(() => workerReportOf(told)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", hint: "Mend it." }),
    );
  });

  it("does not believe a worker that tells an error unknown to fbtr", () => {
    const told = { v: 1, error: { code: "MADE_UP", message: "no" } };
    expect(() => workerReportOf(told)).toThrow(expect.objectContaining({ code: "PAIRING_FAILED" }));
  });
});
