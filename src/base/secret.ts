import { inspect } from "node:util";

const REDACTED = "[REDACTED]";

/**
 * A text that must not be shown: a key, a password. Wherever it is printed by accident (JSON,
 * `console.log`, a template string) it reads [REDACTED]; only `reveal` gives the text.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself: to be handed over where it is needed, and not to be kept. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
