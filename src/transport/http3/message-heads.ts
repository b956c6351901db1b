import { messageError } from "./http3-error.ts";
import type { Field } from "./qpack.ts";

/** A request without its body (RFC 9114 §4.3.1). */
export interface RequestHead {
  readonly method: string;
  readonly authority: string;
  /** With the query. */
  readonly path: string;
  readonly fields: readonly Field[];
}

/** An answer without its body (RFC 9114 §4.3.2). */
export interface AnswerHead {
  readonly status: number;
  readonly fields: readonly Field[];
}

/** Tokens of RFC 9110 §5.6.2, in lower case (RFC 9114 §4.2). */
const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** What must not be in a value (RFC 9110 §5.5). */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN_IN_VALUE = /[\u0000\r\n]|^[ \t]|[ \t]$/;
/** Fields that belong to one connection of HTTP/1.1 (RFC 9114 §4.2). */
const CONNECTION_FIELDS = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);
const AUTHORITY = /^[A-Za-z0-9.\-:[\]]+$/;

/** @throws Http3Error MESSAGE_ERROR if the request is malformed (RFC 9114 §4.1.2). */
export function readRequestHead(lines: readonly Field[]): RequestHead {
  const { pseudo, fields } = separate(lines, [":method", ":scheme", ":authority", ":path"]);
  const [method, scheme, path] = [":method", ":scheme", ":path"].map((name) => pseudo.get(name));
  const authority = pseudo.get(":authority") ?? valueOf(fields, "host");
  if (!method || !NAME.test(method.toLowerCase())) throw messageError("A request has no method.");
  if (scheme !== "https") throw messageError("A request is not for https.");
  if (!path?.startsWith("/")) throw messageError("A request has no path.");
  if (!authority || !AUTHORITY.test(authority)) throw messageError("A request has no authority.");
  return { method, authority, path, fields };
}

/** @throws Http3Error MESSAGE_ERROR if the answer is malformed (RFC 9114 §4.1.2). */
export function readAnswerHead(lines: readonly Field[]): AnswerHead {
  const { pseudo, fields } = separate(lines, [":status"]);
  const status = pseudo.get(":status") ?? "";
  // 101 is of HTTP/1.1 alone (RFC 9114 §4.5).
  if (!/^[1-5]\d\d$/.test(status) || status === "101") {
    throw messageError("An answer has no status.");
  }
  return { status: Number(status), fields };
}

/** Trailers are ordinary fields (RFC 9114 §4.1). @throws Http3Error MESSAGE_ERROR */
export function checkTrailers(lines: readonly Field[]): void {
  separate(lines, []);
}

/** Bytes that the body is said to have (RFC 9110 §8.6). @throws Http3Error MESSAGE_ERROR */
export function contentLengthOf(fields: readonly Field[]): number | undefined {
  const value = valueOf(fields, "content-length");
  if (value === undefined) return undefined;
  if (!/^\d{1,15}$/.test(value)) throw messageError("A length of content is no number.");
  return Number(value);
}

/** @returns the values of a name, put together (RFC 9110 §5.3). */
export function toRecord(fields: readonly Field[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (const [name, value] of fields) {
    const before = Object.hasOwn(record, name) ? record[name] : undefined;
    record[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return record;
}

/** @returns header lines without those that HTTP/3 does not have. */
export function toFields(headers: Iterable<readonly [string, string]>): readonly Field[] {
  const fields: Field[] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (!CONNECTION_FIELDS.has(lower)) fields.push([lower, value]);
  }
  return fields;
}

function valueOf(fields: readonly Field[], wanted: string): string | undefined {
  return fields.find(([name]) => name === wanted)?.[1];
}

/** Pseudo-header fields stand first, each once, and no other than those of its kind (§4.3). */
function separate(lines: readonly Field[], allowed: readonly string[]) {
  const pseudo = new Map<string, string>();
  const fields: Field[] = [];
  for (const [name, value] of lines) {
    if (FORBIDDEN_IN_VALUE.test(value)) throw messageError("A header has a forbidden value.");
    if (name.startsWith(":")) {
      if (!allowed.includes(name) || pseudo.has(name) || fields.length > 0) {
        throw messageError("A header has a pseudo-header field in the wrong place.");
      }
      pseudo.set(name, value);
      continue;
    }
    const isForbidden = CONNECTION_FIELDS.has(name) || (name === "te" && value !== "trailers");
    if (isForbidden || !NAME.test(name)) throw messageError("A header has a forbidden name.");
    fields.push([name, value]);
  }
  return { pseudo, fields };
}
