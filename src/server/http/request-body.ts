import type { HonoRequest, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

import { FbtrError } from "../../base/errors.ts";
import type { ApiEnv } from "../api.ts";

const MAX_JSON_BYTES = 4 * 1024 * 1024;

/** Where a book comes as it is, or in a form; what it may be long is counted as it is taken. */
const UPLOADS: ReadonlySet<string> = new Set(["/api/v1/jobs", "/api/v1/translate/fb2"]);
const BOOK_TYPES =
  /^(?:application\/(?:octet-stream|zip|xml|x-fictionbook\+xml|x-zip-compressed-fb2)|text\/xml|multipart\/form-data)\b/;
const JSON_TYPE = /^application\/json\b/;

/**
 * Refuses bodies that a page in a browser can send without asking first: forms and plain text. Books
 * may come in forms, since a form cannot carry a token.
 */
function checkType(request: HonoRequest): void {
  const { method, path } = request;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return;
  const type = request.header("content-type") ?? "";
  if (JSON_TYPE.test(type) || (UPLOADS.has(path) && BOOK_TYPES.test(type))) return;
  const length = request.header("content-length") ?? "0";
  const isBare = type === "" && length === "0" && !request.header("transfer-encoding");
  if (isBare) return;
  throw new FbtrError("MEDIA_TYPE_UNSUPPORTED", `a body of ${type || "no type"} is not taken`, {
    hint: UPLOADS.has(path)
      ? "Send the book as application/octet-stream or in a form."
      : "Send JSON with content-type application/json.",
  });
}

function tooLarge(): never {
  throw new FbtrError("REQUEST_TOO_LARGE", `a request has at most ${MAX_JSON_BYTES} bytes`, {
    hint: "Hand in long texts as books: POST /api/v1/jobs.",
  });
}

const limitUnknownLength: MiddlewareHandler<ApiEnv> = bodyLimit({
  maxSize: MAX_JSON_BYTES,
  onError: tooLarge,
});

/** Refuses bodies of types that are not taken, and long ones of JSON before they are read whole. */
export const checkBody: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const { req } = context;
  checkType(req);
  if (UPLOADS.has(req.path)) return next();
  const length = req.header("content-length");
  if (length === undefined || req.header("transfer-encoding") !== undefined) {
    return limitUnknownLength(context, next);
  }
  // The parsers of HTTP/1.1 and HTTP/2 hold a client to the length that it gives. To look at the
  // body itself would make a stream of it, which costs more than all other checks.
  if (!(Number(length) <= MAX_JSON_BYTES)) tooLarge();
  return next();
};
