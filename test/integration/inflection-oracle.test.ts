import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import type { Case, Count, Degree, Gender, Person } from "../../src/draft/grammar.ts";
import { adjectiveForm } from "../../src/draft/inflection/adjective.ts";
import { nounForm } from "../../src/draft/inflection/noun.ts";
import type { VerbFeatures } from "../../src/draft/inflection/verb-features.ts";
import { verbForm } from "../../src/draft/inflection/verb.ts";
import type { LexiconEntry } from "../../src/draft/lexicon/entry.ts";
import { parseLexicon } from "../../src/draft/lexicon/parse.ts";
import { requirePeer } from "../support/peers.ts";

/**
 * Compares the inflector with the Serbo-Croatian morphology of Apertium (Debian packages
 * `apertium-hbs-eng`, `-slv`, `-mkd` and `lttoolbox`), which others made from other sources. The
 * packages are no part of this one: without them the test is skipped, and fails where peers are
 * required.
 */
const APERTIUM = process.env["FBTR_APERTIUM_DIR"] ?? "/usr/share/apertium";
/** Analyses and generates words by a compiled dictionary. */
const LT_PROC = "lt-proc";
const PAIRS = ["eng", "slv", "mkd"];

const analysers = PAIRS.map(
  (other) => `${APERTIUM}/apertium-hbs-${other}/hbs-${other}.automorf.bin`,
);
const generators = PAIRS.map(
  (other) => `${APERTIUM}/apertium-hbs-${other}/${other}-hbs_SR.autogen.bin`,
);

