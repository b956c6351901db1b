/** Cases as Russian analysis, transfer and Serbian inflection name them. */
export type Case = "nom" | "gen" | "dat" | "acc" | "voc" | "ins" | "loc";
