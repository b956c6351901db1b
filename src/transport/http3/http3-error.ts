/** Error codes on the wire: HTTP/3 (RFC 9114 §8.1) and QPACK (RFC 9204 §6). */
export const H3 = {
  NO_ERROR: 0x100,
  GENERAL_PROTOCOL_ERROR: 0x101,
  INTERNAL_ERROR: 0x102,
  STREAM_CREATION_ERROR: 0x103,
  CLOSED_CRITICAL_STREAM: 0x104,
  FRAME_UNEXPECTED: 0x105,
  FRAME_ERROR: 0x106,
  EXCESSIVE_LOAD: 0x107,
  ID_ERROR: 0x108,
  SETTINGS_ERROR: 0x109,
  MISSING_SETTINGS: 0x10a,
  REQUEST_REJECTED: 0x10b,
  REQUEST_CANCELLED: 0x10c,
  REQUEST_INCOMPLETE: 0x10d,
  MESSAGE_ERROR: 0x10e,
  QPACK_DECOMPRESSION_FAILED: 0x200,
  QPACK_ENCODER_STREAM_ERROR: 0x201,
  QPACK_DECODER_STREAM_ERROR: 0x202,
} as const;

export type Http3ErrorCode = keyof typeof H3;

/** How much of the connection an error ends (RFC 9114 §8). */
export type Http3ErrorScope = "stream" | "connection";

/**
 * What the other side did wrong, or too much of. It never leaves this folder: those outside get
 * an `FbtrError`.
 */
export class Http3Error extends Error {
  override readonly name = "Http3Error";
  readonly code: Http3ErrorCode;
  readonly scope: Http3ErrorScope;

  constructor(code: Http3ErrorCode, message: string, scope: Http3ErrorScope = "connection") {
    super(message);
    this.code = code;
    this.scope = scope;
  }
}

/** A malformed message ends its stream only (RFC 9114 §4.1.2). */
export function messageError(message: string): Http3Error {
  return new Http3Error("MESSAGE_ERROR", message, "stream");
}
