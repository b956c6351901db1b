import type { ClauseContext } from "./transfer-context.ts";

/** The clitics of one clause. They stand together, in a fixed order, behind its first word or group. */
export class CliticCluster {
  li = false;
  /** sam, si, smo, ste, su, ću, bih and so on, all but je. */
  auxiliary: string | undefined;
  readonly dative: string[] = [];
  readonly accusative: string[] = [];
  reflexive = false;
  /** The copula or auxiliary of the third person: it comes last and falls out after se. */
  je = false;

  get isEmpty(): boolean {
    return this.inOrder().length === 0;
  }

  /** mi ga je: li, auxiliary, dative, accusative, se, je (Piper and Klajn, 2013, on enclitics). */
  inOrder(): string[] {
    const accusative = this.je
      ? this.accusative.map((form) => (form === "je" ? "ju" : form))
      : this.accusative;
    const isReflexive = this.reflexive && !accusative.includes("se");
    return [
      ...(this.li ? ["li"] : []),
      ...(this.auxiliary === undefined ? [] : [this.auxiliary]),
      ...this.dative,
      ...accusative,
      ...(isReflexive ? ["se"] : []),
      ...(this.je && !this.reflexive ? ["je"] : []),
    ];
  }
}

/** Words that bear no clitics: the next word does. */
const PROCLITIC = new Set(["i", "a", "ni", "ne"]);

/** Conjunctions after which clitics stand at once. */
const SUBORDINATORS =
  /^(?:da|što|kad|kada|ako|jer|dok|čim|iako|gde|kako|kao da|kojeg|koj.*|čij.*|zašto|ko|šta|mada|pošto|ali|nego|zar|neka|zato|onda|pa|te)$/u;

/** Index of the word that the clitics of a clause lean on; undefined if nothing of it can bear them. */
export function hostOf({ clause, groups, target, words }: ClauseContext): number | undefined {
  for (let at = clause.from; at < clause.to; at += 1) {
    const text = target.wordsAt(at).join(" ");
    if (text === "" || PROCLITIC.has(text)) continue;
    // A preposition leans on its own group: u kojoj su, not u su kojoj.
    if (words[at]?.reading.pos === "preposition" && words[at + 1]?.reading.lemma === "который")
      continue;
    if (SUBORDINATORS.test(text)) return at;
    const group = groups.find(({ preposition, attributes, numeral, head, end }) => {
      const first = Math.min(preposition ?? head, numeral ?? head, head, ...attributes);
      return at >= first && at <= end;
    });
    if (group === undefined) {
      // не знал: the negation and its verb are one.
      return words[at]?.form === "не" && at + 1 < clause.to ? at + 1 : at;
    }
    return lastWritten(target, at, group.end);
  }
  return undefined;
}

function lastWritten(target: ClauseContext["target"], from: number, to: number): number {
  for (let at = to; at > from; at -= 1) if (!target.isEmpty(at)) return at;
  return from;
}
