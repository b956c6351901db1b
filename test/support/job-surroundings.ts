import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { systemClock } from "../../src/base/clock.ts";
import { EventBus, type FbtrEvent } from "../../src/base/events.ts";
import type { EngineChoice } from "../../src/engine/registry.ts";
import type { SegmentResult, Translator } from "../../src/engine/translator.ts";
import { DEFAULT_JOB_LIMITS, type JobLimits } from "../../src/job/job-limits.ts";
import type { JobEnvironment, TranslateRequest } from "../../src/job/pipeline.ts";

/** A book of `sections`, each a list of paragraphs of Russian text; the first one is its title. */
export function bookOf(title: string, sections: readonly (readonly string[])[]): string {
  const body = sections.map(([heading = "", ...paragraphs]) => {
    const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join("\n");
    return `<section><title><p>${heading}</p></title>\n${text}</section>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>
<genre>prose</genre><author><nickname>а</nickname></author><book-title>${title}</book-title>
<lang>ru</lang></title-info></description><body>${body.join("\n")}</body></FictionBook>`;
}

/** A small deterministic translation: Russian letters become Serbian ones. */
export function scriptedResult(index: number, text: string): SegmentResult {
  const serbian = text.replaceAll(/[ыэъьёщйюя]/gi, "а");
  const unknownWords = text.match(/незнам\p{L}*/giu) ?? [];
  return {
    index,
    text: serbian,
    unknownWords,
    words: { total: 2, known: 2 - unknownWords.length },
  };
}

/** A translator that counts the segments that it was asked for. */
export interface ScriptedTranslator extends Translator {
  readonly asked: string[];
}

/** An engine of this test: answers at once, unless `before` (called for each segment) does more. */
export function scriptedTranslator(
  options: Partial<Pick<Translator, "priority" | "version" | "capacity">> & {
    readonly before?: (text: string, signal: AbortSignal) => void | Promise<void>;
  } = {},
): ScriptedTranslator {
  const asked: string[] = [];
  return {
    name: "scripted",
    version: options.version ?? "1",
    priority: options.priority ?? 10,
    capacity: options.capacity ?? 1,
    asked,
    async *translate({ segments }, signal) {
      for (const { index, text } of segments) {
        signal.throwIfAborted();
        asked.push(text);
        await options.before?.(text, signal);
        yield scriptedResult(index, text);
      }
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Chooses `translator`, for `translateWith`. */
export function choosing(translator: Translator): () => EngineChoice {
  return () => ({
    name: translator.name,
    reason: "chosen by the test",
    open: () => Promise.resolve(translator),
  });
}

export interface Surroundings {
  readonly environment: JobEnvironment;
  /** Everything that the bus carried. */
  readonly heard: FbtrEvent[];
  readonly drain: AbortController;
  readonly stop: AbortController;
}

/** Surroundings of a job in `folder`. */
export function surroundingsIn(folder: string, limits: Partial<JobLimits> = {}): Surroundings {
  const events = new EventBus(systemClock);
  const heard: FbtrEvent[] = [];
  events.subscribe((event) => heard.push(event));
  const drain = new AbortController();
  const stop = new AbortController();
  const environment: JobEnvironment = {
    stateFolder: join(folder, "state"),
    cacheFolder: join(folder, "cache"),
    limits: { ...DEFAULT_JOB_LIMITS, ...limits },
    claims: new Set(),
    events,
    clock: systemClock,
    drain: drain.signal,
    stop: stop.signal,
    version: "0.1.0",
  };
  return { environment, heard, drain, stop };
}

/** Writes `text` as a book and asks for it in Serbian Cyrillic; `more` changes the request. */
export async function requestFor(
  folder: string,
  text: string,
  more: Partial<TranslateRequest> = {},
): Promise<TranslateRequest> {
  const path = join(folder, "book.fb2");
  await writeFile(path, text);
  return {
    input: { path, shownAs: path },
    outputs: [{ path: join(folder, "book.sr.fb2"), script: "cyrillic", format: "fb2" }],
    from: "ru",
    to: "sr",
    script: "cyrillic",
    fresh: false,
    force: true,
    ...more,
  };
}
