import type { FbtrEvent, ProgressData } from "../../src/base/events.ts";
import type { CheckFindings, JobSnapshot, QaReport } from "../../src/job/snapshot.ts";

/** A job in the middle of its life, with changes. */
export function snapshotWith(changes: Partial<JobSnapshot> = {}): JobSnapshot {
  return {
    id: "73bbecc0d8f9f962",
    state: "done",
    input: "vojna.fb2",
    outputs: ["vojna.sr.fb2"],
    title: "Война и мир",
    engine: "draft",
    engineReason: "built in, needs no network",
    sourceLanguage: "ru",
    targetLanguage: "sr",
    script: "cyrillic",
    createdAt: "2026-11-24T10:00:00.000Z",
    updatedAt: "2026-11-24T10:01:00.000Z",
    segments: { total: 1010, translated: 1000, kept: 10, flagged: 0, resumed: 0, remembered: 0 },
    sections: { total: 30, done: 30 },
    elapsedMs: 20_000,
    ...changes,
  };
}

/** Findings of one check in paragraphs 1, 2 … of the same section. */
export function findingsWith(
  { check, severity, title, count }: Omit<CheckFindings, "first">,
  details: readonly string[],
): CheckFindings {
  const first = details.map((detail, at) => ({
    index: at,
    section: 4,
    sectionTitle: "Глава IV",
    kind: "text" as const,
    element: "p",
    paragraph: at + 1,
    check,
    severity,
    message: detail === "" ? title : `${title}: ${detail}`,
    excerpt: "Он је рекао",
  }));
  return { check, severity, title, count, first };
}

export function reportWith(changes: Partial<QaReport> = {}): QaReport {
  return {
    snapshot: snapshotWith(),
    keptByReason: { "no letters": 7, "other language": 3 },
    flagged: [],
    findings: [],
    words: { total: 10_000, known: 9850 },
    unknownWords: [
      { word: "фелонь", count: 14 },
      { word: "саккос", count: 9 },
    ],
    unknownWordCount: 40,
    sentences: { total: 800, doubtful: [] },
    elapsedMs: 20_000,
    warnings: [],
    ...changes,
  };
}

type Told = { [E in FbtrEvent as E["type"]]: E["data"] };

/** An event `atMs` after the beginning. */
export function eventOf<Type extends FbtrEvent["type"]>(
  type: Type,
  data: Told[Type],
  atMs = 0,
): FbtrEvent {
  const timestamp = new Date(Date.UTC(2026, 10, 24) + atMs).toISOString();
  const id = `${type}-${atMs}`;
  return { id, type, timestamp, session_id: "73bbecc0d8f9f962", message: type, data } as FbtrEvent;
}

export const STARTED: Told["translation_started"] = {
  input: "vojna.fb2",
  outputs: ["vojna.sr.fb2"],
  book_title: "Война и мир",
  provider: "draft",
  provider_reason: "built in, needs no network",
  items_total: 1000,
  items_resumed: 0,
  total_chapters: 30,
};

export function progressWith(changes: Partial<ProgressData> = {}): ProgressData {
  return {
    book_title: "Война и мир",
    provider: "draft",
    source_language: "ru",
    target_language: "sr",
    current_chapter: 12,
    total_chapters: 30,
    chapter_title: "Глава XIII",
    items_completed: 400,
    items_failed: 2,
    items_total: 1000,
    percent_complete: 40.2,
    elapsed_time: 10,
    estimated_eta: 15,
    speed: 40,
    unknown_words: 25,
    ...changes,
  };
}
