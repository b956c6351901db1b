import {
  excerptOf,
  findingOf,
  type Check,
  type CheckContext,
  type CheckedPair,
  type Finding,
} from "./check.ts";
import { similarity } from "./echo.ts";
import { NameRenderings } from "./names.ts";
import { letterCount, wordsOf } from "./words.ts";

/** A translated segment with its place in the book, both texts without inline markers. */
export interface BookPair extends CheckedPair {
  readonly index: number;
}

/** What a check of the whole book has found, and in which segment. */
export interface BookFinding extends Finding {
  readonly index: number;
}

type Hit = readonly [index: number, detail: string];

/** Goes through a book, segment by segment. Memory is bounded, however long the book is. */
interface Observer {
  /** Takes the next translated segment of the book. */
  take(pair: BookPair): Iterable<Hit>;
  /** What shows only at the end. */
  end?(): Iterable<Hit>;
}

/** One rule about a book as a whole. */
export type BookCheck = Omit<Check, "find"> & {
  /** Begins to look at a book. */
  readonly observe: () => Observer;
};

const normalized = (text: string) => wordsOf(text).join(" ");

/** Two texts of so many letters are not alike by chance, as short answers in a dialogue are. */
const MIN_LETTERS = 40;
/** Sources that are less alike than this say different things. */
const MAX_SOURCE_SIMILARITY = 0.5;

function neighboursAlike(): Observer {
  let before: BookPair | undefined;
  return {
    take(pair) {
      const last = before;
      before = pair;
      if (last === undefined || last.index + 1 !== pair.index) return [];
      if (letterCount(pair.translation) < MIN_LETTERS) return [];
      if (normalized(last.translation) !== normalized(pair.translation)) return [];
      if (similarity(last.source, pair.source) >= MAX_SOURCE_SIMILARITY) return [];
      // Which of the two is in its place cannot be told from here.
      const detail = excerptOf(pair.translation);
      return [
        [last.index, detail],
        [pair.index, detail],
      ];
    },
  };
}

/** A single word may rightly be another in each place. */
const MIN_REPEATED_WORDS = 2;
/** Longer texts that come again word for word are rare, and bounds keep memory small. */
const MAX_REPEATED_LETTERS = 120;
const MAX_TEXTS = 20_000;

function textsRepeated(): Observer {
  const first = new Map<string, string>();
  return {
    take({ index, source, translation }) {
      if (source.length > MAX_REPEATED_LETTERS) return [];
      const words = wordsOf(source);
      if (words.length < MIN_REPEATED_WORDS) return [];
      const key = words.join(" ");
      const before = first.get(key);
      if (before === undefined) {
        if (first.size < MAX_TEXTS) first.set(key, translation);
        return [];
      }
      if (normalized(before) === normalized(translation)) return [];
      return [[index, `${excerptOf(translation)}; before: ${excerptOf(before)}`]];
    },
  };
}

function namesRendered(): Observer {
  const renderings = new NameRenderings();
  return {
    take({ index, source, translation }) {
      renderings.take(index, source, translation);
      return [];
    },
    *end() {
      for (const { index, name, usual } of renderings.unusual()) {
        yield [index, `${name}, elsewhere ${usual}`];
      }
    },
  };
}

/** What shows only when the segments are seen together: C41, C51 and C54. */
export const BOOK_CHECKS: readonly BookCheck[] = [
  {
    id: "C41",
    severity: "error",
    title: "two paragraphs with the same translation",
    why: "An answer was given to the wrong segment, so that both are in doubt. Let pass: short texts, and sources that are alike.",
    observe: neighboursAlike,
  },
  {
    id: "C51",
    severity: "warning",
    title: "a name is rendered in two ways",
    why: "Compared by what no case changes, where a segment has one name and its translation one.",
    onlyFor: "sr",
    observe: namesRendered,
  },
  {
    id: "C54",
    severity: "hint",
    title: "the same text is rendered differently",
    why: "Headings and refrains should come again as they were. Let pass: single words, longer texts.",
    observe: textsRepeated,
  },
];

/** Looks at the translated segments of a book together, one after the other. */
export class BookWatch {
  readonly #observed: readonly { readonly check: BookCheck; readonly observer: Observer }[];

  constructor({ target = "sr" }: CheckContext = {}) {
    this.#observed = BOOK_CHECKS.filter(({ onlyFor = target }) => onlyFor === target).map(
      (check) => ({ check, observer: check.observe() }),
    );
  }

  /**
   * What shows with the next segment, in it or in one before.
   *
   * @param pair the next one in the order of the book; untranslated segments left out.
   */
  *take(pair: BookPair): Generator<BookFinding, void> {
    for (const { check, observer } of this.#observed) {
      for (const hit of observer.take(pair)) yield found(check, hit);
    }
  }

  /** What shows only when the whole book was seen. */
  *end(): Generator<BookFinding, void> {
    for (const { check, observer } of this.#observed) {
      for (const hit of observer.end?.() ?? []) yield found(check, hit);
    }
  }
}

function found(check: BookCheck, [index, detail]: Hit): BookFinding {
  return { ...findingOf(check, detail), index };
}

/**
 * Everything that is wrong with the translated segments of a book when they are seen together, in
 * the order in which it shows.
 *
 * @param pairs in the order of the book; untranslated segments left out. Read once.
 */
export function* bookFindings(
  pairs: Iterable<BookPair>,
  context?: CheckContext,
): Generator<BookFinding, void> {
  const watch = new BookWatch(context);
  for (const pair of pairs) yield* watch.take(pair);
  yield* watch.end();
}
