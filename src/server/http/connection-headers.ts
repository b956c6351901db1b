import type { MiddlewareHandler } from "hono";

/**
 * Takes out headers that HTTP/2 forbids (RFC 9113 §8.2.2): with them a streamed answer ends the
 * process (honojs/hono#4041).
 */
export const withoutConnectionHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  context.res.headers.delete("connection");
  context.res.headers.delete("transfer-encoding");
};
