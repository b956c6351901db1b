import { jotated } from "./sound-changes.ts";

/** Comparatives from another root, or against all rules. */
const IRREGULAR: Readonly<Record<string, string>> = {
  dobar: "bolji",
  zao: "gori",
  loš: "gori",
  rđav: "gori",
  velik: "veći",
  veliki: "veći",
  mali: "manji",
  dug: "duži",
  dugačak: "duži",
  lep: "lepši",
  lak: "lakši",
  mek: "mekši",
};

/** The suffix of these goes, and the root is jotated: `visok` - `viši`, `sladak` - `slađi`. */
const WITH_SUFFIX: Readonly<Record<string, string>> = {
  visok: "vis",
  širok: "šir",
  dubok: "dub",
  dalek: "dal",
  kratak: "krat",
  sladak: "slad",
  gladak: "glad",
  redak: "red",
  nizak: "niz",
  uzak: "uz",
  blizak: "bliz",
  težak: "tež",
  tanak: "tan",
  žestok: "žest",
};

/** Roots of one syllable that are jotated; the others take -iji (`star` - `stariji`). */
const JOTATED: ReadonlySet<string> = new Set([
  "brz",
  "crn",
  "drag",
  "glup",
  "grub",
  "gust",
  "jak",
  "kriv",
  "ljut",
  "mlad",
  "skup",
  "strog",
  "suv",
  "tih",
  "tup",
  "tvrd",
  "blag",
  "živ",
  "žut",
]);

/**
 * Comparative in the nominative masculine, for adjectives whose comparative the lexicon does not give:
 * `bolji`, `viši` (suffix lost), `brži` (jotation), `noviji` (all others). Nothing for adjectives of
 * relation in -i (`drvni`), which are not compared by an ending.
 *
 * @param stem of the other forms: `dobr` of `dobar`.
 */
export function comparativeOf(sr: string, stem: string): string | undefined {
  const irregular = IRREGULAR[sr];
  if (irregular !== undefined) return irregular;
  const root = WITH_SUFFIX[sr];
  if (root !== undefined) return `${jotated(root)}i`;
  if (JOTATED.has(sr)) return `${jotated(stem)}i`;
  // stariji: some adjectives are comparatives already.
  if (sr.endsWith("iji")) return sr;
  return sr.endsWith("i") ? undefined : `${stem}iji`;
}
