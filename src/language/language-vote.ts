/** Languages that the vote knows. Croatian and Bosnian count as Serbian in Latin script. */
export type VotedLanguage = "ru" | "uk" | "bg" | "sr" | "sr-Latn" | "en" | "de" | "fr";

interface Profile {
  readonly language: VotedLanguage;
  /** Letters of its words; a word with another letter is not its own. */
  readonly word: RegExp;
  /** A letter that no other language here has in its script. */
  readonly ownLetter: RegExp | undefined;
  readonly functionWords: ReadonlySet<string>;
}

function profile(
  language: VotedLanguage,
  letters: string,
  ownLetters: string,
  functionWords: string,
): Profile {
  return {
    language,
    word: new RegExp(`^[${letters}'’]+$`, "u"),
    ownLetter: ownLetters === "" ? undefined : new RegExp(`[${ownLetters}]`, "u"),
    functionWords: new Set(functionWords.split(/\s+/)),
  };
}

/** Alphabets, and about thirty of the commonest words without a meaning of their own. */
const PROFILES: readonly Profile[] = [
  profile(
    "ru",
    "а-яё",
    "ыэё",
    `и в не на я быть он с что а по это она к но они мы как из у за то так же от бы для о только его
    мне было вот её был когда уже или ни если меня до ещё под чтобы при была все да нет там тут бы ли
    же себя этот кто он вы ты их ей им`,
  ),
  profile(
    "uk",
    "а-щьюяєіїґ",
    "єіїґ",
    `і в не на я бути він з що а по це вона до але вони ми як із у за то так же від би для про тільки
    його мені було ось її був коли вже або ні якщо мене ще під щоб та й`,
  ),
  profile(
    "bg",
    "а-ъьюя",
    "",
    `и в не на аз съм той с че а по това тя към но те ние как от у за то така же ще би до само неговия
    ми беше ето е бил когато вече или ни ако ме още под да при са се го му си във със като един`,
  ),
  profile(
    "sr",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "ђјљњћџ",
    `и у не на ја бити он с да а по то она али они ми како из код за па тако од би до само његов мени
    је сам си смо су се био када већ или ни ако мене још под при што га му ће са као`,
  ),
  profile(
    "sr-Latn",
    "a-pr-vzčćđšž",
    "čćđšž",
    `i u ne na ja biti on s da a po to ona ali oni mi kako iz kod za pa tako od bi do samo njegov meni
    je sam si smo su se bio kada već ili ni ako mene još pod pri što ga mu će sa kao`,
  ),
  profile(
    "en",
    "a-z",
    "",
    `the of and to a in is it you that he was for on are with as i his they be at one have this from
    or had by not but what all were we when your said there an which she do their if`,
  ),
  profile(
    "de",
    "a-zäöüß",
    "ß",
    `der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an er hat
    aus bei sie nach wird ich war aber wie noch einen so zum haben nur oder`,
  ),
  profile(
    "fr",
    "a-zàâçéèêëîïôûùüÿœæ",
    "àâçèêëîïôûùÿœæ",
    `de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se il ce elle je
    nous vous avec son sa mais on était tout comme ou lui`,
  ),
];

const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;
const STRESS = /\u0301/gu;

/** A word that only fits counts one, one that tells counts so many. */
const TELLING = 3;
/** The winner's alphabet holds for so many of the words, and so many of them tell of it. */
const LEAST_FITTING = 0.75;
const LEAST_TELLING = 0.1;

interface Count {
  readonly language: VotedLanguage;
  readonly fitting: number;
  readonly telling: number;
}

function countOf(
  words: readonly string[],
  { language, word, ownLetter, functionWords }: Profile,
): Count {
  let fitting = 0;
  let telling = 0;
  for (const candidate of words) {
    if (!word.test(candidate)) continue;
    fitting += 1;
    if (functionWords.has(candidate) || ownLetter?.test(candidate)) telling += 1;
  }
  return { language, fitting, telling };
}

const scoreOf = ({ fitting, telling }: Count) => fitting + telling * TELLING;

/**
 * The language of a paragraph or a whole text: every word votes for the languages whose letters it
 * is made of, and has more weight if it is a function word of one, or has a letter that only one
 * has. `unknown` if no language is clearly ahead: too few words, a draw, or a language that is not
 * among these.
 */
export function voteLanguage(text: string): VotedLanguage | "unknown" {
  const words = text.normalize("NFC").replaceAll(STRESS, "").toLowerCase().match(WORD) ?? [];
  const counts = PROFILES.map((each) => countOf(words, each));
  const [first, second] = counts.sort((a, b) => scoreOf(b) - scoreOf(a));
  if (first === undefined || second === undefined) return "unknown";
  const isClear =
    scoreOf(first) > scoreOf(second) &&
    first.fitting >= words.length * LEAST_FITTING &&
    first.telling >= Math.max(1, words.length * LEAST_TELLING);
  return isClear ? first.language : "unknown";
}
