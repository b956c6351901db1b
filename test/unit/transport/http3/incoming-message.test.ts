import { Duplex } from "node:stream";
import { text } from "node:stream/consumers";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { FRAME, encodeFrame } from "../../../../src/transport/http3/frames.ts";
import { H3, Http3Error } from "../../../../src/transport/http3/http3-error.ts";
import { IncomingMessage } from "../../../../src/transport/http3/incoming-message.ts";
import {
  readAnswerHead,
  readRequestHead,
  toFields,
  toRecord,
} from "../../../../src/transport/http3/message-heads.ts";
import { encodeFields, type Field } from "../../../../src/transport/http3/qpack.ts";
import type { QuicStream } from "../../../../src/transport/http3/quic.ts";

/** A stream without a network: what is pushed comes, and codes of resets are kept. */
class LocalStream extends Duplex implements QuicStream {
  readonly id = 0;
  code: number | undefined;

  close(code: number): void {
    this.code = code;
    this.destroy();
  }

  override _read(): void {
    // Bytes are pushed by the tests.
  }
}

function receive() {
  const stream = new LocalStream();
  const connectionErrors: Http3Error[] = [];
  const message = new IncomingMessage({
    stream,
    readHead: (lines) => {
      const head = readAnswerHead(lines);
      return head.status < 200 ? undefined : head;
    },
    onConnectionError: (error) => connectionErrors.push(error),
  });
  const come = (...parts: readonly (Buffer | null)[]) => {
    for (const part of parts) stream.push(part);
  };
  return { stream, message, connectionErrors, come };
}

const header = (...lines: Field[]) => encodeFrame(FRAME.HEADERS, encodeFields(lines));
const data = (words: string) => encodeFrame(FRAME.DATA, Buffer.from(words));
const OK: Field = [":status", "200"];

describe("a message that comes", () => {
  it("has interim answers, a header, a body and trailers, wherever it is cut", async () => {
    const bytes = Buffer.concat([
      header([":status", "103"]),
      header(OK, ["x-name", "value"]),
      data("first "),
      data(""),
      data("second"),
      header(["x-trailer", "value"]),
    ]);
    for (let cut = 1; cut < bytes.length; cut += 7) {
      const { message, come } = receive();
      come(bytes.subarray(0, cut), bytes.subarray(cut), null);
      expect((await message.head).fields).toEqual([["x-name", "value"]]);
      expect(await text(message.body)).toBe("first second");
    }
  });

  it.each([
    ["ends before its header", [null], H3.REQUEST_INCOMPLETE],
    ["has no status", [header(["x-name", "value"])], H3.MESSAGE_ERROR],
    ["is longer than it says", [header(OK, ["content-length", "1"]), data("xy")], H3.MESSAGE_ERROR],
    [
      "is shorter than it says",
      [header(OK, ["content-length", "3"]), data("xy"), null],
      H3.MESSAGE_ERROR,
    ],
    ["switches protocols", [header([":status", "101"])], H3.MESSAGE_ERROR],
    ["has a status among its trailers", [header(OK), data("x"), header(OK)], H3.MESSAGE_ERROR],
  ])("ends its stream if it %s", async (_, parts, code) => {
    const { stream, message, connectionErrors, come } = receive();
    come(...parts);
    await expect(text(message.body)).rejects.toBeInstanceOf(Http3Error);
    expect(stream.code).toBe(code);
    expect(connectionErrors).toEqual([]);
  });

  it.each([
    ["a body first", [data("x")], "FRAME_UNEXPECTED"],
    ["a body behind trailers", [header(OK), header(), data("x")], "FRAME_UNEXPECTED"],
    ["an end within a frame", [header(OK), data("xyz").subarray(0, 3), null], "FRAME_ERROR"],
    ["a push", [header(OK), encodeFrame(FRAME.PUSH_PROMISE, Buffer.of(0))], "FRAME_UNEXPECTED"],
  ])("ends the connection with %s", async (_, parts, code) => {
    const { message, connectionErrors, come } = receive();
    come(...parts);
    await expect(text(message.body)).rejects.toMatchObject({ code });
    expect(connectionErrors).toMatchObject([{ code, scope: "connection" }]);
  });

  it("hands over what had come before the stream broke off", async () => {
    const { stream, message, come } = receive();
    come(header(OK), data("half"));
    const pieces: string[] = [];
    const read = async () => {
      for await (const piece of message.body) {
        pieces.push(Buffer.from(piece).toString());
        stream.destroy(new Error("gone"));
      }
    };
    await expect(read()).rejects.toThrow("gone");
    expect(pieces).toEqual(["half"]);
  });

  it("is cancelled by leaving its body", async () => {
    const { stream, message, come } = receive();
    come(header(OK), data("first"));
    for await (const _ of message.body) break;
    expect(stream.code).toBe(H3.REQUEST_CANCELLED);
  });

  it("never throws, whatever comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), async (pieces) => {
        const { message, come } = receive();
        come(header(OK), ...pieces.map((piece) => Buffer.from(piece)), null);
        const failure = await text(message.body).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure === undefined || failure instanceof Http3Error).toBe(true);
      }),
    );
  });
});

describe("the header of a request", () => {
  const lines: Field[] = [
    [":method", "POST"],
    [":scheme", "https"],
    [":authority", "a.fbtr.internal"],
    [":path", "/x?y=1"],
  ];

  it("is read with its fields", () => {
    expect(readRequestHead([...lines, ["accept", "*/*"]])).toEqual({
      method: "POST",
      authority: "a.fbtr.internal",
      path: "/x?y=1",
      fields: [["accept", "*/*"]],
    });
  });

  it.each([
    ["no method", lines.slice(1)],
    ["another scheme", lines.with(1, [":scheme", "http"])],
    ["a path without a slash", lines.with(3, [":path", "x"])],
    ["an authority with a user", lines.with(2, [":authority", "user@host"])],
    ["a method twice", [...lines, [":method", "GET"]]],
    ["an unknown pseudo-header field", [...lines, [":status", "200"]]],
    ["a pseudo-header field behind a field", [["accept", "*/*"], ...lines]],
    ["a name in capitals", [...lines, ["Accept", "*/*"]]],
    ["a field of one connection", [...lines, ["transfer-encoding", "chunked"]]],
    ["a line break in a value", [...lines, ["x-name", "a\r\nb"]]],
  ] as [string, Field[]][])("is malformed with %s", (_, malformed) => {
    expect(() => readRequestHead(malformed)).toThrow(
      expect.objectContaining({ code: "MESSAGE_ERROR", scope: "stream" }),
    );
  });
});

describe("fields", () => {
  it("are put together if they have the same name", () => {
    const fields: Field[] = [
      ["a", "1"],
      ["b", "2"],
      ["a", "3"],
    ];
    expect(toRecord(fields)).toEqual({ a: "1, 3", b: "2" });
  });

  it("are sent in lower case, without those of HTTP/1.1", () => {
    const headers: [string, string][] = [
      ["Content-Type", "text/plain"],
      ["Connection", "close"],
    ];
    expect(toFields(headers)).toEqual([["content-type", "text/plain"]]);
  });
});
