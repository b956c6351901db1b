import type { LexiconEntry } from "./entry.ts";

/** What a verb must not be. Each says what is wrong with the entry, or nothing. */
const VERB_RULES: readonly ((entry: LexiconEntry) => string | undefined)[] = [
  infinitiveFault,
  expressionFault,
  beginningFault,
  presentFault,
  pastFault,
];

const INFINITIVE = /(?:ti|ći)$/u;

function infinitiveOf({ sr }: LexiconEntry): string | undefined {
  return sr.split(" ").find((word) => INFINITIVE.test(word));
}

/** Something has to be conjugated, also in an expression. */
function infinitiveFault(entry: LexiconEntry): string | undefined {
  if (infinitiveOf(entry) !== undefined) return undefined;
  return `"${entry.sr}" has no infinitive`;
}

/** The inflector sets the words around the verb of an expression back itself. */
function expressionFault({ parts }: LexiconEntry): string | undefined {
  const form = Object.values(parts).find((part) => part.includes(" "));
  return form === undefined ? undefined : `the part "${form}" is more than the verb`;
}

/** First letters that change within a verb: slati, šaljem. */
const CHANGED_BEGINNINGS: Readonly<Record<string, RegExp>> = {
  biti: /^(?:b|sam|jesam|je)/u,
  reći: /^(?:r|kažem)/u,
  slati: /^[sš]/u,
};

/** A part that belongs to another verb, as after a line was copied. */
function beginningFault(entry: LexiconEntry): string | undefined {
  const infinitive = infinitiveOf(entry);
  if (infinitive === undefined) return undefined;
  const beginning = CHANGED_BEGINNINGS[infinitive] ?? new RegExp(`^${infinitive.charAt(0)}`, "u");
  const form = Object.values(entry.parts).find((part) => !beginning.test(part));
  return form === undefined ? undefined : `"${form}" does not belong to "${infinitive}"`;
}

/** Endings of the first person by the end of the infinitive, where they are not free. */
const PRESENTS: readonly (readonly [infinitive: RegExp, present: RegExp])[] = [
  [/ovati$/u, /ujem$/u],
  [/ivati$/u, /(?:ujem|ivam)$/u],
  [/nuti$/u, /nem$/u],
  [/iti$/u, /(?:im|ijem|budem|sam|nem)$/u],
];

/** One of both aspects may borrow its present from another verb: narediti, naređujem. */
function presentFault(entry: LexiconEntry): string | undefined {
  if (entry.class === "bi") return undefined;
  const infinitive = infinitiveOf(entry) ?? "";
  const present = entry.parts["1s"] ?? "";
  const rule = PRESENTS.find(([ending]) => ending.test(infinitive));
  if (rule === undefined || rule[1].test(present)) return undefined;
  return `"${present}" is no present of "${infinitive}"`;
}

/** Stems that the l-participle may shorten: umreti, umro; stegnuti, stegao. */
const SHORTENED: readonly (readonly [stem: RegExp, past: string])[] = [
  [/(?<=r)e$/u, "o"],
  [/nu$/u, "ao"],
];

/** The l-participle has the stem of the infinitive: pisati, pisao. */
function pastFault(entry: LexiconEntry): string | undefined {
  const infinitive = infinitiveOf(entry) ?? "";
  const stem = /^(.*[aeiou])ti$/u.exec(infinitive)?.[1];
  const past = entry.parts["lp"];
  if (stem === undefined || past === `${stem}o`) return undefined;
  const isShort = SHORTENED.some(
    ([end, short]) => end.test(stem) && past === stem.replace(end, short),
  );
  return isShort ? undefined : `"${past}" is no past of "${infinitive}"`;
}

/** What is wrong with the verb of a line; nothing for other words. */
export function verbFault(entry: LexiconEntry): string | undefined {
  if (entry.pos !== "v" || entry.sr === "") return undefined;
  for (const rule of VERB_RULES) {
    const fault = rule(entry);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
