import type { LexiconEntry } from "../../../src/draft/lexicon/entry.ts";
import { analysed, generated } from "./apertium.ts";
import type { Claim } from "./claim.ts";
import { EXCUSES } from "./excuses.ts";

export interface Comparison {
  readonly judged: number;
  readonly disagreements: readonly string[];
  /** What remains if the oracle knows the word by other principal parts (jarkovi, not jarci). */
  readonly judgedOfRules: number;
  readonly disagreementsOfRules: readonly string[];
  /** Names of the faults of the oracle that were met. */
  readonly excuses: ReadonlySet<string>;
}

/**
 * Holds the forms against those of the oracle, where it knows the word; what the named faults of the
 * oracle explain is left out.
 */
export function compare(claims: readonly Claim[]): Comparison {
  const words = analysed(new Set(claims.flatMap(({ entry, form }) => [entry.sr, form])));
  const named = claims.map((claim) => {
    const lemmas = [...(words.get(claim.entry.sr) ?? [])].flatMap((analysis) => {
      const start = claim.lemma.exec(analysis)?.[1];
      return start === undefined ? [] : [start + claim.tags];
    });
    return { claim, names: [...new Set(lemmas)] };
  });
  const isConfirmed = ({ claim, names }: (typeof named)[number]) =>
    names.some((name) => words.get(claim.form)?.has(name) === true);
  const doubtful = named.filter((item) => item.names.length > 0 && !isConfirmed(item));
  const forms = generated(new Set(doubtful.flatMap(({ names }) => names)));
  const contradicted = doubtful.flatMap(({ claim, names }) => {
    const theirs = [...new Set(names.flatMap((name) => forms.get(name) ?? []))];
    const excuse = EXCUSES.find(({ holds }) => holds(claim, theirs));
    return theirs.length === 0 ? [] : [{ claim, theirs, excuse }];
  });
  const disagreements = contradicted.filter(({ excuse }) => excuse === undefined);
  const agreements = named.filter((item) => isConfirmed(item)).map(({ claim }) => claim);
  const disputed = new Set(disagreements.map(({ claim }) => idOf(claim.entry, claim.tags)));
  const isOfRules = ({ entry, form, base }: Claim) =>
    !Object.values(entry.parts).includes(form) && !disputed.has(idOf(entry, base));
  const ofRules = disagreements.filter(({ claim }) => isOfRules(claim));
  return {
    judged: agreements.length + disagreements.length,
    disagreements: disagreements.map(described),
    judgedOfRules: agreements.filter(isOfRules).length + ofRules.length,
    disagreementsOfRules: ofRules.map(described),
    excuses: new Set(
      contradicted.flatMap(({ excuse }) => (excuse === undefined ? [] : excuse.name)),
    ),
  };
}

const idOf = (entry: LexiconEntry, tags: string) =>
  `${entry.sr}|${entry.class}|${JSON.stringify(entry.parts)}|${tags}`;

function described({
  claim,
  theirs,
}: {
  readonly claim: Claim;
  readonly theirs: string[];
}): string {
  return `${claim.entry.sr} ${claim.tags}: ${claim.form}, not ${theirs.join("/")}`;
}
