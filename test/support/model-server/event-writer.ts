import type { JsonObject } from "./request-reader.ts";
import type { AnswerFinish, Bill } from "./wire-protocol.ts";

/** Puts one answer into the words of a protocol: bytes for the body, in the order of the calls. */
export abstract class EventWriter {
  protected readonly model: string;

  constructor(model: string) {
    this.model = model;
  }

  begin(): string {
    return "";
  }

  abstract thought(piece: string): string;
  abstract text(piece: string): string;
  abstract end(finish: AnswerFinish, bill: Bill): string;
  /** What the provider sends when it fails in the middle of a stream that began with status 200. */
  abstract failure(message: string): string;
}

/** An event of a server-sent stream (WHATWG HTML, section 9.2). */
export function sse(data: JsonObject | string, event?: string): string {
  const name = event === undefined ? "" : `event: ${event}\n`;
  return `${name}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`;
}

/** An event of a stream that has one a line. */
export const jsonLine = (value: JsonObject) => `${JSON.stringify(value)}\n`;
