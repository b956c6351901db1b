import type { LexiconEntry } from "./entry.ts";
import { NOUN_SHAPES } from "./part-shapes.ts";
import { foldYo } from "./spelling.ts";

/** The class of a noun shows in its nominative and genitive. */
export function nounClassFault({ sr, class: inflection, parts }: LexiconEntry): string | undefined {
  const forms: Readonly<Record<string, string>> = { sr, ...parts };
  const shapes = Object.entries(NOUN_SHAPES[inflection] ?? {});
  const wrong = shapes.find(([name, shape]) => {
    const form = forms[name];
    // The forms of a multiword rendering need not inflect their last word.
    return form !== undefined && !form.split(" ").some((word) => shape.test(word));
  });
  return wrong === undefined ? undefined : `"${forms[wrong[0]]}" is not of class ${inflection}`;
}

const VELAR = /[kgh]$/u;
const MASCULINE: ReadonlySet<string> = new Set(["m", "ma"]);

/**
 * `vojnik` has `vojnici`, never `vojniki`, unless the plural is a longer one (`bokovi`). Loans in a
 * vowel keep their velar (`flamingo, flamingi`).
 */
function unsoftenedPlural({ sr, class: inflection, parts: { gs = "", np } }: LexiconEntry) {
  const stem = gs.slice(0, -1);
  const isOurs = MASCULINE.has(inflection) && !/[aeiou]$/u.test(sr);
  const isPlain = isOurs && VELAR.test(stem) && np === `${stem}i`;
  return isPlain ? `the velar of "${np}" is not softened` : undefined;
}

/** A masculine plural in -a is a collective (`braća, braće`), as its genitive must show. */
function doubtfulCollective({ class: inflection, parts: { np = "", gp = "" } }: LexiconEntry) {
  const isInA = MASCULINE.has(inflection) && np.endsWith("a");
  return isInA && !gp.endsWith("e") ? `"${np}" is no plural of class ${inflection}` : undefined;
}

/** Men in -ista are many in -isti (`turisti`), which no rule supplies. */
function pluralOfMenInIsta({ sr, class: inflection, parts: { np = "" } }: LexiconEntry) {
  const isMan = inflection === "ma-a" && sr.endsWith("ista");
  return isMan && !np.endsWith("isti") ? `the plural of "${sr}" is not in -isti` : undefined;
}

/**
 * Attributes decline by their nominative, which must have the stem of all forms: `topli vetar`, for
 * `topao vetar` would have `topaog`, as `slobodan dan` `slobodanog`.
 */
function attributeFault({ sr, parts: { gs = "" } }: LexiconEntry): string | undefined {
  const genitives = gs.split(" ");
  const words = sr.split(" ");
  if (genitives.length !== words.length) return undefined;
  const wrong = words.find((word, at) => {
    const genitive = genitives[at] ?? "";
    const stem = /^(.+)(?:og|eg)$/u.exec(genitive)?.[1];
    // The second word of nastavnik fizičkog stays as it is.
    if (stem === undefined || word === genitive) return false;
    return word !== stem && word.slice(0, -1) !== stem;
  });
  return wrong === undefined ? undefined : `"${wrong}" is no stem of "${gs}"`;
}

/** Principal parts that cannot be right. */
export function nounPartFault(entry: LexiconEntry): string | undefined {
  if (entry.sr.includes(" ")) return attributeFault(entry);
  return unsoftenedPlural(entry) ?? doubtfulCollective(entry) ?? pluralOfMenInIsta(entry);
}

/** Two nouns that share nominative and class: `put` is times (`puti`) and road (`putevi`). */
const HOMOGRAPHS: ReadonlySet<string> = new Set(["put|m"]);

/** What lines say of nouns that they have in common; finds those that contradict each other. */
export class KnownNouns {
  readonly #parts = new Map<string, string>();
  readonly #spellings = new Map<string, string>();

  /** What is wrong with the noun in the light of those that came before it. */
  faultOf(entry: LexiconEntry): string | undefined {
    return this.#declinedAnew(entry) ?? this.#repeated(entry);
  }

  /** A noun declines alike wherever it is used: `zaliha` has not `zalihi` here and `zalisi` there. */
  #declinedAnew({ sr, class: inflection, parts }: LexiconEntry): string | undefined {
    if (HOMOGRAPHS.has(`${sr}|${inflection}`)) return undefined;
    for (const [name, form] of Object.entries(parts)) {
      const key = `${sr}|${inflection}|${name}`;
      const other = this.#parts.get(key) ?? form;
      this.#parts.set(key, form);
      if (other !== form) return `${name} is "${form}" here, "${other}" elsewhere`;
    }
    return undefined;
  }

  /** осетр and осётр are looked up alike; небо and нёбо have renderings of their own. */
  #repeated({ ru, sr, use }: LexiconEntry): string | undefined {
    const line = JSON.stringify([foldYo(ru), sr, use]);
    const other = this.#spellings.get(line) ?? ru;
    this.#spellings.set(line, ru);
    return other === ru ? undefined : `stands under "${other}" too`;
  }
}
