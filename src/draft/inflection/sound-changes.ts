/**
 * Sound changes of Serbian at the seam of stem and ending, each on its own; the rules of inflection
 * say where they apply. Source: Piper and Klajn, Normativna gramatika srpskog jezika (2013), chapter
 * on phonology.
 */

const VOWELS = "aeiou";

/** Whether the word ends in a vowel: `piše`, not `pisar`. */
export function endsInVowel(word: string): boolean {
  const last = word.at(-1);
  return last !== undefined && VOWELS.includes(last);
}

/** Syllables of a word; an r between consonants bears one: `grad` 1, `prst` 1, `četvrtak` 3. */
export function syllableCount(word: string): number {
  const vowels = word.match(/[aeiou]/giu)?.length ?? 0;
  const syllabicR = word.match(/(?<![aeiou])r(?![aeiou]|j|$)/giu)?.length ?? 0;
  return vowels + syllabicR;
}

const SOFT = /(?:[cčćđjšž]|[ln]j|št|žd)$/u;

/** Stems after which endings have e for o: `mužem`, `vrućeg`, against `gradom`, `starog`. */
export function isSoft(stem: string): boolean {
  return SOFT.test(stem);
}

function withLast(stem: string, changes: Readonly<Record<string, string>>): string {
  const changed = changes[stem.at(-1) ?? ""];
  return changed === undefined ? stem : stem.slice(0, -1) + changed;
}

const LOST_DENTAL = /(?<!s)[td]+c$/u;

const SIBILANTS = { k: "c", g: "z", h: "s" };

/**
 * Sibilarisation, velars before i: `vojnik` - `vojnici`, `ruka` - `ruci`, `uspeh` - `uspesi`. A dental
 * is lost before the new c: `zadatk` - `zadaci`.
 */
export function sibilarised(stem: string): string {
  return withLast(stem, SIBILANTS).replace(LOST_DENTAL, "c");
}

const PALATALS = { k: "č", g: "ž", h: "š", c: "č" };

/** First palatalisation, velars and c before e: `junak` - `junače`, `bog` - `bože`, `oc` - `oče`. */
export function palatalised(stem: string): string {
  return withLast(stem, PALATALS);
}

/** What each final consonant becomes before a lost j; the longest match applies. */
const JOTATION: readonly (readonly [string, string])[] = [
  // čistiti -> čišćen
  ["st", "šć"],
  // zagvozditi -> zagvožđen
  ["zd", "žđ"],
  // razmisliti -> razmišljen
  ["sl", "šlj"],
  // objasniti -> objašnjen
  ["sn", "šnj"],
  // kazniti -> kažnjen
  ["zn", "žnj"],
  // uništiti -> uništen: soft already, as are the digraphs
  ["št", "št"],
  ["žd", "žd"],
  ["lj", "lj"],
  ["nj", "nj"],
  ["dž", "dž"],
  ["t", "ć"],
  ["d", "đ"],
  ["s", "š"],
  ["z", "ž"],
  ["l", "lj"],
  ["n", "nj"],
  ["p", "plj"],
  ["b", "blj"],
  ["m", "mlj"],
  ["v", "vlj"],
  ["f", "flj"],
  ["k", "č"],
  ["g", "ž"],
  ["h", "š"],
  ["c", "č"],
];

/** Jotation: `vid` - `viđen`, `plat` - `plaćen`, `ljub` - `ljubljen`, `mlad` - `mlađi`. */
export function jotated(stem: string): string {
  const change = JOTATION.find(([from]) => stem.endsWith(from));
  return change === undefined ? stem : stem.slice(0, -change[0].length) + change[1];
}

/** Voiced consonants and their voiceless partners. */
const DEVOICED = { b: "p", d: "t", g: "k", z: "s", ž: "š", đ: "ć" };
const VOICELESS = /^[ptkscčćšhf]/u;

/**
 * Assimilation in voice and the loss of a dental before an affricate, at the seam of two parts:
 * `vrab|c` - `vrapc`, `slad|k` - `slatk`, `ot|c` - `oc`, `svets|k` stays.
 */
export function assimilated(before: string, after: string): string {
  const voiceless = VOICELESS.test(after);
  const first = voiceless ? withLast(before, DEVOICED) : before;
  const dental = /^[cč]/u.test(after) && /[^s]t$/u.test(first);
  return (dental ? first.slice(0, -1) : first) + after;
}

const FLEETING_A = /^(.*[^aeiou])a(lj|nj|dž|[^aeiou])$/u;

/** The fleeting a leaves the last syllable: `momak` - `momk`, `vrabac` - `vrapc`, `otac` - `oc`. */
export function withoutFleetingA(word: string): string {
  const [, before, last] = FLEETING_A.exec(word) ?? [];
  return before === undefined || last === undefined ? word : assimilated(before, last);
}

const LAST_TWO = /(?<before>(?:[ln]j|dž|[^aeiou]))(?<last>[ln]j|dž|[^aeiou])$/u;
const ONE_CONSONANT = /(?:^|[aeiou])(?:[ln]j|dž)$/u;

/** Whether two consonants stand at the end, digraphs counted as one: `pism`, `zemlj`, not `polj`. */
export function endsInCluster(stem: string): boolean {
  return LAST_TWO.test(stem) && !ONE_CONSONANT.test(stem);
}

/** A fleeting a parts the consonants at the end: `pism` - `pisam`, `zemlj` - `zemalj`. */
export function withFleetingA(stem: string): string {
  return endsInCluster(stem) ? stem.replace(LAST_TWO, "$<before>a$<last>") : stem;
}

/** An o at the end that was l before other endings: `smeo` - `smel`, `truo` - `trul`. */
export function withFinalL(word: string): string {
  return word.replace(/o$/u, "l");
}
