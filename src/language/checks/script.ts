import { mixedScriptWords } from "../alphabet.ts";
import { listed, type Check, type CheckedPair } from "./check.ts";
import { letterCount, wholeWords, wordsBeginningWith, wordsOf } from "./words.ts";

const FOREIGN_CYRILLIC = /[ыэъёщйьяюїєіґўѣѳѵ]/giu;
const SERBIAN_ONLY = /[јљњћђџ]/iu;
const LATIN_WORD = /\p{Script=Latin}+/gu;
const SPLIT_DIGRAPHS = /[лн]ј|[ЛН][јЈ]/gu;

/** Words that Russian needs in every other sentence and Serbian does not have. */
const RUSSIAN_FUNCTION_WORDS = wholeWords([
  "что",
  "это",
  "был",
  "были",
  "когда",
  "если",
  "только",
  "чтобы",
  "очень",
  "потому",
  "также",
  "уже",
  "его",
  "как",
  "она",
  "они",
]);
/** Of these, what Serbian has too, in another meaning or as a quotation. */
const SERBIAN_TOO = new Set(["она", "они"]);

/** Ekavian words have е where these have (и)је; the beginnings of common ones (Pravopis, 2010). */
const IJEKAVIAN = wordsBeginningWith([
  "лијеп",
  "дијет",
  "вријем",
  "млијек",
  "ријек",
  "ријеч",
  "гдје",
  "овдје",
  "ондје",
  "свугдје",
  "увијек",
  "послије",
  "прије(?!м|т|ч|ст|зн|кор|пис)",
  "цијел",
  "бијел",
  "свијет",
  "човјек",
  "дјевој",
  "мјест",
  "мјесец",
  "вјер(?!а́)",
  "вјетар",
  "пјесм",
  "сјећ",
  "дјец",
  "дјел",
  "смијех",
  "снијег",
  "тијел",
  "вијест",
  "живјел",
  "хтјел",
  "видјел",
  "разумјел",
  "понедјељ",
]);

/** Croatian words that Serbian does not use, or not so. */
const CROATIAN = wordsBeginningWith([
  "зракоплов",
  "казалиш",
  "тисућ",
  "опћи",
  "опћен",
  "сијечањ",
  "сијечњ",
  "вељач",
  "ожујак",
  "ожујк",
  "травањ",
  "травњ(?!ак)",
  "свибањ",
  "свибњ",
  "липањ",
  "липњ",
  "српањ",
  "српњ",
  "коловоз",
  "рујан",
  "рујн",
  "листопад",
  "студени(?!к|ц|ло)",
  "просинац",
  "просинц",
  "уопће",
  "твртк",
  "жлиц",
  "влак(?!н)",
  "тко(?!в)",
  "нетко",
  "нитко",
  "свитко",
  "кемиј",
  "тјед",
  "точк",
  "отоц",
  "обитељ",
  "кућанств",
  "рајчиц",
  "знаност",
  "увјет",
  "опћин",
]);

/** Calques by which a translator from Russian is known. */
const RUSSIANISMS = wordsBeginningWith([
  "тојест",
  "појавља\\w+ се као",
  "потому",
  "предложил",
  "получ",
  "обезатељн",
  "кажетсја",
]);

const all = (text: string, pattern: RegExp) => text.match(pattern) ?? [];

const foreignLetters = ({ translation }: CheckedPair) => listed(all(translation, FOREIGN_CYRILLIC));

const noSerbianLetters = ({ translation }: CheckedPair) => {
  const letters = letterCount(translation);
  return letters > 120 && !SERBIAN_ONLY.test(translation) ? `${letters} letters` : undefined;
};

const russianWords = ({ translation }: CheckedPair) => {
  const found = all(translation, RUSSIAN_FUNCTION_WORDS).map((word) => word.toLowerCase());
  return listed(found.filter((word) => !SERBIAN_TOO.has(word)));
};

const NGRAM = 3;
const ECHO = 0.8;
const MIN_WORDS = 4;

function ngramsOf(text: string): Set<string> {
  const letters = wordsOf(text).join(" ");
  const found = new Set<string>();
  for (let at = 0; at + NGRAM <= letters.length; at += 1) found.add(letters.slice(at, at + NGRAM));
  return found;
}

/** Jaccard similarity of the sets of letter triples, 0 to 1. */
export function similarity(one: string, other: string): number {
  const first = ngramsOf(one);
  const second = ngramsOf(other);
  const common = [...first].filter((gram) => second.has(gram)).length;
  const together = first.size + second.size - common;
  return together === 0 ? 0 : common / together;
}

const echo = ({ source, translation }: CheckedPair) => {
  if (wordsOf(source).length < MIN_WORDS) return undefined;
  const alike = similarity(source, translation);
  return alike > ECHO ? `${Math.round(alike * 100)} % alike` : undefined;
};

const latinWords = ({ source, translation }: CheckedPair) => {
  const known = new Set(all(source, LATIN_WORD));
  return listed(all(translation, LATIN_WORD).filter((word) => !known.has(word)));
};

/** Script and language: C01 to C09 of QUALITY. */
export const SCRIPT_CHECKS: readonly Check[] = [
  {
    id: "C01",
    severity: "error",
    title: "letters that Serbian does not have",
    find: foreignLetters,
  },
  { id: "C02", severity: "error", title: "not one Serbian letter", find: noSerbianLetters },
  { id: "C03", severity: "error", title: "Russian words", find: russianWords },
  { id: "C04", severity: "error", title: "the source is repeated", find: echo },
  {
    id: "C05",
    severity: "error",
    title: "words that mix scripts",
    find: ({ translation }) => listed(mixedScriptWords(translation)),
  },
  { id: "C05L", severity: "error", title: "words in Latin script", find: latinWords },
  {
    id: "C06",
    severity: "warning",
    title: "љ or њ written as two letters",
    find: ({ translation }) => listed(all(translation, SPLIT_DIGRAPHS)),
  },
  {
    id: "C07",
    severity: "warning",
    title: "ijekavian words",
    find: ({ translation }) => listed(all(translation, IJEKAVIAN)),
  },
  {
    id: "C08",
    severity: "warning",
    title: "Croatian words",
    find: ({ translation }) => listed(all(translation, CROATIAN)),
  },
  {
    id: "C09",
    severity: "hint",
    title: "words that sound Russian",
    find: ({ translation }) => listed(all(translation, RUSSIANISMS)),
  },
];
