import { jotated, palatalised } from "./sound-changes.ts";
import { presentRoot, velarRoot, type VerbWord } from "./verb-word.ts";

/** A class of verbs by the end of infinitive and present, and the participle that it has. */
interface ParticipleRule {
  readonly infinitive: RegExp;
  /** No pattern: every present. */
  readonly present?: RegExp;
  readonly participle: (verb: VerbWord) => string;
}

const without = (word: string, ending: string) => word.slice(0, -ending.length);

/** The first rule that fits applies. */
const RULES: readonly ParticipleRule[] = [
  // pustiti - pušten, krstiti - kršten: the one st that becomes št
  {
    infinitive: /(?:pust|krst|namest|smest|premest)iti$/u,
    participle: ({ infinitive }) => `${without(infinitive, "stiti")}šten`,
  },
  // sakriti - sakriven, umiti - umiven, sašiti - sašiven
  {
    infinitive: /(?:kri|mi|ši|li|bri|ri)ti$/u,
    present: /ijem$/u,
    participle: ({ infinitive }) => `${without(infinitive, "ti")}ven`,
  },
  // popiti - popijen, razbiti - razbijen
  {
    infinitive: /iti$/u,
    present: /ijem$/u,
    participle: ({ infinitive }) => `${without(infinitive, "ti")}jen`,
  },
  // obuti - obuven, čuti - čuven
  {
    infinitive: /uti$/u,
    present: /ujem$/u,
    participle: ({ infinitive }) => `${without(infinitive, "ti")}ven`,
  },
  // baciti - bačen, platiti - plaćen, videti - viđen
  {
    infinitive: /[ie]ti$/u,
    present: /im$/u,
    participle: ({ infinitive }) => `${jotated(without(infinitive, "iti"))}en`,
  },
  // dirnuti - dirnut, početi - počet, zatrti - zatrt
  {
    infinitive: /(?:nu|[^m]e|r)ti$/u,
    present: /em$/u,
    participle: ({ infinitive }) => `${without(infinitive, "ti").replace(/(?<=r)e$/u, "")}t`,
  },
  // saznati - saznat
  { infinitive: /znati$/u, participle: ({ infinitive }) => without(infinitive, "i") },
  // pisati - pisan, držati - držan
  { infinitive: /ati$/u, participle: ({ infinitive }) => `${without(infinitive, "ti")}n` },
  // dići - dignut, maći - maknut
  { infinitive: /ći$/u, present: /nem$/u, participle: (verb) => `${presentRoot(verb)}ut` },
  // reći - rečen, peći - pečen; doći and its kind are intransitive, or the lexicon gives it
  {
    infinitive: /ći$/u,
    present: /[čžš]em$/u,
    participle: (verb) => `${palatalised(velarRoot(verb) ?? presentRoot(verb))}en`,
  },
  // dovesti - doveden, jesti - jeden, but not pasti - padnem
  {
    infinitive: /sti$/u,
    present: /[^n]em$/u,
    participle: (verb) => `${presentRoot(verb)}en`,
  },
];

/**
 * The passive participle in the nominative masculine: that of the lexicon, else by the class of the
 * verb. Nothing for verbs outside of all classes.
 */
export function passiveParticipleOf(verb: VerbWord): string | undefined {
  const given = verb.parts["pp"];
  if (given !== undefined) return given;
  const rule = RULES.find(
    ({ infinitive, present }) =>
      infinitive.test(verb.infinitive) && (present?.test(verb.present) ?? true),
  );
  return rule?.participle(verb);
}
