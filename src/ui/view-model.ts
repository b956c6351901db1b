import { countText, durationText, shareText } from "../base/amount.ts";
import type { EventMap, FbtrEvent } from "../base/events.ts";
import { oneLine } from "../base/one-line.ts";
import { workersAfter, type WorkerView } from "./worker-view.ts";

/** The book that is translated now, in words that only have to be placed. */
export interface CurrentBook {
  readonly title: string;
  /** The engine and why this one. */
  readonly engine: string;
  /** 0 to 1. */
  readonly share: number;
  readonly percent: string;
  readonly sections: string;
  readonly segments: string;
  /** What is told of the pace: speed, time left, unknown words. Empty before the first segment. */
  readonly pace: readonly string[];
  /** Heading of the section that is worked on; may be empty. */
  readonly chapter: string;
  /** Wall clock, milliseconds since 1970. */
  readonly startedAtMs: number;
}

/** One line for a book that is over: it stays above what is drawn again. */
export interface FinishedBook {
  /** Id of the event that ended it. */
  readonly key: string;
  readonly end: "completed" | "interrupted" | "failed";
  readonly line: string;
}

/** What the live screen shows. */
export interface ScreenView {
  readonly finished: readonly FinishedBook[];
  readonly book: CurrentBook | undefined;
  /** Those that work on books; empty where this machine does all of it. */
  readonly workers: readonly WorkerView[];
  /** What Ctrl-C does now. */
  readonly hint: string;
  /** True after the last frame has been asked for: the screen leaves when it is drawn. */
  readonly ended: boolean;
}

export const EMPTY_VIEW: ScreenView = {
  finished: [],
  book: undefined,
  workers: [],
  hint: "Ctrl-C saves what is done and stops",
  ended: false,
};

/** The view after an event. Pure. */
export function viewAfter(view: ScreenView, event: FbtrEvent): ScreenView {
  const { book } = view;
  const atMs = Date.parse(event.timestamp);
  let after = view;
  switch (event.type) {
    case "translation_started":
      after = { ...view, book: startedBook(event.data, atMs) };
      break;
    case "translation_progress":
      if (book) after = { ...view, book: { ...book, ...progressOf(event.data) } };
      break;
    case "translation_completed":
    case "translation_interrupted":
    case "translation_error":
      after = { ...view, book: undefined, finished: [...view.finished, finishedBook(event, book)] };
      break;
    case "status_update":
    case "translation_attempt":
    case "translation_success":
      // These tell of the daemon's queue and of single texts.
      break;
    default:
      after = { ...view, workers: workersAfter(view.workers, event) };
  }
  return after;
}

type EndEvent = Extract<
  FbtrEvent,
  { readonly type: "translation_completed" | "translation_interrupted" | "translation_error" }
>;

function finishedBook(event: EndEvent, book: CurrentBook | undefined): FinishedBook {
  const key = event.id;
  const title = book?.title ?? "";
  if (event.type === "translation_error") {
    return { key, end: "failed", line: `✗ ${oneLine(event.data.error)}` };
  }
  if (event.type === "translation_interrupted") {
    const { items_completed, items_total } = event.data;
    const saved = `${countText(items_completed)} of ${countText(items_total)} segments saved`;
    return { key, end: "interrupted", line: `‖ ${title}: interrupted, ${saved}` };
  }
  const atMs = Date.parse(event.timestamp);
  const duration = durationText(atMs - (book?.startedAtMs ?? atMs));
  return { key, end: "completed", line: `✓ ${title}: ${duration}` };
}

function startedBook(data: EventMap["translation_started"], startedAtMs: number): CurrentBook {
  const { book_title, provider, provider_reason, items_total, items_resumed } = data;
  return {
    title: oneLine(book_title),
    engine: `${provider} (${provider_reason})`,
    ...amounts(items_resumed, items_total, 0, data.total_chapters),
    pace: [],
    chapter: "",
    startedAtMs,
  };
}

function progressOf(data: EventMap["translation_progress"]): Partial<CurrentBook> {
  const { items_completed, items_failed, items_total, unknown_words, speed } = data;
  const done = items_completed + items_failed;
  const eta = durationText(data.estimated_eta * 1000);
  return {
    ...amounts(done, items_total, data.current_chapter, data.total_chapters),
    chapter: oneLine(data.chapter_title),
    pace: [
      ...(speed > 0 ? [`${countText(speed)} segments/s`, `${eta} left`] : []),
      ...(unknown_words > 0 ? [`${countText(unknown_words)} unknown words`] : []),
      ...(items_failed > 0 ? [`${countText(items_failed)} flagged`] : []),
    ],
  };
}

function amounts(done: number, total: number, sectionsDone: number, sections: number) {
  return {
    share: total === 0 ? 0 : Math.min(done / total, 1),
    percent: shareText(done, Math.max(total, 1)),
    sections: `${countText(sectionsDone)}/${countText(sections)} sections`,
    segments: `${countText(done)}/${countText(total)} segments`,
  };
}
