import { constants, type ClientHttp2Stream } from "node:http2";
import { Readable } from "node:stream";

/**
 * What comes over a stream, with an end that can be believed. A stream of Node that was cut ends like
 * one that is complete; and one whose answer has come at once counts as closed before it is read,
 * which iterating over it takes for a fault.
 *
 * @param brokenBy makes the error of an answer that breaks off.
 */
export function answerBody(
  stream: ClientHttp2Stream,
  brokenBy: (cause?: unknown) => Error,
): Readable {
  let isWhole = false;
  const body = new Readable({
    read: () => void stream.resume(),
    destroy: (error, done) => {
      if (!isWhole) stream.close(constants.NGHTTP2_CANCEL);
      done(error);
    },
  });
  stream.on("data", (chunk: Buffer) => {
    if (!body.push(chunk)) stream.pause();
  });
  stream.once("end", () => {
    const isCut = stream.aborted || stream.rstCode !== constants.NGHTTP2_NO_ERROR;
    if (isCut || stream.session?.destroyed !== false) return;
    isWhole = true;
    body.push(null);
  });
  stream.once("error", (error) => body.destroy(brokenBy(error)));
  stream.once("close", () => {
    if (!isWhole) body.destroy(brokenBy());
  });
  return body;
}
