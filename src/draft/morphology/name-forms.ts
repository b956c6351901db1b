import type { Case, Count, Gender } from "../grammar.ts";
import type { NameKind, Reading } from "./reading.ts";

/** An ending of a name: what it leaves of the lemma, and which form it is. */
interface NameEnding {
  readonly ending: string;
  readonly lemmaEnding: string;
  readonly forms: readonly (readonly [Case, Count, Gender])[];
}

interface NameDeclension {
  readonly kind: NameKind;
  /** What a stem looks like to which the endings belong. */
  readonly stem: RegExp;
  readonly endings: readonly NameEnding[];
}

const e = (ending: string, lemmaEnding: string, ...forms: NameEnding["forms"]): NameEnding => ({
  ending,
  lemmaEnding,
  forms,
});

/** Declensions of Russian names (Zaliznyak, Russkoe imennoe slovoizmenenie, 1967), the likeliest first. */
const DECLENSIONS: readonly NameDeclension[] = [
  {
    kind: "surname",
    stem: /(?:ов|ев|ёв|ин|ын)$/u,
    endings: [
      e("", "", ["nom", "sg", "m"]),
      e("а", "", ["gen", "sg", "m"], ["acc", "sg", "m"]),
      e("а", "а", ["nom", "sg", "f"]),
      e("у", "", ["dat", "sg", "m"]),
      e("у", "а", ["acc", "sg", "f"]),
      e("ым", "", ["ins", "sg", "m"], ["dat", "pl", "m"]),
      e("е", "", ["loc", "sg", "m"]),
      e("ой", "а", ["gen", "sg", "f"], ["dat", "sg", "f"], ["ins", "sg", "f"], ["loc", "sg", "f"]),
      e("ы", "", ["nom", "pl", "m"]),
      e("ых", "", ["gen", "pl", "m"], ["acc", "pl", "m"], ["loc", "pl", "m"]),
      e("ыми", "", ["ins", "pl", "m"]),
    ],
  },
  {
    kind: "surname",
    stem: /(?:ск|цк)$/u,
    endings: [
      e("ий", "ий", ["nom", "sg", "m"]),
      e("ого", "ий", ["gen", "sg", "m"], ["acc", "sg", "m"]),
      e("ому", "ий", ["dat", "sg", "m"]),
      e("им", "ий", ["ins", "sg", "m"]),
      e("ом", "ий", ["loc", "sg", "m"]),
      e("ая", "ая", ["nom", "sg", "f"]),
      e("ую", "ая", ["acc", "sg", "f"]),
      e("ой", "ая", ["gen", "sg", "f"], ["dat", "sg", "f"], ["ins", "sg", "f"], ["loc", "sg", "f"]),
      e("ие", "ий", ["nom", "pl", "m"]),
      e("их", "ий", ["gen", "pl", "m"], ["acc", "pl", "m"]),
    ],
  },
  {
    kind: "given",
    stem: /[бвгджзклмнпрстфхцчшщ]$/u,
    endings: [
      e("а", "а", ["nom", "sg", "f"]),
      e("а", "", ["gen", "sg", "m"], ["acc", "sg", "m"]),
      e("у", "а", ["acc", "sg", "f"]),
      e("у", "", ["dat", "sg", "m"]),
      e("ы", "а", ["gen", "sg", "f"]),
      e("и", "а", ["gen", "sg", "f"]),
      e("е", "а", ["dat", "sg", "f"], ["loc", "sg", "f"]),
      e("ой", "а", ["ins", "sg", "f"]),
      e("ою", "а", ["ins", "sg", "f"]),
      e("ом", "", ["ins", "sg", "m"]),
      e("ем", "", ["ins", "sg", "m"]),
      e("", "", ["nom", "sg", "m"]),
    ],
  },
];

function readingsBy({ kind, stem, endings }: NameDeclension, form: string): Reading[] {
  return endings.flatMap(({ ending, lemmaEnding, forms }) => {
    if (!form.endsWith(ending)) return [];
    const root = form.slice(0, form.length - ending.length);
    if (root.length < 2 || !stem.test(root)) return [];
    return forms.map(([its, count, gender]) => ({
      lemma: root + lemmaEnding,
      pos: "noun" as const,
      case: its,
      count,
      gender,
      animate: true,
      name: kind,
      known: false,
      score: 1,
    }));
  });
}

/**
 * Readings of a capitalised word that the dictionary does not know, as forms of a name.
 *
 * @param form in small letters. @returns nothing if it looks like no name that declines.
 */
export function nameReadings(form: string): Reading[] {
  for (const declension of DECLENSIONS) {
    const found = readingsBy(declension, form);
    if (found.length > 0) return found;
  }
  return [];
}
