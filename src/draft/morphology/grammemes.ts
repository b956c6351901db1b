import type { Case, Gender } from "../grammar.ts";
import type { NameKind, PartOfSpeech } from "./reading.ts";

/** What the grammemes of OpenCorpora (opencorpora.org/dict.php?act=gram) are called here. */

export const PARTS_OF_SPEECH: Readonly<Record<string, PartOfSpeech>> = {
  NOUN: "noun",
  ADJF: "adjective",
  ADJS: "short-adjective",
  COMP: "comparative",
  VERB: "verb",
  INFN: "infinitive",
  PRTF: "participle",
  PRTS: "short-participle",
  GRND: "gerund",
  NUMR: "numeral",
  ADVB: "adverb",
  NPRO: "pronoun",
  PREP: "preposition",
  CONJ: "conjunction",
  PRCL: "particle",
  INTJ: "interjection",
  PRED: "predicative",
};

export const CASES: Readonly<Record<string, Case>> = {
  nomn: "nom",
  gent: "gen",
  gen1: "gen",
  gen2: "gen",
  datv: "dat",
  accs: "acc",
  acc2: "acc",
  ablt: "ins",
  loct: "loc",
  loc1: "loc",
  loc2: "loc",
  voct: "voc",
};

export const GENDERS: Readonly<Record<string, Gender>> = { masc: "m", femn: "f", neut: "n" };

export const TENSES = { past: "past", pres: "present", futr: "future" } as const;

export const NAMES: Readonly<Record<string, NameKind>> = {
  Name: "given",
  Patr: "patronymic",
  Surn: "surname",
  Geox: "place",
  Orgn: "other",
};
