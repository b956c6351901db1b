import { randomUUID } from "node:crypto";

/**
 * A new id whose beginning is the time (UUID version 7, RFC 9562 §5.7): those made one after another
 * are neighbours in an index, which takes them several times as fast as random ones.
 *
 * @param nowMs milliseconds since 1970.
 */
export function newSessionId(nowMs: number): string {
  const time = nowMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
