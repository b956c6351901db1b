import type { GovernedCase, LexicalClass, LexiconEntry, PhraseCase, Selector } from "./entry.ts";
import { foldYo } from "./spelling.ts";

const LEXICAL_CLASSES: ReadonlySet<string> = new Set<LexicalClass>([
  "n",
  "v",
  "a",
  "adv",
  "num",
  "pron",
  "prep",
  "conj",
  "part",
  "intj",
  "pred",
  "phr",
]);

const GOVERNED: Readonly<Record<string, GovernedCase>> = {
  nom: "nom",
  gen: "gen",
  dat: "dat",
  acc: "acc",
  voc: "voc",
  ins: "ins",
  loc: "loc",
  "gen-sg": "gen-sg",
  inf: "inf",
  da: "da",
};

function governedCaseOf(name: string): GovernedCase {
  const found = GOVERNED[name];
  if (found === undefined) throw new Error(`unknown case "${name}"`);
  return found;
}

/** `acc>dat`, `ins>na+acc`; without a target the Serbian word governs the same case. */
function parseGovernment(value: string): Selector {
  const [from = "", to = from] = value.split(">");
  return { kind: "government", from: governedCaseOf(from), to: parsePhraseCase(to) };
}

/** `на+acc>u+acc`, `перед+ins>dat`, `с+ins`. */
function parsePreposition(value: string): Selector {
  const [from = "", to] = value.split(">");
  const source = parsePhraseCase(from);
  const target = to === undefined ? undefined : parsePhraseCase(to);
  return { kind: "preposition", from: source, to: target };
}

function parsePhraseCase(value: string): PhraseCase {
  const [first = "", second] = value.split("+");
  if (second !== undefined) return { preposition: first, case: governedCaseOf(second) };
  return Object.hasOwn(GOVERNED, first)
    ? { preposition: undefined, case: governedCaseOf(first) }
    : { preposition: first, case: undefined };
}

const SIMPLE: Readonly<Record<string, Selector>> = {
  pl: { kind: "plural" },
  neg: { kind: "negated" },
  name: { kind: "name" },
  "subj:anim": { kind: "subject", animate: true },
  "subj:inan": { kind: "subject", animate: false },
};

function parseSelector(text: string): Selector {
  const simple = SIMPLE[text];
  if (simple !== undefined) return simple;
  const colon = text.indexOf(":");
  const value = text.slice(colon + 1);
  switch (text.slice(0, Math.max(colon, 0))) {
    case "gov":
      return parseGovernment(value);
    case "prep":
      return parsePreposition(value);
    case "with":
      // The analysis gives its lemmas without ё.
      return { kind: "with", lemma: foldYo(value) };
    case "sense":
      return { kind: "sense", gloss: value };
    default:
      throw new Error(`unknown selector "${text}"`);
  }
}

/** Selectors are parted by commas; a gloss may hold commas of its own and comes last. */
function parseUse(use: string): Selector[] {
  const gloss = use.indexOf("sense:");
  const head = gloss < 0 ? use : use.slice(0, gloss);
  const selectors = head.split(",").filter((text) => text !== "");
  return [...selectors, ...(gloss < 0 ? [] : [use.slice(gloss)])].map(parseSelector);
}

function parseParts(parts: string): Record<string, string> {
  const pairs = parts.split(",").filter((text) => text !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, form, ...rest] = pair.split("=");
      if (!name || !form || rest.length > 0) throw new Error(`"${pair}" is no principal part`);
      return [name, form];
    }),
  );
}

/** `se` may stand inside, as in `smejati se grohotom`. */
const REFLEXIVE = / se(?= |$)/;

/**
 * Reads one line `ru|pos|sr|class|parts|use` of the lexicon.
 *
 * @throws Error that names what is wrong with the line.
 */
export function parseLexiconLine(line: string): LexiconEntry {
  const fields = line.split("|");
  const [ru = "", pos = "", sr = "", inflection = "", parts = "", use = ""] = fields;
  if (fields.length !== 6) throw new Error(`expected 6 fields, got ${fields.length}`);
  if (ru === "") throw new Error("the Russian lemma is missing");
  if (!LEXICAL_CLASSES.has(pos)) throw new Error(`unknown part of speech "${pos}"`);
  const reflexive = pos === "v" && REFLEXIVE.test(sr);
  return {
    ru,
    pos: pos as LexicalClass,
    sr: reflexive ? sr.replace(REFLEXIVE, "") : sr,
    reflexive,
    class: inflection,
    parts: parseParts(parts),
    use: parseUse(use),
  };
}

/**
 * Reads a data file; empty lines and lines that begin with `#` say nothing.
 *
 * @throws Error that names the file, the number of the line and what is wrong.
 */
export function parseLexicon(fileName: string, text: string): LexiconEntry[] {
  return text.split("\n").flatMap((line, at) => {
    if (line === "" || line.startsWith("#")) return [];
    try {
      return [parseLexiconLine(line)];
    } catch (error) {
      throw new Error(`${fileName}:${at + 1}: ${(error as Error).message}`, { cause: error });
    }
  });
}
