import { endsInCluster, withFleetingA } from "./sound-changes.ts";

/** Clusters that stand before the -a of the genitive plural as they are: `zvezda`, `mesta`. */
const BEARABLE = /(?:[sš][tć]|[zž]d|žđ|šč)$/u;

/** Neuter nouns part their clusters, unless a j is in them: `pismo` - `pisama`, `groblje` - `groblja`. */
export function neuterGenitivePlural(stem: string): string {
  const whole = BEARABLE.test(stem) || stem.endsWith("j");
  return `${whole ? stem : withFleetingA(stem)}a`;
}

/** Feminine nouns take -i after clusters that the lexicon does not part: `kartu` - `karti`. */
export function feminineGenitivePlural(stem: string): string {
  return endsInCluster(stem) && !BEARABLE.test(stem) ? `${stem}i` : `${stem}a`;
}

/** Loanwords end in two stops: `dokument` - `dokumenata`, `projekt` - `projekata`. */
const PARTED_STOPS = /[nkp]t$/u;

/** Plurals whose genitive is -i: `pet ljudi, pet sati, pet meseci`. */
const GENITIVE_IN_I: ReadonlySet<string> = new Set(["ljud", "sat", "mesec"]);

/** Masculine nouns keep their clusters, but for loanwords: `crv` - `crva`, `student` - `studenata`. */
export function masculineGenitivePlural(stem: string): string {
  if (GENITIVE_IN_I.has(stem)) return `${stem}i`;
  return `${PARTED_STOPS.test(stem) ? withFleetingA(stem) : stem}a`;
}
