import { foldYo } from "../lexicon/spelling.ts";
import { CUSTOMARY_NAMES, SPOKEN_WITH_YO } from "./customary-names.ts";

const LETTERS: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  д: "d",
  е: "e",
  ж: "ž",
  з: "z",
  и: "i",
  й: "j",
  к: "k",
  л: "l",
  м: "m",
  н: "n",
  о: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ф: "f",
  х: "h",
  ц: "c",
  ч: "č",
  ш: "š",
  щ: "šč",
  ъ: "",
  ы: "i",
  ь: "",
  э: "e",
};

/** What a softening vowel adds to the vowel. */
const SOFTENING: Readonly<Record<string, string>> = { е: "e", ё: "o", и: "i", ю: "u", я: "a" };

/** Endings that are not written letter by letter. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  // Достоевский, Толстой: adjectives lose the й, unless the ending is stressed.
  [/(?<=[кгхчщжш])ий$/u, "и"],
  [/ый$/u, "и"],
  // Surnames in -лев, -нев, -нин: Яковлев, Тургенев, Каренин.
  [/лев(?=$|а$)/u, "льев"],
  [/нев(?=$|а$)/u, "ньев"],
  [/(?<=[аеиоуыэюя])нин(?=$|а$)/u, "ньин"],
  // Митька, Федька.
  [/[тд]ька$/u, "ћка"],
  // Виардо: vowels after и keep apart.
  [/и(?=[ауэ])/gu, "ий"],
  // Doubled letters are one in Serbian: Анна, Филипп.
  [/([бвгджзклмнпрстфхцчшщ])\1+/gu, "$1"],
];

/** Consonants lose their voice before those without: Образцов, Мережковский, Витебск. */
const DEVOICED: Readonly<Record<string, string>> = { б: "п", з: "с", ж: "ш", д: "т" };

function assimilated(word: string): string {
  return word
    .replaceAll(/[бзж](?=[кпстфхцчш])/gu, (letter) => DEVOICED[letter] ?? letter)
    .replaceAll(/д(?=[кп])/gu, "т");
}

const isVowel = (letter: string) => /[аеёиоуыэюя]/u.test(letter);

/** A softening vowel by what stands before it. */
function softeningVowel(letter: string, before: string, vowel: string): string {
  if (letter === "и") return before === "ь" ? "ji" : "i";
  if (before === "" || before === "-" || isVowel(before)) return `j${vowel}`;
  if (before === "ь" || before === "ъ") return `j${vowel}`;
  if (letter === "е" || before === "й" || /[жшчщц]/u.test(before)) return vowel;
  return `j${vowel}`;
}

/** Soft л and н are letters of Serbian; the sign shows nowhere else but before a vowel. */
function latinOf(word: string): string {
  const letters = word.split("");
  const latin = letters.map((letter, at) => {
    const before = letters[at - 1] ?? "";
    const vowel = SOFTENING[letter];
    if (letter === "ћ") return "ć";
    if (letter === "-") return "-";
    if (vowel !== undefined) {
      const isAfterSoft = before === "ь" && /[лн]/u.test(letters[at - 2] ?? "");
      return isAfterSoft ? vowel : softeningVowel(letter, before, vowel);
    }
    if (letter === "ь") return /[лн]/u.test(before) ? "j" : "";
    return LETTERS[letter] ?? "";
  });
  return latin.join("");
}

function dotted(word: string): string {
  const found = SPOKEN_WITH_YO.find(([folded]) => word.startsWith(folded));
  return found === undefined ? word : found[1] + word.slice(found[0].length);
}

function transcribePart(part: string): string {
  const custom = CUSTOMARY_NAMES.get(foldYo(part));
  if (custom !== undefined) return custom;
  let word = dotted(part);
  for (const [pattern, ending] of ENDINGS) word = word.replace(pattern, ending);
  return latinOf(assimilated(word));
}

/** Acute and grave accents; the dots of ё and the bow of й stay. */
const STRESS = /[\u0300\u0301]/gu;
const NOISE = /[^а-яё-]/gu;

/**
 * A Russian name or word in Serbian Latin, by the rules for Russian names (Pravopis srpskoga jezika
 * 2010, points 249 to 251) and by custom where it is stronger: Достоевский, Dostojevski; Пётр,
 * Petar.
 *
 * @param russian one word, also with hyphens, in any capitals, with or without ё and stress marks.
 * @returns small letters; capitals are the caller's. Empty if there is no Russian letter.
 */
export function transcribe(russian: string): string {
  const word = russian.toLowerCase().normalize("NFD").replaceAll(STRESS, "").normalize("NFC");
  return word.replaceAll(NOISE, "").split("-").map(transcribePart).join("-");
}
