/** Script of the written book; `both` writes two files from one translation. */
export type ScriptChoice = "cyrillic" | "latin" | "both";

/**
 * - `running`: a process works on it now;
 * - `interrupted`: it was stopped or killed; the same command goes on with it;
 * - `done`: the book is written and every segment is translated or rightly kept;
 * - `incomplete`: the book is written, but some segments are not translated (see the report).
 */
export type JobState = "running" | "interrupted" | "done" | "incomplete";

/** What is known of a job at one moment: read by the screen, the reports and `fbtr jobs`. */
export interface JobSnapshot {
  readonly id: string;
  readonly state: JobState;
  /** Path as the user gave it; `-` for standard input. */
  readonly input: string;
  readonly outputs: readonly string[];
  /** Title of the book in its own language; the name of its file if it has none. */
  readonly title: string;
  readonly engine: string;
  readonly engineReason: string;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly script: ScriptChoice;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly segments: {
    readonly total: number;
    readonly translated: number;
    /** Kept as they are, with reason: no letters, or another language. */
    readonly kept: number;
    readonly flagged: number;
    /** Of the translated ones, how many were there before this run began. */
    readonly resumed: number;
    /** Of the translated ones, how many this run took from the translation memory. */
    readonly remembered: number;
  };
  /** Sections that hold text; done are those in which nothing is open. */
  readonly sections: { readonly total: number; readonly done: number };
  /** Time of the last run so far, milliseconds. */
  readonly elapsedMs: number;
}

/** Where a segment stands in its book. */
export interface SegmentPlace {
  readonly index: number;
  /** Number of its section in the order of the book, from 1; 0 outside of all sections. */
  readonly section: number;
  /** Heading of the section in the language of the source; empty if it has none. */
  readonly sectionTitle: string;
  readonly kind: "text" | "title" | "verse" | "metadata" | "attribute";
  readonly element: string;
  /** Number of the paragraph or line in its section, headings not counted, from 1; else 0. */
  readonly paragraph: number;
}

/** A segment that is not translated. */
export interface FlaggedSegment extends SegmentPlace {
  /** Why, one line. */
  readonly reason: string;
  /** The beginning of the source, at most 80 characters. */
  readonly excerpt: string;
}

/** Something in a translated segment that is worth a look. */
export interface SegmentFinding extends SegmentPlace {
  /** Id of the check: C30 and so on. */
  readonly check: string;
  readonly severity: "warning" | "hint";
  /** What is wrong, one line. */
  readonly message: string;
  /** The beginning of the translation, at most 80 characters. */
  readonly excerpt: string;
}

/** What one check has found in a book. */
export interface CheckFindings {
  readonly check: string;
  readonly severity: SegmentFinding["severity"];
  /** What is wrong where it strikes, a few words. */
  readonly title: string;
  readonly count: number;
  /** The first ones in the order of the book, at most 20. */
  readonly first: readonly SegmentFinding[];
}

/** A translated sentence that its engine holds doubtful. */
export interface DoubtfulPlace extends SegmentPlace {
  /** The sentence of the source. */
  readonly source: string;
  /** From 0 to 1. */
  readonly score: number;
  /** Where the engine guessed, in the order of the words: what, at which word, how much it weighs. */
  readonly doubts: readonly {
    readonly name: string;
    readonly word: string;
    readonly weight: number;
  }[];
}

/** The QA report at the end of a run. */
export interface QaReport {
  readonly snapshot: JobSnapshot;
  /** Segments that were kept as they are, by reason. */
  readonly keptByReason: Readonly<Record<string, number>>;
  readonly flagged: readonly FlaggedSegment[];
  /** By check, warnings before hints. */
  readonly findings: readonly CheckFindings[];
  /** Running words of the source without names, and how many of them the engine knew. */
  readonly words: { readonly total: number; readonly known: number };
  /** Words that the engine did not know, most frequent first. */
  readonly unknownWords: readonly { readonly word: string; readonly count: number }[];
  /** Different unknown words in all; the list above may be shorter. */
  readonly unknownWordCount: number;
  /** Sentences whose engine tells where it guessed, and those that it holds doubtful: all of them. */
  readonly sentences: { readonly total: number; readonly doubtful: readonly DoubtfulPlace[] };
  /** Time of the last run, milliseconds. */
  readonly elapsedMs: number;
  /** What went wrong without harm to the book, one line each. */
  readonly warnings: readonly string[];
}
