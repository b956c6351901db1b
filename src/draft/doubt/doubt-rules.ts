/** A reason to doubt a translation. */
interface DoubtRule {
  /** How likely it alone makes a sentence read wrongly, from 0 to 1. */
  readonly weight: number;
  /** A sentence in which it is heard; the tests translate it. */
  readonly example: string;
}

/**
 * Where the engine guesses, each guess by its name. The weights were set by hand, so that sentences
 * with wrong translations among the graded ones are doubted more than those with right ones.
 */
export const DOUBT_RULES = {
  "the lexicon does not hold the word": { weight: 0.45, example: "Мальчик читал фубаркузю." },
  "two readings are about as likely": { weight: 0.15, example: "Ну, нет, теперь кончено." },
  "no sense of the lexicon fits here": { weight: 0.1, example: "Вот ты увидишь." },
  "an attribute has no noun": {
    weight: 0.35,
    example: "В заведение приехал знакомый коридорный Симон.",
  },
  "a preposition governs nothing": { weight: 0.4, example: "На, мол, не плачь." },
  "a second nominative stands beside the verb": {
    weight: 0.4,
    example: "Первая подошла корчемница с девочкой.",
  },
  "no nominative agrees with the verb": { weight: 0.4, example: "Собака пришёл домой." },
  "no predicate was found": { weight: 0.3, example: "Утром и днём тяжёлый сон после оргии ночи." },
  "the sentence is long": {
    weight: 0.15,
    example:
      "И вот он встал, и он сел, и он встал, и он сел, и он встал, и он сел, и он встал, и он сел, и он встал, и он сел, и он встал, и он сел, и он встал, и он сел, и он ушёл.",
  },
} as const satisfies Record<string, DoubtRule>;

export type DoubtRuleName = keyof typeof DOUBT_RULES;
