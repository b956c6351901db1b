import { X509Certificate } from "node:crypto";

import { z } from "zod";

import { FbtrError, VERDICTS, type ErrorCode } from "../../base/errors.ts";
import { serverNameOf } from "../../transport/identity.ts";
import { isOwnSignature } from "../../transport/pin.ts";

/** Version of what two machines tell each other when they pair. */
export const PROTOCOL = 1;

/** What is shown to people, from a machine that is not trusted yet. */
const Word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u);
const Certificate = z.string().max(16_384).refine(isOwnSignature, "it has not signed itself");
const Protocol = z.literal(PROTOCOL);
const Version = z.string().regex(/^\d+\.\d+\.\d+[\w.+-]{0,40}$/);
const Port = z.int().min(1).max(65_535);

const Endpoint = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tunnel"), socket: z.string().startsWith("/").max(200) }),
  z.object({ kind: z.enum(["h3", "h2"]), host: Word, port: Port }),
]);

const Capabilities = z.object({
  providers: z.array(Word).max(100),
  max_concurrent: z.int().min(1).max(10_000),
  supports_batch: z.boolean(),
  supports_websocket: z.boolean(),
  local_llms: z.array(Word).max(1000),
  hardware: z.object({ cpus: z.int().min(1), memory_bytes: z.number().min(0) }),
});

const Report = z.object({
  v: Protocol,
  version: Version,
  running: z.boolean(),
  endpoints: z.array(Endpoint).max(10),
  capabilities: Capabilities,
});

const Nonce = z.string().regex(/^[A-Za-z0-9_-]{16,100}$/);
const Machine = z.uuid();

const Request = z.object({
  v: Protocol,
  root: z.object({
    id: Machine,
    name: Word,
    certificate: Certificate,
    next: Certificate.optional(),
  }),
  nonce: Nonce,
  now: z.number(),
});

const Reply = Report.extend({
  nonce: Nonce,
  worker: z.object({ machine: Machine, certificates: z.array(Certificate).min(1).max(2) }),
});

const Parting = z.object({ v: Protocol, machine: Machine });

const Farewell = z.object({ v: Protocol, removed: z.boolean() });

const Installed = z.object({
  v: Protocol,
  version: Version,
  release: Word,
  previous: Word.optional(),
});

const Refusal = z.object({
  v: Protocol,
  error: z.object({ code: z.string(), message: Word, hint: Word.optional() }),
});

/** How a worker is: what discovery asks for. */
export type WorkerReport = z.infer<typeof Report>;
/** What a root hands over to pair: who it is. `next` is the key that is to follow. */
export type PairRequest = z.infer<typeof Request>;
/** What a worker answers. */
export type PairReply = z.infer<typeof Reply>;
/** What a worker answers to who ends the pairing; `removed` is false if there was none. */
export type UnpairReply = z.infer<typeof Farewell>;

/** The version that a worker has now, and the name of the one before, if it has one. */
export type ReleaseReply = z.infer<typeof Installed>;

/** @throws FbtrError PAIRING_FAILED. */
export function pairRequestOf(value: unknown): PairRequest {
  const request = checked(Request, value, "the request to pair");
  const { id, certificate, next } = request.root;
  checkNames([certificate, ...(next === undefined ? [] : [next])], id);
  return request;
}

/** @throws FbtrError PAIRING_FAILED. */
export function unpairRequestOf(value: unknown): z.infer<typeof Parting> {
  return checked(Parting, value, "the request to unpair");
}

/** @throws FbtrError PAIRING_FAILED; or the error that the worker tells. */
export function pairReplyOf(value: unknown): PairReply {
  const reply = checked(Reply, unlessRefused(value), "the answer of the worker");
  checkNames(reply.worker.certificates, reply.worker.machine);
  return reply;
}

/** @throws FbtrError PAIRING_FAILED; or the error that the worker tells. */
export function workerReportOf(value: unknown): WorkerReport {
  return checked(Report, unlessRefused(value), "the answer of the worker");
}

/** @throws FbtrError PAIRING_FAILED; or the error that the worker tells. */
export function unpairReplyOf(value: unknown): UnpairReply {
  return checked(Farewell, unlessRefused(value), "the answer of the worker");
}

/** @throws FbtrError PAIRING_FAILED; or the error that the worker tells. */
export function releaseReplyOf(value: unknown): ReleaseReply {
  return checked(Installed, unlessRefused(value), "the answer of the worker");
}

/** An error as the answer of a worker. */
export function refusalOf({ code, message, hint }: FbtrError): z.infer<typeof Refusal> {
  const line = (text: string) => text.replaceAll(/\s+/g, " ").slice(0, 200);
  const told = { code, message: line(message) };
  return {
    v: PROTOCOL,
    error: hint === undefined ? told : { ...told, hint: line(hint) },
  };
}

function unlessRefused(value: unknown): unknown {
  const refusal = Refusal.safeParse(value);
  if (!refusal.success) return value;
  const { code, message, hint } = refusal.data.error;
  const known = code in VERDICTS ? (code as ErrorCode) : "PAIRING_FAILED";
  throw new FbtrError(known, `the worker says: ${message}`, hint === undefined ? {} : { hint });
}

/** A certificate is good for the machine that it names alone. */
function checkNames(certificates: readonly string[], machine: string): void {
  const name = serverNameOf(machine);
  const isNamed = (pem: string) => new X509Certificate(pem).checkHost(name) !== undefined;
  if (!certificates.every(isNamed)) throw unusable("a certificate", "it names another machine");
}

function checked<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unusable(what, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
}

function unusable(what: string, reason: string): FbtrError {
  return new FbtrError("PAIRING_FAILED", `${what} cannot be used: ${reason}`, {
    hint: "Bring both machines to the same version of fbtr.",
  });
}
