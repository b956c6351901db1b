import type { LexiconEntry } from "../lexicon/entry.ts";
import { future } from "./auxiliary.ts";
import { memoised } from "../memoised.ts";
import { passiveParticipleOf } from "./passive-participle.ts";
import { aoristForm, lParticiple, pastGerund } from "./past-tense.ts";
import { imperativeForm, presentForm, presentGerund } from "./present-tense.ts";
import type { VerbFeatures } from "./verb-features.ts";
import { verbWordOf, type VerbWord } from "./verb-word.ts";

const verbOf = memoised(verbWordOf);

/**
 * The stem before the clitic of the future: `radi-ću`, `ješ-ću` (s before ć is š). Verbs in -ći keep
 * the auxiliary apart: `doći ću`.
 */
function futureStem({ infinitive }: VerbWord): string | undefined {
  if (infinitive.endsWith("ći")) return undefined;
  return infinitive.slice(0, -"ti".length).replace(/s$/u, "š");
}

function formOf(verb: VerbWord, features: VerbFeatures): string | undefined {
  switch (features.form) {
    case "infinitive":
      return verb.infinitive;
    case "present":
      return presentForm(verb, features.person, features.count);
    case "aorist":
      return aoristForm(verb, features.person, features.count);
    case "future": {
      const stem = futureStem(verb);
      return stem && stem + future(features.person, features.count, "clitic");
    }
    case "imperative":
      return imperativeForm(verb, features.person, features.count);
    case "l-participle":
      return lParticiple(verb, features.gender, features.count);
    case "passive-participle":
      return passiveParticipleOf(verb);
    case "present-gerund":
      return presentGerund(verb);
    case "past-gerund":
      return pastGerund(verb);
    default:
      return features satisfies never;
  }
}

/**
 * Form of a verb, or of an expression around one (`izaći na kraj` - `izađe na kraj`); `se` and
 * auxiliaries are not part of it. The present of biti is `budem`.
 *
 * @returns nothing if the verb lacks the form: the enclitic future of verbs in -ći, the imperative of
 *   `moći`, the first person singular of any imperative, the present gerund of perfective verbs.
 */
export function verbForm(entry: LexiconEntry, features: VerbFeatures): string | undefined {
  const verb = verbOf(entry);
  const form = formOf(verb, features);
  return form === undefined ? undefined : verb.before + form + verb.after;
}
