import type { Case, Count, Gender } from "../grammar.ts";
import type { NameKind } from "../morphology/reading.ts";

/** Endings by case; several forms of a case are parted by a slash, no ending is written as 0. */
type Endings = Partial<Record<Case, string>>;

/** How names with a certain ending decline in Russian. */
export interface NameParadigm {
  /** What the dictionary form ends in, after the stem. */
  readonly lemma: string;
  /** What the stem must look like. */
  readonly stem: RegExp;
  readonly gender: Gender | undefined;
  readonly count: Count;
  readonly endings: Endings;
  /** The kind of name that the ending alone tells; undefined: the name must be a listed one. */
  readonly kind: NameKind | undefined;
  readonly example: string;
}

/** A form of a paradigm as it is looked for: from its ending back to the dictionary form. */
export interface NameForm {
  readonly paradigm: NameParadigm;
  readonly ending: string;
  readonly case: Case;
}

const HARD = { nom: "0", gen: "а", dat: "у", acc: "а", ins: "ом/ем", loc: "е" };
const IN_A = { nom: "а", gen: "ы/и", dat: "е", acc: "у", ins: "ой/ою/ей/ею", loc: "е" };
const POSSESSIVE = { nom: "0", gen: "а", dat: "у", acc: "а", ins: "ым", loc: "е" };
const POSSESSIVE_F = { nom: "а", gen: "ой", dat: "ой", acc: "у", ins: "ой/ою", loc: "ой" };
const POSSESSIVE_PL = { nom: "ы", gen: "ых", dat: "ым", acc: "ых", ins: "ыми", loc: "ых" };
const ADJECTIVE = { gen: "ого", dat: "ому", acc: "ого", ins: "им/ым", loc: "ом" };
const ADJECTIVE_F = { nom: "ая", gen: "ой", dat: "ой", acc: "ую", ins: "ой/ою", loc: "ой" };
const ADJECTIVE_PL = {
  nom: "ие/ые",
  gen: "их/ых",
  dat: "им/ым",
  acc: "их/ых",
  ins: "ими/ыми",
  loc: "их/ых",
};

const CONSONANT = /[бвгджзклмнпрстфхцчшщ]$/u;
const SURNAME = /..(?:[ое]в|[иы]н)$/u;
const PATRONYMIC = /.(?:[ое]вич|[ьмктнфр]ич)$/u;
const PATRONYMIC_F = /.(?:[ое]вн|[иь]?ничн|[лмкт]ьиничн)$/u;
const ADJECTIVAL = /..[сц]к$/u;

/** Surnames and patronymics are known by their endings alone (Zaliznyak, Grammar dictionary, 1977). */
export const NAME_PARADIGMS: readonly NameParadigm[] = [
  paradigm("", PATRONYMIC, "m", "sg", HARD, "patronymic", "Иванович"),
  paradigm("а", PATRONYMIC_F, "f", "sg", IN_A, "patronymic", "Ивановна"),
  paradigm("", SURNAME, "m", "sg", POSSESSIVE, "surname", "Нехлюдов"),
  paradigm("", SURNAME, "f", "sg", POSSESSIVE_F, "surname", "Каренина"),
  paradigm("", SURNAME, undefined, "pl", POSSESSIVE_PL, "surname", "Ростовы"),
  paradigm("ий", ADJECTIVAL, "m", "sg", { nom: "ий", ...ADJECTIVE }, "surname", "Вронский"),
  paradigm("ий", ADJECTIVAL, "f", "sg", ADJECTIVE_F, "surname", "Болконская"),
  paradigm("ий", ADJECTIVAL, undefined, "pl", ADJECTIVE_PL, "surname", "Щербацкие"),
  paradigm("ой", /./u, "m", "sg", { nom: "ой", ...ADJECTIVE }, undefined, "Толстой"),
  paradigm("ой", /./u, "f", "sg", ADJECTIVE_F, undefined, "Толстая"),
  paradigm("ой", /./u, undefined, "pl", ADJECTIVE_PL, undefined, "Толстые"),
  paradigm("", CONSONANT, "m", "sg", HARD, undefined, "Иван"),
  paradigm("а", CONSONANT, "f", "sg", IN_A, undefined, "Анна"),
  paradigm("я", /[^и]$/u, "f", "sg", soft("я", "е", "ей/ею"), undefined, "Соня, Марья"),
  paradigm("ия", /./u, "f", "sg", soft("ия", "ии", "ией/иею"), undefined, "Мария"),
  paradigm("ий", /./u, "m", "sg", softMasculine("ий", "и", "ии"), undefined, "Василий"),
  paradigm("й", /[аеоуя]$/u, "m", "sg", softMasculine("й", "", "е"), undefined, "Сергей"),
  paradigm("ь", CONSONANT, "m", "sg", softMasculine("ь", "", "е"), undefined, "Игорь"),
  paradigm("ь", CONSONANT, "f", "sg", softFeminine(), undefined, "Казань"),
  paradigm("о", CONSONANT, "n", "sg", { ...HARD, nom: "о", acc: "о" }, undefined, "Бородино"),
];

function paradigm(
  lemma: string,
  stem: RegExp,
  gender: Gender | undefined,
  count: Count,
  endings: Endings,
  kind: NameKind | undefined,
  example: string,
): NameParadigm {
  return { lemma, stem, gender, count, endings, kind, example };
}

function soft(nom: string, dat: string, ins: string): Endings {
  const stem = nom.slice(0, -1);
  return { nom, gen: `${stem}и`, dat, acc: `${stem}ю`, ins, loc: dat };
}

function softMasculine(nom: string, stem: string, loc: string): Endings {
  const gen = `${stem}я`;
  return { nom, gen, dat: `${stem}ю`, acc: gen, ins: `${stem}ем`, loc };
}

function softFeminine(): Endings {
  return { nom: "ь", gen: "и", dat: "и", acc: "ь", ins: "ью", loc: "и" };
}

/** All forms by their endings. */
export function nameForms(): NameForm[] {
  return NAME_PARADIGMS.flatMap((its) =>
    (Object.entries(its.endings) as [Case, string][]).flatMap(([grammaticalCase, endings]) =>
      endings.split("/").map((ending) => ({
        paradigm: its,
        ending: ending === "0" ? "" : ending,
        case: grammaticalCase,
      })),
    ),
  );
}
