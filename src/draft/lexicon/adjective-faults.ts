import type { LexiconEntry } from "./entry.ts";

/** A consonant loses its voice before k and c: `nizak` - `nisk`, `težak` - `tešk`. */
const DEVOICED: Readonly<Record<string, string>> = {
  b: "p",
  d: "t",
  g: "k",
  z: "s",
  ž: "š",
  đ: "ć",
};

/** `mudar` - `mudr`, `šupalj` - `šuplj`: the a before the last consonant may go. */
const FLEETING_A = /^(?<beginning>.*)a(?<last>[^aeiou]|[ln]j)$/u;

/** Two consonants that meet where the a is gone. */
function joined(beginning: string, last: string): string {
  // radostan - radosn: t is lost between s and n.
  if (last === "n") return beginning.replace(/(?<=[sš])t$/u, "") + last;
  const before = beginning.at(-1) ?? "";
  const isDevoiced = last === "k" || last === "c";
  return beginning.slice(0, -1) + ((isDevoiced && DEVOICED[before]) || before) + last;
}

/** `topao` - `topl`, `odrastao` - `odrasl`, `go` - `gol`: the l that became an o. */
function stemsInL(sr: string): readonly string[] {
  const beginning = sr.slice(0, -1);
  const withoutVowel = beginning.replace(/a$/u, "").replace(/(?<=s)t$/u, "");
  return [`${beginning}l`, `${withoutVowel}l`, `${sr}l`];
}

/** What may stand before the endings of an adjective, by its dictionary form. */
function stemsOf(sr: string): readonly string[] {
  if (sr.endsWith("i")) return [sr.slice(0, -1)];
  if (sr.endsWith("o")) return stemsInL(sr);
  // taj - t, onaj - on
  if (sr.endsWith("aj")) return [sr, sr.slice(0, -2)];
  const { beginning, last } = FLEETING_A.exec(sr)?.groups ?? {};
  if (beginning === undefined || last === undefined) return [sr];
  return /[sš]t$/u.test(beginning) && last === "n"
    ? [sr, joined(beginning, last)]
    : [sr, beginning + last, joined(beginning, last)];
}

function stemFault({ sr, parts }: LexiconEntry): string | undefined {
  const stem = parts["st"]?.split(" ").at(-1);
  if (stem === undefined) return undefined;
  const isStem = sr.split(" ").some((word) => stemsOf(word).includes(stem));
  return isStem ? undefined : `"${stem}" is no stem of "${sr}"`;
}

/** -iji, or a soft consonant: `teži`, `bolji`; širi and gori are soft without showing it. */
const COMPARATIVE = /(?:[jžšćčđ]|^šir|gor)i$/u;

function comparativeFault({ class: inflection, parts }: LexiconEntry): string | undefined {
  const comparative = parts["cmp"];
  if (comparative === undefined) return undefined;
  if (inflection !== "a") return `class ${inflection} is not compared`;
  return COMPARATIVE.test(comparative) ? undefined : `"${comparative}" is no comparative`;
}

/** In -ov and -in, but of quality: `novi čovek`, against `hrastov sto`. */
const OF_QUALITY = new Set(["nov", "gotov", "surov", "sirov", "nevin", "jeftin", "jednočin"]);

/** Adjectives of possession and material have one nominative; others would get -i: hrastovi sto. */
function possessiveFault({ sr, class: inflection }: LexiconEntry): string | undefined {
  const isPossessive = /(?:[oe]v|in)$/u.test(sr) && !OF_QUALITY.has(sr);
  return isPossessive && inflection === "a" ? `"${sr}" is of class poss` : undefined;
}

/** What is wrong with an adjective: its stem, its comparative or its class. */
export function adjectiveFault(entry: LexiconEntry): string | undefined {
  if (entry.pos !== "a") return undefined;
  return stemFault(entry) ?? comparativeFault(entry) ?? possessiveFault(entry);
}
