import type { Segment } from "../book/segment.ts";
import type { SegmentResult } from "../engine/translator.ts";
import { Places, plainTextOf } from "./places.ts";
import type { JobSnapshot } from "./snapshot.ts";
import { Speedometer, type Speed } from "./speedometer.ts";
import type { StoredSegment } from "./stored-segments.ts";

/**
 * How far a job is, counted along: begins with what is stored, then hears of each segment. Holds
 * numbers, headings and unknown words, not the text of the book.
 */
export class JobProgress {
  readonly #places = new Places();
  /** How many segments of each section are open. */
  readonly #sections = new Map<number, number>();
  readonly #unknownWords = new Set<string>();
  readonly #speedometer: Speedometer;
  readonly #counts = { total: 0, translated: 0, kept: 0, flagged: 0, resumed: 0, remembered: 0 };
  #open = 0;
  #openChars = 0;
  #title: string | undefined;
  #sectionsDone = 0;
  #current = 0;

  /** @param atMs when the run begins, by the clock's `elapsed`. */
  constructor(stored: Iterable<StoredSegment>, atMs: number) {
    this.#speedometer = new Speedometer(atMs);
    for (const one of stored) this.#take(one);
    this.#counts.resumed = this.#counts.translated;
    for (const open of this.#sections.values()) if (open === 0) this.#sectionsDone += 1;
  }

  /** Hears of a translation that the engine has just made. */
  translated(segment: Segment, result: SegmentResult, atMs: number): void {
    this.#close(segment, "translated");
    this.#speedometer.add(atMs, segment.text.length);
    for (const word of result.unknownWords) this.#unknownWords.add(word);
  }

  /** Hears of a translation that needed no engine. */
  remembered(segment: Segment, result: SegmentResult): void {
    this.#close(segment, "translated");
    this.#counts.remembered += 1;
    for (const word of result.unknownWords) this.#unknownWords.add(word);
  }

  /** Hears of a segment that was given up. */
  flagged(segment: Segment, atMs: number): void {
    this.#close(segment, "flagged");
    this.#speedometer.add(atMs, segment.text.length);
  }

  /** Hears of translated segments that were flagged afterwards. */
  withdrawn(count: number): void {
    this.#counts.translated -= count;
    this.#counts.flagged += count;
  }

  /** Hears of a segment that was given up and keeps the translation that it had. */
  restored(segment: Segment, atMs: number): void {
    this.#close(segment, "translated");
    this.#speedometer.add(atMs, segment.text.length);
  }

  /** Title of the book without markers; undefined if it has none. */
  get title(): string | undefined {
    return this.#title;
  }

  get segments(): JobSnapshot["segments"] {
    return { ...this.#counts };
  }

  /** Segments that wait for a translation. */
  get open(): number {
    return this.#open;
  }

  /** Characters of the segments that wait for a translation. */
  get openChars(): number {
    return this.#openChars;
  }

  /** Sections in which something can be translated or kept; done are those where nothing is open. */
  get sections(): JobSnapshot["sections"] {
    return { total: this.#sections.size, done: this.#sectionsDone };
  }

  /** Heading of the section of which a segment came last; empty if it has none. */
  get chapterTitle(): string {
    return this.#places.titleOf(this.#current);
  }

  /** How many different words the engine did not know. */
  get unknownWordCount(): number {
    return this.#unknownWords.size;
  }

  speedAt(atMs: number): Speed {
    return this.#speedometer.speedAt(atMs);
  }

  /** Seconds that are left, by the characters that are open; 0 while there is no speed. */
  secondsLeft({ charsPerSecond }: Speed): number {
    return charsPerSecond > 0 ? this.#openChars / charsPerSecond : 0;
  }

  #take({ segment, state, result }: StoredSegment): void {
    this.#counts.total += 1;
    if (state === "open") this.#open += 1;
    else this.#counts[state] += 1;
    if (state === "open") this.#openChars += segment.text.length;
    for (const word of result?.unknownWords ?? []) this.#unknownWords.add(word);
    if (segment.element === "book-title") this.#title ??= plainTextOf(segment);
    this.#places.enter(segment);
    if (segment.section === 0) return;
    const open = this.#sections.get(segment.section) ?? 0;
    this.#sections.set(segment.section, state === "open" ? open + 1 : open);
  }

  #close(segment: Segment, as: "translated" | "flagged"): void {
    this.#counts[as] += 1;
    this.#open -= 1;
    this.#openChars -= segment.text.length;
    this.#current = segment.section;
    const open = this.#sections.get(segment.section);
    if (open === undefined) return;
    this.#sections.set(segment.section, open - 1);
    if (open === 1) this.#sectionsDone += 1;
  }
}
