import { EventEmitter } from "node:events";

import { systemClock } from "../../src/base/clock.ts";
import type { Surroundings } from "../../src/cli/compose.ts";
import { createDraftEngine } from "../../src/draft/create-engine.ts";
import type { DraftEngine } from "../../src/draft/engine.ts";
import { NO_OLLAMA } from "./provider-surroundings.ts";
import type { TempDir } from "./temp-dir.ts";

/**
 * An engine that writes Serbian letters for Russian ones. It does not know `фелонь`, and leaves
 * Russian letters in what speaks of a `подъезд`, so that the checks refuse it.
 */
export const SMALL_ENGINE: DraftEngine = {
  version: "1",
  translate: (text) => {
    const words = text.match(/\p{L}+/gu) ?? [];
    const unknownWords = words.filter((word) => word.toLowerCase() === "фелонь");
    const letters: Record<string, string> = { я: "ја", й: "ј", ы: "и", э: "е", ю: "ју", щ: "шч" };
    const serbian = text.replaceAll(/[яйыэющьъё]/gu, (letter) => letters[letter] ?? "");
    return {
      text: /подъезд/u.test(text) ? text : serbian,
      unknownWords,
      words: { total: words.length, known: words.length - unknownWords.length },
    };
  },
};

/** Surroundings whose folders are in `dir`, and whose signals a test sends. */
export function surroundingsIn(
  dir: TempDir,
  overrides: Partial<Surroundings> = {},
): Surroundings & { readonly signals: EventEmitter } {
  return {
    environment: { XDG_STATE_HOME: dir.file("state"), XDG_CACHE_HOME: dir.file("cache") },
    platform: "linux",
    home: dir.path,
    ollamaUrl: NO_OLLAMA,
    clock: systemClock,
    loadDraftEngine: () => Promise.resolve(SMALL_ENGINE),
    loadDraftExplainer: createDraftEngine,
    ...overrides,
    signals: new EventEmitter(),
  };
}

/** An FB2 with one section for each list of paragraphs. */
export function bookOf(title: string, ...sections: readonly (readonly string[])[]): string {
  const paragraphs = sections.map((texts) => texts.map((text) => `<p>${text}</p>`).join(""));
  const body = paragraphs.map((section) => `<section>${section}</section>`).join("");
  return `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><book-title>${title}</book-title><lang>ru</lang></title-info></description><body>${body}</body></FictionBook>`;
}