function hasLtProc(): boolean {
  try {
    execFileSync(LT_PROC, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const isInstalled =
  analysers.some((path) => existsSync(path)) &&
  generators.some((path) => existsSync(path)) &&
  hasLtProc();

if (!isInstalled) requirePeer("Apertium's apertium-hbs-eng, -slv, -mkd and lttoolbox");

function ltProc(args: readonly string[], lines: readonly string[]): string[] {
  const input = `${lines.join("\n")}\n`;
  const output = execFileSync(LT_PROC, args, { input, maxBuffer: 1 << 30 }).toString("utf8");
  return output.trimEnd().split("\n");
}

/** `kuća<n><f><sg><gen>` */
type Analysis = string;

/** What the oracle says of each word. */
function analysed(words: ReadonlySet<string>): Map<string, Set<Analysis>> {
  const list = [...words];
  const found = new Map(list.map((word) => [word, new Set<Analysis>()]));
  for (const analyser of analysers.filter((path) => existsSync(path))) {
    for (const [at, line] of ltProc([analyser], list).entries()) {
      const analyses = line
        .replace(/^\^|\$$/gu, "")
        .split("/")
        .slice(1);
      const set = found.get(list[at] ?? "");
      for (const analysis of analyses) if (!analysis.startsWith("*")) set?.add(analysis);
    }
  }
  return found;
}

/** The Serbian forms of the analyses that the oracle has a form for. */
function generated(analyses: ReadonlySet<Analysis>): Map<Analysis, string[]> {
  const list = [...analyses];
  const found = new Map<Analysis, string[]>();
  for (const generator of generators.filter((path) => existsSync(path))) {
    const lines = ltProc(
      ["-g", generator],
      list.map((analysis) => `^${analysis}$`),
    );
    for (const [at, line] of lines.entries()) {
      const analysis = list[at] ?? "";
      if (line !== "" && !/[#@*~]/u.test(line)) {
        found.set(analysis, [...(found.get(analysis) ?? []), ...line.split("/")]);
      }
    }
  }
  return found;
}

/** One form of ours, and how the oracle would name it. */
interface Claim {
  readonly entry: LexiconEntry;
  readonly form: string;
  /** Tags of the dictionary form, to find the oracle's lemma; the common start is kept. */
  readonly lemma: RegExp;
  /** Tags behind that start. */
  readonly tags: string;
  /** Tags of the principal part from which the rules make the form. */
  readonly base: string;
}

interface Comparison {
  readonly judged: number;
  readonly disagreements: readonly string[];
  /** What remains if the oracle knows the word by other principal parts (jarkovi, not jarci). */
  readonly judgedOfRules: number;
  readonly disagreementsOfRules: readonly string[];
}

/** The generator leaves some words in the other pronunciation: `najvječniji` for `največniji`. */
const ekavian = (form: string) => form.replace(/i?je/gu, "e");

/** The oracle has the positive here: `najlepim` for `najlepšim`. */
const COMPARED_NEUTER_INSTRUMENTAL = /^<(?:comp|sup)><nt><sg><ins>/u;

/** The oracle is known to be wrong. */
function isExcused({ form, tags }: Claim, theirs: readonly string[]): boolean {
  if (COMPARED_NEUTER_INSTRUMENTAL.test(tags)) return true;
  return theirs.some((other) => ekavian(other) === ekavian(form));
}

function compare(claims: readonly Claim[]): Comparison {
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
  const disagreements = doubtful.flatMap(({ claim, names }) => {
    const theirs = [...new Set(names.flatMap((name) => forms.get(name) ?? []))];
    return theirs.length === 0 || isExcused(claim, theirs) ? [] : [{ claim, theirs }];
  });
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

/** Each Serbian word once, expressions of several words left out. */
function entriesOf(file: string, pos: string): LexiconEntry[] {
  const path = new URL(`../../src/draft/lexicon/data/${file}.txt`, import.meta.url);
  const entries = parseLexicon(file, readFileSync(path, "utf8"));
  const seen = new Map<string, LexiconEntry>();
  for (const entry of entries) {
    if (entry.pos !== pos || !/^\p{L}+$/u.test(entry.sr)) continue;
    const key = `${entry.sr}|${entry.class}|${JSON.stringify(entry.parts)}`;
    if (!seen.has(key)) seen.set(key, entry);
  }
  return [...seen.values()];
}

const CASES: readonly Case[] = ["nom", "gen", "dat", "acc", "voc", "ins", "loc"];
const COUNTS: readonly Count[] = ["sg", "pl"];
const PERSONS: readonly Person[] = [1, 2, 3];
const GENDERS: readonly Gender[] = ["m", "f", "n"];

const GENDER_TAGS: Readonly<Record<string, string>> = {
  m: "m[ai]",
  ma: "m[ai]",
  "ma-a": "m[ai]",
  f: "f",
  fi: "f",
  n: "nt",
  "pl-m": "m[ai]",
  "pl-f": "f",
  "pl-n": "nt",
  "sg-m": "m[ai]",
  "sg-f": "f",
  "sg-n": "nt",
};

function nounClaims(entry: LexiconEntry): Claim[] {
  const gender = GENDER_TAGS[entry.class];
  if (gender === undefined) return [];
  const only = COUNTS.find((count) => entry.class.startsWith(`${count}-`));
  const lemma = new RegExp(`^([^<]+<n><${gender}>)<${only ?? "sg"}><nom>$`, "u");
  return COUNTS.filter((count) => only === undefined || count === only).flatMap((count) =>
    CASES.map((its) => ({
      entry,
      form: nounForm(entry, its, count),
      lemma,
      tags: `<${count}><${its}>`,
      base: count === "sg" ? "<sg><gen>" : "<pl><nom>",
    })),
  );
}

const GENDER_OF: Readonly<Record<Gender, string>> = { m: "ma", f: "f", n: "nt" };
const DEGREES: Readonly<Record<Degree, string>> = {
  positive: "pst",
  comparative: "comp",
  superlative: "sup",
};

function adjectiveClaims(entry: LexiconEntry): Claim[] {
  if (entry.class !== "a") return [];
  const degrees: Degree[] =
    entry.parts["cmp"] === undefined ? ["positive"] : ["positive", "comparative", "superlative"];
  return degrees.flatMap((degree) =>
    GENDERS.flatMap((gender) =>
      COUNTS.flatMap((count) =>
        CASES.map((its) => ({
          entry,
          form: adjectiveForm(entry, {
            gender,
            count,
            animate: true,
            case: its,
            definite: true,
            degree,
          }),
          lemma: /^([^<]+<adj>)<pst><ma><sg><nom><(?:ind|def)>$/u,
          tags: `<${DEGREES[degree]}><${GENDER_OF[gender]}><${count}><${its}>${degree === "positive" ? "<def>" : ""}`,
          base: degree === "positive" ? "" : "<comp><ma><sg><nom>",
        })),
      ),
    ),
  );
}

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

function verbClaims(entry: LexiconEntry): Claim[] {
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

const WORDS = {
  nouns: () => entriesOf("nouns", "n").flatMap(nounClaims),
  verbs: () => entriesOf("verbs", "v").flatMap(verbClaims),
  adjectives: () => entriesOf("adjectives", "a").flatMap(adjectiveClaims),
};

describe.skipIf(!isInstalled)(
  "forms of the lexicon's words (needs apertium-hbs and lt-proc)",
  () => {
    test.each(Object.keys(WORDS) as (keyof typeof WORDS)[])(
      "of 100 forms of %s, 98 are those of an independent morphology, of those that rules make 99",
      (name) => {
        const { judged, disagreements, ...ofRules } = compare(WORDS[name]());
        expect(ofRules.judgedOfRules).toBeGreaterThan(5000);
        expect(fewerThan(disagreements, judged * 0.02)).toEqual([]);
        expect(fewerThan(ofRules.disagreementsOfRules, ofRules.judgedOfRules * 0.01)).toEqual([]);
      },
      60_000,
    );
  },
);

/** Nothing if the disagreements are few enough, else those for a person to read. */
function fewerThan(disagreements: readonly string[], limit: number): readonly string[] {
  return disagreements.length < limit ? [] : disagreements;
}
