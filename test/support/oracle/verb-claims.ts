import type { Count, Gender, Person } from "../../../src/draft/grammar.ts";
import type { VerbFeatures } from "../../../src/draft/inflection/verb-features.ts";
import { verbForm } from "../../../src/draft/inflection/verb.ts";
import type { LexiconEntry } from "../../../src/draft/lexicon/entry.ts";
import { entriesOf, type Claim } from "./claim.ts";

const COUNTS: readonly Count[] = ["sg", "pl"];
const PERSONS: readonly Person[] = [1, 2, 3];
const GENDERS: readonly Gender[] = ["m", "f", "n"];

type TaggedForm = readonly [features: VerbFeatures, tags: string];

const FINITE_FORMS: readonly TaggedForm[] = COUNTS.flatMap((count) =>
  PERSONS.flatMap((person): TaggedForm[] => [
    [{ form: "present", person, count }, `<pres><p${person}><${count}>`],
    [{ form: "aorist", person, count }, `<aor><p${person}><${count}>`],
  ]),
);

const IMPERATIVES: readonly TaggedForm[] = COUNTS.flatMap((count) =>
  ([1, 2] as const).map((person): TaggedForm => [
    { form: "imperative", person, count },
    `<imp><p${person}><${count}>`,
  ]),
);

const L_PARTICIPLES: readonly TaggedForm[] = COUNTS.flatMap((count) =>
  GENDERS.map((gender): TaggedForm => [
    { form: "l-participle", gender, count },
    `<lp><${gender === "n" ? "nt" : gender}><${count}>`,
  ]),
);

const OTHER_FORMS: readonly TaggedForm[] = [
  [{ form: "passive-participle" }, "<pp><ma><sg><nom><ind>"],
  [{ form: "past-gerund" }, "<pprs><adv>"],
  [{ form: "present-gerund" }, "<pprs><adv>"],
];

const VERB_FORMS = [...FINITE_FORMS, ...IMPERATIVES, ...L_PARTICIPLES, ...OTHER_FORMS];

function claimsOf(entry: LexiconEntry): Claim[] {
  const aspect = { pf: "perf", ipf: "impf" }[entry.class] ?? "(?:perf|impf|dual)";
  const lemma = new RegExp(`^([^<]+<vblex><${aspect}><(?:tv|iv|ref)>)<inf>$`, "u");
  return VERB_FORMS.flatMap(([features, tags]) => {
    const form = verbForm(entry, features);
    const isOtherGerund =
      features.form === (entry.class === "pf" ? "present-gerund" : "past-gerund");
    if (form === undefined || isOtherGerund || entry.sr === "biti") return [];
    const base = /^<(?:pres|imp)/u.test(tags) ? "<pres><p1><sg>" : "<lp><m><sg>";
    return [{ entry, form, lemma, tags, base }];
  });
}

/** All forms of the lexicon's verbs that stand in one word. */
export function verbClaims(): Claim[] {
  return entriesOf("verbs", "v").flatMap(claimsOf);
}
