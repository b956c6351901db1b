/**
 * Where two Latin letters that look like one Serbian letter are two: the boundary after a prefix,
 * or a sound group of a foreign word. `|` parts the two letters. An entry holds for every word that
 * begins with it, so that one line covers all forms and derivations.
 */
export const SPLIT_AT_START: readonly string[] = [
  // nad-, od-, pod-, pred- before ž
  "nad|živ",
  "nad|žnj",
  "nad|žet",
  "nad|žup",
  "od|živ",
  "od|žal",
  "od|žvak",
  "pod|žanr",
  "pod|žeg",
  "pod|žeć",
  "pod|žar",
  "pod|žup",
  "pred|živ",
  "pred|žetv",
  // in-, kon- before j, words of Latin origin
  "in|jekc",
  "in|jekt",
  "in|junkt",
  "in|jur",
  "kon|jekt",
  "kon|jug",
  "kon|junk",
  // van-, nad- and other prefixes before j
  "van|jezi",
  "izvan|jezi",
  "jedan|jezi",
  // other first parts before j
  "an|jon",
  "pan|jelin",
  "tan|jug",
];

/** The same inside a word, after a first part of any kind (dezinjekcija, subkonjunktiva). */
export const SPLIT_INSIDE: readonly string[] = [
  "in|jekc",
  "in|jekt",
  "kon|jug",
  "kon|junk",
  "nad|življ",
  "nad|živ",
];
